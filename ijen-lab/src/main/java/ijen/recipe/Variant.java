package ijen.recipe;

/// One of the trainings that a study compares.
///
/// @param name what errors, tables and folders call it; `""` where there is only one
/// @param title what figures call it
/// @param recipe its settings, those of the whole study among them
public record Variant(String name, String title, Recipe recipe) {
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
