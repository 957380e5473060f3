package ijen.recipe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Settings from a YAML mapping.
final class RecipeReader {
  private RecipeReader() {}

  /// The settings among the keys of `mapping`; `others` are keys that may be there besides.
  static Map<Setting, Given> settings(Yaml.Mapping mapping, Set<String> others) {
    Map<Setting, Given> given = new EnumMap<>(Setting.class);
    mapping
        .values()
        .forEach((key, value) -> {
          if (!others.contains(key)) {
            Setting setting = setting(key, String.valueOf(mapping.keyPlaces().get(key)), others);
            given.put(setting, new Given(text(setting, value), value.place()));
          }
        });
    return given;
  }

  /// The setting of that name; `others` are names that were possible besides.
  ///
  /// @throws RecipeException if there is none
  static Setting setting(String key, String place, Collection<String> others) {
    return Setting.of(key)
        .orElseThrow(() -> {
          List<String> known = new ArrayList<>(Setting.keys());
          others.stream().sorted().forEach(known::add);
          String hint = Nearest.hint(key, known);
          return new RecipeException(
              place,
              "unknown key '"
                  + key
                  + "'"
                  + (hint.isEmpty()
                      ? ": expected one of " + String.join(", ", Setting.keys())
                      : hint));
        });
  }

  private static String text(Setting setting, Yaml value) {
    return switch (value) {
      case Yaml.Text text when text.isNothing() && !text.value().equals("none") ->
          throw new RecipeException(
              text.place(), "'" + setting.key() + "': expected a value, got nothing");
      case Yaml.Text text -> text.value();
      case Yaml.Items items when setting == Setting.HIDDEN -> list(items);
      default ->
          throw new RecipeException(
              value.place(), "'" + setting.key() + "': expected a single value");
    };
  }

  private static String list(Yaml.Items items) {
    List<String> texts = new ArrayList<>();
    for (Yaml item : items.values()) {
      if (!(item instanceof Yaml.Text text)) {
        throw new RecipeException(item.place(), "expected a number");
      }
      texts.add(text.value());
    }
    return texts.isEmpty() ? "none" : String.join(",", texts);
  }
}
