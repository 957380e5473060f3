package ijen.study;

import ijen.recipe.Variant;

/// Hears how a study goes; called by several threads, one at a time.
public interface StudyListener {
  /// A training has ended.
  ///
  /// @param variant of which variant
  /// @param run the training
  /// @param done how many trainings have ended
  /// @param all how many there are
  void ended(Variant variant, SeedRun run, int done, int all);
}
