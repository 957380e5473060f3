package ijen.study;

import ijen.metric.Replicates;
import ijen.recipe.Claim;
import ijen.recipe.Expectation;

/// A claim beside what was measured.
///
/// @param claim what is expected
/// @param measured what came out, seed by seed
public record Judgement(Claim claim, Replicates measured) {
  /// Whether it holds.
  public boolean holds() {
    return claim.expectation().holds(measured);
  }

  /// The verdict in a word: `held`, `not held`, or nothing where nothing is expected.
  public String verdict() {
    return claim.expectation() instanceof Expectation.Nothing ? "" : holds() ? "held" : "not held";
  }
}
