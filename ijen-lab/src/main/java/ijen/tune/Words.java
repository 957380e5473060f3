package ijen.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A name with settings behind it, as in `asha:factor=3,first=2`.
final class Words {
  private final String what;
  private final String name;
  private final Map<String, String> given = new LinkedHashMap<>();
  private final List<String> known = new ArrayList<>();

  /// @param what what it is, for errors: `sampler`
  Words(String what, String text) {
    this.what = what;
    String[] parts = text.strip().split(":", 2);
    this.name = parts[0].strip();
    if (parts.length == 2) {
      for (String setting : parts[1].split(",", -1)) {
        String[] both = setting.split("=", 2);
        if (both.length < 2 || given.put(both[0].strip(), both[1].strip()) != null) {
          throw wrong("settings such as '%s:key=value', each once".formatted(name), setting);
        }
      }
    }
  }

  String name() {
    return name;
  }

  /// A whole number; `usual` where none is given.
  int whole(String key, int usual) {
    String text = take(key);
    try {
      return text == null ? usual : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw wrong("a whole number for '" + key + "'", text);
    }
  }

  double number(String key, double usual) {
    String text = take(key);
    try {
      return text == null ? usual : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw wrong("a number for '" + key + "'", text);
    }
  }

  boolean truth(String key, boolean usual) {
    String text = take(key);
    if (text == null) {
      return usual;
    }
    if (!text.equals("true") && !text.equals("false")) {
      throw wrong("true or false for '" + key + "'", text);
    }
    return text.equals("true");
  }

  private @Nullable String take(String key) {
    known.add(key);
    return given.remove(key);
  }

  /// What was made of it, if nothing is left that nobody has asked for.
  <T> T only(T made) {
    if (!given.isEmpty()) {
      throw wrong(
          known.isEmpty() ? "no settings" : "settings " + String.join(", ", known),
          String.join(", ", given.keySet()));
    }
    return made;
  }

  IllegalArgumentException unknown(List<String> names) {
    return new IllegalArgumentException(
        "%s: expected one of %s, got '%s'".formatted(what, String.join(", ", names), name));
  }

  private IllegalArgumentException wrong(String expected, String got) {
    return new IllegalArgumentException(
        "%s %s: expected %s, got '%s'".formatted(what, name, expected, got));
  }
}
