package ijen.bench.report;

import ijen.bench.peer.Spread;
import ijen.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Whether all participants have learnt, and learnt the same: a figure of one that computes
/// something else is worth nothing.
///
/// The result on the test set has to lie in the workload's band and near the median of all
/// participants who are in it, the loss over the last epoch near their median loss. Results after
/// few epochs are noisy, hence the wide bands; the loss is a mean over 60,000 samples and is not.
public final class Learning {
  private static final double LOSS_TOLERANCE = 0.1;

  private Learning() {}

  /// What is wrong, each in a sentence; empty if nothing is.
  public static List<String> problems(Results results) {
    List<String> problems = new ArrayList<>();
    for (Workload workload : results.workloads()) {
      List<Entry> entries = results.entries(workload);
      Workload.Band band = workload.band();
      List<Entry> sound = entries.stream().filter(entry -> band.holds(entry.test())).toList();
      double test = median(sound, Entry::test);
      double loss = median(sound, Entry::loss);
      for (Entry entry : entries) {
        String who = "%s: %s, %s".formatted(workload, entry.library().title(), entry.setting());
        if (!band.holds(entry.test())) {
          problems.add(
              who
                  + ": expected a test result from %s to %s, got %s"
                      .formatted(band.low(), band.high(), four(entry.test())));
        } else if (Math.abs(entry.test() - test) > band.distance()) {
          problems.add(
              who
                  + ": its test result %s is more than %s from the median of all, %s"
                      .formatted(four(entry.test()), band.distance(), four(test)));
        }
        if (Math.abs(entry.loss() / loss - 1) > LOSS_TOLERANCE) {
          problems.add(
              who
                  + ": its loss %s over the last epoch is more than %s from the median of all, %s"
                      .formatted(four(entry.loss()), Figures.percent(LOSS_TOLERANCE), four(loss)));
        }
      }
    }
    return problems;
  }

  private static double median(List<Entry> entries, ToDoubleFunction<Entry> figure) {
    double[] known =
        entries.stream().mapToDouble(figure).filter(value -> !Double.isNaN(value)).toArray();
    return known.length == 0 ? Double.NaN : Spread.of(known).median();
  }

  private static String four(double value) {
    return Figures.decimals(4, value);
  }
}
