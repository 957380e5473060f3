package ijen.recipe;

import java.util.List;

/// One of the trainings that a study compares.
///
/// @param name what errors, tables and folders call it; `""` where there is only one
/// @param title what figures call it
/// @param recipe its settings, those of the whole study among them
public record Variant(String name, String title, Recipe recipe) {
  /// The one of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  static Variant named(String name, List<Variant> variants) {
    return variants.stream()
        .filter(variant -> variant.name.equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                unknown(name, variants.stream().map(Variant::name).toList())));
  }

  /// What is wrong with a name that none of them has.
  static String unknown(String name, List<String> names) {
    if (names.equals(List.of(""))) {
      return "expected no variant, since there is only one training, got '" + name + "'";
    }
    return "expected a variant, one of "
        + String.join(", ", names)
        + ", got '"
        + name
        + "'"
        + Nearest.hint(name, names);
  }

  /// With settings that count more than its own.
  Variant with(Recipe more) {
    return new Variant(name, title, more.over(recipe));
  }

  /// The title, or the name, or the word for the only one.
  @Override
  public String toString() {
    return !title.isEmpty() ? title : name.isEmpty() ? "training" : name;
  }
}
