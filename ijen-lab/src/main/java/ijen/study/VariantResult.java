package ijen.study;

import ijen.metric.Replicates;
import ijen.recipe.Measure;
import ijen.recipe.Variant;
import java.util.List;

/// A variant, trained from all seeds.
///
/// @param variant which
/// @param runs one for each seed, in their order
public record VariantResult(Variant variant, List<SeedRun> runs) {
  public VariantResult {
    runs = List.copyOf(runs);
  }

  /// What its trainings came to, seed by seed.
  public Replicates measure(Measure measure) {
    return new Replicates(runs.stream().map(run -> run.measure(measure)).toList());
  }

  /// How many of its trainings diverged.
  public long diverged() {
    return runs.stream().filter(SeedRun::diverged).count();
  }
}
