package ijen.recipe;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A setting with its value in one word, for all variants of a study or for one: `lr=0.05`,
/// `shuffled.lr=0.05`. What the setting is about may stand before it, its section or another
/// setting of that section: `training.lr`, `optimizer.lr`.
///
/// @param variant the only variant that it is for; empty for all
/// @param setting which setting
/// @param value its value, not yet understood
record Assignment(Optional<String> variant, Setting setting, String value) {
  private static final String FORM = "[VARIANT.]KEY=VALUE, such as lr=0.05";

  /// @param variants those that there are
  /// @param place what errors call it
  /// @throws RecipeException if it is no assignment, or there is no such setting or variant
  static Assignment parse(String text, List<Variant> variants, String place) {
    int sign = text.indexOf('=');
    if (sign < 0) {
      throw new RecipeException(place, "expected " + FORM + ", got '" + text + "'");
    }
    List<String> words =
        Arrays.stream(text.substring(0, sign).split("\\.", -1)).map(String::strip).toList();
    Setting setting = RecipeReader.setting(words.getLast(), place, List.of());
    List<String> before = words.subList(0, words.size() - 1);
    List<String> names =
        variants.stream().map(Variant::name).filter(name -> !name.isEmpty()).toList();
    Optional<String> variant = before.stream().findFirst().filter(names::contains);
    before = before.subList(variant.isPresent() ? 1 : 0, before.size());
    if (before.size() > 1 || (before.size() == 1 && !isAbout(before.getFirst(), setting))) {
      String section = section(setting);
      throw new RecipeException(
          place,
          "expected %s before '%s', got '%s'%s"
              .formatted(
                  names.isEmpty()
                      ? "'" + section + "' or nothing"
                      : "a variant (" + String.join(", ", names) + ") or '" + section + "'",
                  setting.key(),
                  String.join(".", before),
                  names.contains(before.getFirst()) ? "" : Nearest.hint(before.getFirst(), names)));
    }
    return new Assignment(variant, setting, text.substring(sign + 1));
  }

  private static boolean isAbout(String word, Setting setting) {
    return word.equals(section(setting))
        || Setting.of(word).filter(other -> other.section() == setting.section()).isPresent();
  }

  private static String section(Setting setting) {
    return setting.section().name().toLowerCase(Locale.ROOT);
  }

  /// It alone.
  Recipe recipe(String place) {
    return Recipe.empty().with(setting, value, place + " " + setting.key());
  }
}
