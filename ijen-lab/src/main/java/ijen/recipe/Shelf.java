package ijen.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The recipe files that come with Ijen.
final class Shelf {
  private static final String FOLDER = "/ijen/recipe/";

  private Shelf() {}

  /// The names in an index, in its order.
  static List<String> names(String index) {
    return resource(index).lines().filter(line -> !line.isBlank()).toList();
  }

  /// The file of a name that is in an index.
  static Optional<String> text(String index, String name) {
    return names(index).contains(name) ? Optional.of(resource(file(name))) : Optional.empty();
  }

  /// What the file of that name is called.
  static String file(String name) {
    return name + ".yaml";
  }

  private static String resource(String file) {
    try (InputStream in = Shelf.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + FOLDER + file + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
