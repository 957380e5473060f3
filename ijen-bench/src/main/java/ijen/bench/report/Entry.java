package ijen.bench.report;

import ijen.bench.peer.Library;
import ijen.bench.peer.Setting;
import ijen.bench.peer.Spread;
import ijen.bench.workload.Workload;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// All runs of one participant with one setting on one workload.
///
/// @param runs one or more
public record Entry(Workload workload, Library library, Setting setting, List<Run> runs) {
  /// From this part of all processors' time on, others disturbed the measurement.
  public static final double BUSY = 0.05;

  public Entry {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("entry: expected one or more runs, got none");
    }
  }

  /// Seconds of an epoch: of each run its median, of these the median and the range.
  public Spread seconds() {
    return of(Run::seconds);
  }

  Spread firstEpoch() {
    return of(Run::firstEpoch);
  }

  /// The median part of the processors' time that others took; NaN if unknown.
  double foreign() {
    return median(run -> run.answer().foreign());
  }

  boolean isBusy() {
    return foreign() > BUSY;
  }

  /// The median result on the test set.
  double test() {
    return median(run -> run.answer().test());
  }

  /// The median loss of the last epoch; NaN if it is not told.
  double loss() {
    return median(Run::loss);
  }

  private double median(ToDoubleFunction<Run> figure) {
    boolean known = runs.stream().mapToDouble(figure).noneMatch(Double::isNaN);
    return known ? of(figure).median() : Double.NaN;
  }

  private Spread of(ToDoubleFunction<Run> figure) {
    return Spread.of(runs.stream().mapToDouble(figure).toArray());
  }
}
