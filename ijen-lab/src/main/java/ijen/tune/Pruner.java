package ijen.tune;

import java.util.List;

/// Stops trials early that promise little.
///
/// A pruner has settings and no state: its decision is a function of these and of what trials have
/// reported up to the same step. What became of the others afterwards, it does not learn, since
/// that would depend on how fast they were ([Ledger]).
public interface Pruner {
  /// Whether it has to see the others' reports to decide on trial `number` after its last report;
  /// where not, the trial goes on, and waits for nobody.
  ///
  /// @param own what the trial has reported; one report or more
  boolean asks(int number, Reports own);

  /// Whether trial `number` should end here.
  ///
  /// @param goal which values are better
  /// @param number the trial's number
  /// @param own what it has reported; one report or more
  /// @param others what each earlier trial that may be known has reported up to the same step, by
  ///   number from 0
  boolean prune(Goal goal, int number, Reports own, List<Reports> others);
}
