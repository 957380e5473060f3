package ijen.check;

import ijen.check.TensorCheck.Verdict;
import ijen.graph.Batch;
import ijen.graph.Form;
import ijen.graph.Gradient;
import ijen.graph.GraphObjective;
import ijen.graph.Objective;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import ijen.plot.Digits;
import ijen.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One gradient check from start to end: repeat, differentiate, compare, then explain.
final class Examination {
  private final Subject subject;
  private final CheckSettings settings;
  private final Objective objective;
  private final Theta theta;
  private final Theta elsewhere;
  private final Batch batch;
  private final List<String> alarms = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  Examination(Subject subject, CheckSettings settings) {
    this.subject = subject;
    this.settings = settings;
    this.objective = subject.objective();
    this.theta = subject.theta();
    this.batch = subject.batch();
    this.elsewhere = moved(theta, settings.seed());
  }

  /// A point some way off, at which an earlier call can be made.
  private static Theta moved(Theta theta, long seed) {
    Theta moved = theta.copy(Precision.DOUBLE);
    RandomStream random = RandomStream.of(seed, "elsewhere", 0);
    for (int i = 0; i < moved.size(); i++) {
      double x = moved.values().get(i);
      moved.values().set(i, x * (1 + 0.2 * random.uniform(i)));
    }
    return moved;
  }

  /// @param culprits whether to look for the op at fault
  GradientReport report(boolean culprits) {
    Gradient first = gradients();
    Differences differences = new Differences(objective, theta, batch);
    double loss = differences.centre();
    if (!Double.isFinite(loss)) {
      alarms.add("the loss is " + Digits.significant(loss, 4) + origin());
      return new GradientReport(subject.title(), loss, alarms, remarks, List.of(), List.of());
    }
    double again = objective.value(theta, batch);
    if (Double.doubleToLongBits(again) != Double.doubleToLongBits(loss)) {
      alarms.add(
          "the loss is not deterministic: two calls with the same θ and batch give "
              + loss
              + " and "
              + again
              + "; random numbers have to depend on seed and step alone");
      return new GradientReport(subject.title(), loss, alarms, remarks, List.of(), List.of());
    }
    List<Work> all =
        subject.slots().stream()
            .map(slot -> new Work(slot, slot.read(theta), slot.read(first)))
            .toList();
    repeat(all, loss);
    differences.measureRounding(subject.slots(), settings.seed());
    Comparison comparison = new Comparison(subject, settings, differences, remarks);
    all.forEach(comparison::compare);
    compareFloat(all);
    all.stream().filter(Work::isWrong).forEach(comparison::complete);
    Explanation explanation = new Explanation(subject, all, elsewhere);
    List<TensorCheck> tensors = all.stream().map(work -> result(work, explanation)).toList();
    int kinks = all.stream().mapToInt(work -> work.kinks).sum();
    if (kinks > 0) {
      remarks.add(
          kinks
              + (kinks == 1 ? " number lies" : " numbers lie")
              + " on a kink of the loss (a ReLU's 0, for example) and were set aside");
    }
    GradientReport report =
        new GradientReport(subject.title(), loss, alarms, remarks, tensors, List.of());
    return report.healthy() || !culprits || subject.traced() == null
        ? report
        : Culprits.of(subject, report, settings);
  }

  /// The gradient here, after a call elsewhere: what an op kept from an earlier call would show.
  private Gradient gradients() {
    Gradient gradient = new Gradient(theta.parameters(), Precision.DOUBLE);
    objective.gradient(elsewhere, batch, gradient);
    gradient.values().fill(0);
    objective.gradient(theta, batch, gradient);
    return gradient;
  }

