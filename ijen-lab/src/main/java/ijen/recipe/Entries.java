package ijen.recipe;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Takes a YAML mapping apart, and says where something in it is not as expected.
final class Entries {
  private static final Function<String, Double> NUMBER = Values.number(x -> true, "a number");

  private Entries() {}

  /// The values of a list; none where there is no such key.
  static List<Yaml> items(Yaml.Mapping mapping, String key) {
    Yaml value = mapping.values().get(key);
    return switch (value) {
      case null -> List.of();
      case Yaml.Items items -> items.values();
      default -> throw new RecipeException(value.place(), "'" + key + "': expected a list");
    };
  }

  /// A value as a mapping.
  static Yaml.Mapping mapping(Yaml value, String expected) {
    if (value instanceof Yaml.Mapping mapping) {
      return mapping;
    }
    throw new RecipeException(value.place(), "expected " + expected);
  }

  /// Refuses keys besides these.
  static void only(Yaml.Mapping mapping, String... keys) {
    List<String> known = List.of(keys);
    for (String key : mapping.values().keySet()) {
      if (!known.contains(key)) {
        String hint = Nearest.hint(key, known);
        throw new RecipeException(
            String.valueOf(mapping.keyPlaces().get(key)),
            "unknown key '"
                + key
                + "'"
                + (hint.isEmpty()
                    ? ": expected one of " + String.join(", ", new TreeSet<>(known))
                    : hint));
      }
    }
  }

  /// The value of a key that has to be there.
  static <T> T required(Yaml.Mapping mapping, String key, Function<String, T> parser) {
    return value(mapping, key, parser)
        .orElseThrow(() -> new RecipeException(mapping.place(), "expected '" + key + "', too"));
  }

  /// The text of a key, if there is one.
  static Optional<String> optional(Yaml.Mapping mapping, String key) {
    Yaml value = mapping.values().get(key);
    return switch (value) {
      case null -> Optional.empty();
      case Yaml.Text text when !text.isNothing() -> Optional.of(text.value().strip());
      default -> throw new RecipeException(value.place(), "'" + key + "': expected a text");
    };
  }

  /// The number of a key, if there is one.
  static Optional<Double> number(Yaml.Mapping mapping, String key) {
    return value(mapping, key, NUMBER);
  }

  /// The value of a key, if there is one.
  static <T> Optional<T> value(Yaml.Mapping mapping, String key, Function<String, T> parser) {
    return optional(mapping, key).map(text -> understood(mapping, key, text, parser));
  }

  private static <T> T understood(
      Yaml.Mapping mapping, String key, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new RecipeException(
          place(mapping, key), "'" + key + "': " + String.valueOf(e.getMessage()), e);
    }
  }

  /// Where the value of a key stands, or the mapping where there is none.
  static String place(Yaml.Mapping mapping, String key) {
    @Nullable Yaml value = mapping.values().get(key);
    return value == null ? mapping.place() : value.place();
  }
}
