package ijen.bench;

import ijen.bench.machine.Machine;
import ijen.bench.peer.CpuTime;
import ijen.bench.report.Entry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Measures the machine's limits several times during a run, and keeps the best: whoever works
/// beside us makes them look lower than they are.
final class LimitsMeter {
  private static final int ATTEMPTS = 3;

  private @Nullable Machine best;
  private double leastForeign = Double.POSITIVE_INFINITY;

  /// Measures once, and again as long as others disturbed every time.
  Machine measure() {
    for (int i = 0; i < ATTEMPTS && (i == 0 || leastForeign > Entry.BUSY); i++) {
      CpuTime before = CpuTime.now();
      Machine found = Machine.measure();
      double foreign = CpuTime.now().foreignSince(before, 0);
      leastForeign = Double.isNaN(foreign) ? foreign : Math.min(leastForeign, foreign);
      best = best == null ? found : best.better(found);
    }
    return Objects.requireNonNull(best);
  }

  /// The part of the processors' time that others took in the quietest measurement; NaN if unknown.
  double foreign() {
    return leastForeign;
  }
}
