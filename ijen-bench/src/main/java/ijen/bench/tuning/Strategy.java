package ijen.bench.tuning;

import ijen.recipe.SearchPlan;

/// A way of searching: what proposes configurations, and what ends trials early.
///
/// @param sampler as [ijen.tune.Samplers#parse] takes it
/// @param pruner as [ijen.tune.Pruners#parse] takes it; `none` for nothing
public record Strategy(String sampler, String pruner) {
  /// The strategy of a word such as `tpe`, or `random/asha:factor=3`.
  public static Strategy parse(String word) {
    String[] parts = word.strip().split("/", 2);
    return new Strategy(parts[0], parts.length == 1 ? "none" : parts[1]);
  }

  /// A search by this strategy.
  ///
  /// @param trials at most so many
  /// @throws IllegalArgumentException if one of the two is not known, or does not fit the space
  SearchPlan over(SearchPlan plan, int trials) {
    return plan.with(new SearchPlan.Rules(trials, sampler, pruner, plan.rules().lag()));
  }

  @Override
  public String toString() {
    return pruner.equals("none") ? sampler : sampler + "/" + pruner;
  }
}
