package ijen.tune;

import java.util.List;
import java.util.Optional;

/// Asynchronous successive halving: at each rung, the best 1/η of the trials that came that far go
/// on, as far as is known when a trial arrives.
///
/// Rung k is at step r·η^(s+k), or the first report after it. Of n values there, the trial's own
/// included, the best ⌊n/η⌋ go on, and the best one always; equal ones do, too. What is no number
/// does not go on.
///
/// The rules are those of Optuna 4.0, with one difference: r is given, where Optuna can derive it
/// from trials that have ended, and with that from their speed.
///
/// **Source:** Li, Jamieson, Rostamizadeh, Gonina, Hardt, Recht, Talwalkar, "A system for massively
/// parallel hyperparameter tuning", MLSys 2020.
///
/// @param first r, the step of the first rung if s is 0; 1 or more
/// @param factor η, 2 or more
/// @param skip s, how many rungs are left out; 0 or more
public record AshaPruner(int first, int factor, int skip) implements Pruner {
  public AshaPruner {
    if (first < 1 || factor < 2 || skip < 0) {
      throw new IllegalArgumentException(
          ("asha: expected a first step of 1 or more, a factor of 2 or more and 0 or more rungs to"
                  + " skip, got %d, %d and %d")
              .formatted(first, factor, skip));
    }
  }

  /// Rungs at steps 1, 4, 16, 64, ….
  public static AshaPruner of() {
    return new AshaPruner(1, 4, 0);
  }

  /// With another first rung.
  public AshaPruner withFirst(int first) {
    return new AshaPruner(first, factor, skip);
  }

  /// With another share 1/η that goes on, and rungs that lie η times as far apart.
  public AshaPruner withFactor(int factor) {
    return new AshaPruner(first, factor, skip);
  }

  /// Without the first so many rungs.
  public AshaPruner withSkip(int skip) {
    return new AshaPruner(first, factor, skip);
  }

  /// The step of a rung; [Long#MAX_VALUE] if it is beyond all steps.
  private long step(int rung) {
    long step = first;
    for (int i = 0; i < skip + rung && step <= Integer.MAX_VALUE; i++) {
      step *= factor;
    }
    return step <= Integer.MAX_VALUE ? step : Long.MAX_VALUE;
  }

  @Override
  public boolean asks(int number, Reports own) {
    int rung = 0;
    while (step(rung) <= own.lastStep()) {
      if (isReachedNow(rung, own)) {
        return true;
      }
      rung++;
    }
    return false;
  }

  private boolean isReachedNow(int rung, Reports own) {
    return own.from((int) step(rung)).orElseThrow().step() == own.lastStep();
  }

  @Override
  public boolean prune(Goal goal, int number, Reports own, List<Reports> others) {
    for (int rung = 0; step(rung) <= own.lastStep(); rung++) {
      if (isReachedNow(rung, own) && !goesOn(goal, (int) step(rung), own, others)) {
        return true;
      }
    }
    return false;
  }

  private boolean goesOn(Goal goal, int step, Reports own, List<Reports> others) {
    double value = own.last().orElseThrow().value();
    if (Double.isNaN(value)) {
      return false;
    }
    double loss = goal.loss(value);
    int better = 0;
    int arrived = 1;
    for (Reports other : others) {
      Optional<Report> there = other.from(step);
      if (there.isPresent() && !Double.isNaN(there.get().value())) {
        arrived++;
        better += goal.loss(there.get().value()) < loss ? 1 : 0;
      }
    }
    return better < Math.max(arrived / factor, 1);
  }
}
