package peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/// What a peer is told to do, as words `key=value`; the same as Ijen is told.
final class Job {
  private final Map<String, String> words = new HashMap<>();

  Job(String[] arguments) {
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      words.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
  }

  String word(String key) {
    String value = words.get(key);
    if (value == null) {
      throw new IllegalArgumentException("expected " + key + "=… among " + words.keySet());
    }
    return value;
  }

  boolean is(String key, String value) {
    return value.equals(words.get(key));
  }

  int whole(String key) {
    return Integer.parseInt(word(key));
  }

  double number(String key) {
    return Double.parseDouble(word(key));
  }

  /// The widths of the layers, from input to output.
  int[] layers() {
    return Arrays.stream(word("layers").split(",")).mapToInt(Integer::parseInt).toArray();
  }

  /// The samples of a part, `train` or `test`: a byte a pixel, a byte a label.
  byte[] bytes(String part, String what) throws IOException {
    return Files.readAllBytes(Path.of(word("data"), part + "-" + what));
  }

  /// The numbers 0 … n − 1 in a random order.
  static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }
}
