package ijen.tune;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/// Ends a trial whose best report so far is worse than a percentile of what others reported at the
/// same step; one that has reported no number at all ends, too.
///
/// The rules are those of Optuna 4.0, with one difference: there the others are the trials that
/// came to their end, here all earlier ones that reached this step, whether or not they went on.
/// Numbers that are between two reports are interpolated.
///
/// @param percentile in (0, 100]: the best 25 percent go on with 25
/// @param startup so many others must have reported a number at the step
/// @param warmup no decision before this step
/// @param interval from `warmup` on, one decision in so many steps, at the first report in each
public record PercentilePruner(double percentile, int startup, int warmup, int interval)
    implements Pruner {
  public PercentilePruner {
    if (!(percentile > 0 && percentile <= 100) || startup < 1 || warmup < 0 || interval < 1) {
      throw new IllegalArgumentException(
          "percentile pruner: expected a percentile in (0, 100], 1 or more others, a step of 0 or"
              + " more and an interval of 1 or more, got "
              + percentile
              + ", "
              + startup
              + ", "
              + warmup
              + " and "
              + interval);
    }
  }

  /// The better half goes on, as soon as there are 5 others.
  public static PercentilePruner median() {
    return new PercentilePruner(50, 5, 0, 1);
  }

  /// With another percentile.
  public PercentilePruner withPercentile(double percentile) {
    return new PercentilePruner(percentile, startup, warmup, interval);
  }

  /// With so many others before there is a decision.
  public PercentilePruner withStartup(int startup) {
    return new PercentilePruner(percentile, startup, warmup, interval);
  }

  /// Without decisions before a step.
  public PercentilePruner withWarmup(int warmup) {
    return new PercentilePruner(percentile, startup, warmup, interval);
  }

  /// With a decision in so many steps only.
  public PercentilePruner withInterval(int interval) {
    return new PercentilePruner(percentile, startup, warmup, interval);
  }

  @Override
  public boolean asks(int number, Reports own) {
    int step = own.lastStep();
    if (step < warmup) {
      return false;
    }
    int begin = step - (step - warmup) % interval;
    return own.from(begin).orElseThrow().step() == step;
  }

  @Override
  public boolean prune(Goal goal, int number, Reports own, List<Reports> others) {
    int step = own.lastStep();
    double[] losses =
        others.stream()
            .flatMap(other -> other.at(step).stream())
            .filter(report -> !Double.isNaN(report.value()))
            .mapToDouble(report -> goal.loss(report.value()))
            .sorted()
            .toArray();
    if (losses.length < startup) {
      return false;
    }
    OptionalDouble best = numbers(goal, own).min();
    return best.isEmpty() || best.getAsDouble() > percentile(losses, percentile);
  }

  private static DoubleStream numbers(Goal goal, Reports reports) {
    return reports.list().stream()
        .filter(report -> !Double.isNaN(report.value()))
        .mapToDouble(report -> goal.loss(report.value()));
  }

  /// Of numbers in ascending order, interpolated between the two that are nearest.
  static double percentile(double[] sorted, double percentile) {
    double place = percentile / 100 * (sorted.length - 1);
    int below = (int) place;
    double part = place - below;
    return part == 0 || sorted[below] == sorted[below + 1]
        ? sorted[below]
        : sorted[below] + part * (sorted[below + 1] - sorted[below]);
  }
}
