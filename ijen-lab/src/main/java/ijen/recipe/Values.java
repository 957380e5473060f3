package ijen.recipe;

import ijen.nn.Activation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import java.util.function.Function;

/// How the texts of settings are understood.
final class Values {
  private static final int MOST_LAYERS = 1000;

  private Values() {}

  /// A whole number from `least` on.
  static Function<String, Integer> whole(int least) {
    return text -> {
      long value = seed(text);
      if (value < least || value > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "expected a whole number from "
                + least
                + " to "
                + Integer.MAX_VALUE
                + ", got '"
                + text
                + "'");
      }
      return (int) value;
    };
  }

  /// Any whole number of 64 bits.
  static long seed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a whole number, got '" + text + "'", e);
    }
  }

  /// A number for which `holds`; `expected` says which those are.
  static Function<String, Double> number(DoublePredicate holds, String expected) {
    return text -> {
      double value;
      try {
        // Double.parseDouble alone would take 1f, 0x1p3 and NaN.
        value = text.matches("[-+.0-9eE]+") ? Double.parseDouble(text) : Double.NaN;
      } catch (NumberFormatException e) {
        value = Double.NaN;
      }
      if (!Double.isFinite(value) || !holds.test(value)) {
        throw new IllegalArgumentException("expected " + expected + ", got '" + text + "'");
      }
      return value;
    };
  }

  /// true or false.
  static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("expected true or false, got '" + text + "'");
    };
  }

  /// One of a few words.
  static Function<String, String> word(List<String> words) {
    return text -> {
      if (!words.contains(text)) {
        throw new IllegalArgumentException(
            "expected "
                + String.join(", ", words.subList(0, words.size() - 1))
                + " or "
                + words.getLast()
                + ", got '"
                + text
                + "'"
                + Nearest.hint(text, words));
      }
      return text;
    };
  }

  /// The text of an activation.
  static String activation(String text) {
    String stripped = text.strip();
    int end = stripped.indexOf(':');
    String kind = word(Activation.kinds()).apply(end < 0 ? stripped : stripped.substring(0, end));
    String whole = end < 0 ? kind : kind + stripped.substring(end);
    Activation.parse(whole); // or refuses its settings
    return whole;
  }

  /// Any text but a blank one.
  static String text(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("expected a text, got none");
    }
    return text;
  }

  /// Units of hidden layers with commas between them, `3x40` for three of 40; `none` or nothing for
  /// no layer.
  static List<Integer> units(String text) {
    if (text.isBlank() || text.equalsIgnoreCase("none")) {
      return List.of();
    }
    List<Integer> units = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      try {
        String[] both = part.split("x", 2);
        int times = both.length == 2 ? whole(1).apply(both[0].strip()) : 1;
        if (times > MOST_LAYERS) {
          throw new IllegalArgumentException("expected at most " + MOST_LAYERS + " layers");
        }
        units.addAll(Collections.nCopies(times, whole(1).apply(both[both.length - 1].strip())));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "expected the units of each hidden layer, such as 128,64 or 3x40, or 'none', got '"
                + text
                + "'",
            e);
      }
    }
    return List.copyOf(units);
  }
}