  /// Calls that have to give the same again.
  private void repeat(List<Work> all, double loss) {
    Gradient second = new Gradient(theta.parameters(), Precision.DOUBLE);
    second.values().fill(1);
    double told = objective.gradient(theta, batch, second);
    if (!(Work.relative(told, loss) < 1e-9)) {
      alarms.add(
          "gradient(…) tells the loss %s, value(…) %s: the forward pass is another when a gradient is wanted"
              .formatted(Digits.significant(told, 6), Digits.significant(loss, 6)));
    }
    for (Work work : all) {
      double[] again = work.slot.read(second);
      boolean same = true;
      boolean added = true;
      for (int i = 0; i < again.length; i++) {
        double before = work.reverse[i];
        same &= Double.compare(again[i], before) == 0;
        added &= Math.abs(again[i] - before - 1) < 1e-9 * (1 + Math.abs(before));
      }
      if (added) {
        work.causes.add(
            "added to what was in the buffer before: backward has to overwrite, or gradients"
                + " accumulate from step to step");
      } else if (!same) {
        work.causes.add(
            "the same call twice gives two gradients: it depends on an earlier call. Is something"
                + " stale kept from an earlier step, or is += used where memory has to be"
                + " overwritten?");
      }
    }
    if (all.isEmpty()) {
      remarks.add("there is nothing to differentiate by");
    }
  }

  /// What the gradient is in float.
  private void compareFloat(List<Work> all) {
    Traced traced = subject.traced();
    if (traced == null) {
      return;
    }
    try (Workers workers = Workers.of(1)) {
      GraphObjective fast = traced.objective(Kernels.vector(workers));
      List<Form> forms = IntStream.range(0, batch.inputs()).mapToObj(batch::form).toList();
      Batch samples = new Batch(Precision.FLOAT, batch.capacity(), forms);
      for (int i = 0; i < batch.inputs(); i++) {
        samples.input(i).copyFrom(batch.input(i));
      }
      samples.begin(batch.rows(), batch.step());
      Gradient gradient = new Gradient(theta.parameters(), Precision.FLOAT);
      fast.gradient(theta.copy(Precision.FLOAT), samples, gradient);
      double largest = all.stream().mapToDouble(work -> size(work.reverse)).max().orElse(0);
      for (Work work : all) {
        double[] distance = work.slot.read(gradient);
        for (int i = 0; i < distance.length; i++) {
          distance[i] -= work.reverse[i];
        }
        // Where the gradient is all but 0, float cannot have it relative to that.
        double whole = Math.max(size(work.reverse), 1e-4 * largest);
        work.floatError = whole == 0 ? size(distance) : size(distance) / whole;
        if (!(work.floatError < 1e-2)) {
          remarks.add(
              "%s: in float the gradient is off by %s of its length: overflow, cancellation, or a kink that float is on the other side of"
                  .formatted(work.slot.name(), Digits.significant(work.floatError, 2)));
        }
      }
    }
  }

  /// The root of the mean square.
  private static double size(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value * value;
    }
    return x.length == 0 ? 0 : Math.sqrt(sum / x.length);
  }

  // ------------------------------------------------------------------ results

  private TensorCheck result(Work work, Explanation explanation) {
    Verdict verdict =
        work.isWrong()
            ? Verdict.WRONG
            : work.compared == work.unresolved && work.slot.size() > 0
                ? Verdict.UNDECIDED
                : Verdict.RIGHT;
    return new TensorCheck(
        work.slot.name(),
        work.slot.shape(),
        verdict,
        work.compared,
        work.kinks,
        work.unresolved,
        work.absoluteError,
        Math.max(work.relativeError, work.mostWrong),
        work.forwardError,
        work.floatError,
        words(work, verdict, explanation),
        work.sweep,
        work.step);
  }

  private static String words(Work work, Verdict verdict, Explanation explanation) {
    return switch (verdict) {
      case WRONG -> explanation.words(work);
      case UNDECIDED ->
          work.compared == 0
              ? "undecided: nothing but kinks"
              : "undecided: the gradient is too small to be seen in the loss";
      case RIGHT ->
          Arrays.stream(work.reverse).allMatch(x -> x == 0)
              ? "right, and zero everywhere: nothing reaches it"
              : "right";
    };
  }

  /// Where a loss that is no number comes from.
  private String origin() {
    Traced traced = subject.traced();
    @Nullable NotFinite found =
        traced == null ? null : NotFinite.forward(traced, theta, batch, Kernels.reference());
    return found == null ? "" : ": " + found.words();
  }
}
