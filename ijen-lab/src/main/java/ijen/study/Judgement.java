package ijen.study;

import ijen.metric.Replicates;
import ijen.recipe.Claim;
import ijen.recipe.Expectation;

/// A claim beside what was measured.
///
/// @param claim what is expected
/// @param measured what came out, seed by seed; NaN where that training diverged or did not measure
///   it
/// @param diverged how many of the trainings diverged
public record Judgement(Claim claim, Replicates measured, long diverged) {
  /// Whether each training that did not diverge has measured it; with other settings than those of
  /// the study it may not.
  public boolean isMeasured() {
    return measured.values().stream().filter(value -> value.isNaN()).count() == diverged;
  }

  /// Whether it holds, as far as can be told.
  public boolean holds() {
    return claim.expectation() instanceof Expectation.Nothing
        || (isMeasured() && claim.expectation().holds(measured));
  }

  /// The verdict in a few words: `held` or `not held`; that it was not measured, or that it takes
  /// more than one seed to tell; nothing where nothing is expected.
  public String verdict() {
    if (claim.expectation() instanceof Expectation.Nothing) {
      return "";
    }
    if (!isMeasured()) {
      return "not measured";
    }
    boolean alone = measured.runs() == 1 && measured.isFinite();
    return alone && claim.expectation() instanceof Expectation.Agrees
        ? "one seed cannot tell"
        : holds() ? "held" : "not held";
  }
}
