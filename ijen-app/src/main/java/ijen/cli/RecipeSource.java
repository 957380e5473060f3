package ijen.cli;

import ijen.recipe.Recipe;
import ijen.recipe.SearchPlan;
import ijen.recipe.Study;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where settings are read from: a file, or one of the experiments that come with Ijen.
final class RecipeSource {
  private RecipeSource() {}

  /// Whether a word means settings, rather than a model or a run.
  static boolean isMeant(String word) {
    return word.toLowerCase(Locale.ROOT).matches(".*\\.(ya?ml|json)")
        || (!Files.exists(Path.of(word))
            && (Study.shelf().contains(word) || SearchPlan.shelf().contains(word)));
  }

  /// The settings that a word means; none without a word.
  ///
  /// @param variant which of several trainings; null for the only one
  static Recipe read(@Nullable String word, @Nullable String variant) throws IOException {
    if (word == null) {
      if (variant != null) {
        throw new UsageException("--variant: expected a recipe that has variants, got none");
      }
      return Recipe.empty();
    }
    SearchPlan.refuse(word);
    Optional<Study> known = Study.ofShelf(word);
    if (known.isEmpty() && variant == null) {
      return Recipe.read(Path.of(word));
    }
    Study study = known.isPresent() ? known.get() : Study.read(Path.of(word));
    try {
      return (variant == null ? study.onlyVariant() : study.variant(variant)).recipe();
    } catch (IllegalArgumentException wrong) {
      String place = variant == null ? word : "--variant";
      throw new UsageException(place + ": " + Failures.message(wrong));
    }
  }
}
