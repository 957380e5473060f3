package ijen.tune;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a search came to.
///
/// @param goal which values are better
/// @param trials those that have ended, in the order of their numbers
/// @param stopped whether it was stopped before all trials had ended
/// @param seconds how long it took, by the clock; trials that were known before took nothing
public record SearchResult(Goal goal, List<Trial> trials, boolean stopped, double seconds) {
  public SearchResult {
    trials = List.copyOf(trials);
  }

  /// The best of the complete trials, the earliest of equal ones; empty if there is none.
  public Optional<Trial> best() {
    return trials.stream()
        .filter(trial -> trial.state() == Trial.State.COMPLETE)
        .min(Comparator.comparingDouble(trial -> goal.loss(trial.value())));
  }

  /// How many trials ended that way.
  public long count(Trial.State state) {
    return trials.stream().filter(trial -> trial.state() == state).count();
  }
}
