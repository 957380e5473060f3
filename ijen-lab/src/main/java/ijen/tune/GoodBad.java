package ijen.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The configurations of a history, split into the few good ones and the rest; each in the order of
/// their trials.
///
/// @param good of the best trials
/// @param bad of all others, and last of those that have not ended, if they are to count
record GoodBad(List<Configuration> good, List<Configuration> bad) {
  /// One in so many is good.
  private static final int SHARE = 10;

  /// And no more than these.
  private static final int MOST = 25;

  /// The order of trials, best first: complete ones by value, then pruned ones, those that came
  /// further first, then by their last report; equal ones by number.
  private static Comparator<Trial> best(Goal goal) {
    return Comparator.comparing((Trial trial) -> trial.state() == Trial.State.PRUNED)
        .thenComparingInt(trial -> isComplete(trial) ? 0 : -trial.reports().lastStep())
        .thenComparingDouble(trial -> goal.loss(result(trial)))
        .thenComparingInt(Trial::number);
  }

  private static boolean isComplete(Trial trial) {
    return trial.state() == Trial.State.COMPLETE;
  }

  private static double result(Trial trial) {
    return isComplete(trial)
        ? trial.value()
        : trial.reports().last().map(Report::value).orElse(Double.NaN);
  }

  /// Those that tell something: complete and pruned ones.
  static List<Trial> usable(History history) {
    return history.ended().stream().filter(trial -> trial.state() != Trial.State.FAILED).toList();
  }

  /// How many of n trials are good: a tenth, rounded up, and 25 at most.
  static int good(int n) {
    return Math.min((n + SHARE - 1) / SHARE, MOST);
  }

  /// Splits `history`; `pending` says whether trials that have not ended count as bad ones, so that
  /// the next is not proposed where they are.
  static GoodBad of(History history, boolean pending) {
    List<Trial> trials = new ArrayList<>(usable(history));
    trials.sort(best(history.goal()));
    int good = good(trials.size());
    Stream<Configuration> bad = inOrder(trials.subList(good, trials.size()));
    return new GoodBad(
        inOrder(trials.subList(0, good)).toList(),
        (pending ? Stream.concat(bad, history.pending().stream()) : bad).toList());
  }

  private static Stream<Configuration> inOrder(List<Trial> trials) {
    return trials.stream().sorted(Comparator.comparingInt(Trial::number)).map(Trial::configuration);
  }
}
