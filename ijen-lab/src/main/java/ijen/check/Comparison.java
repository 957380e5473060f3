package ijen.check;

import ijen.check.TensorCheck.SweepPoint;
import ijen.graph.Batch;
import ijen.graph.Direction;
import ijen.graph.Objective;
import ijen.graph.Theta;
import ijen.kernel.Precision;
import ijen.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Compares the gradient of one tensor after the other with differences of the loss, and with
/// forward mode.
final class Comparison {
  /// So many numbers of a tensor get the whole sweep over h; the others the best of these steps.
  private static final int SWEEPS = 4;

  /// Up to so many numbers all of a wrong tensor's are looked at.
  private static final int MOST_EXPLAINED = 1024;

  /// Two numbers nearer than this are the same: a derivative may be the difference of two numbers
  /// of order 1, as σ(z) − 1 is, while the loss still tells 10⁻²³.
  private static final double SMALL = 1e-14;

  private final CheckSettings settings;
  private final Objective objective;
  private final Theta theta;
  private final Batch batch;
  private final Differences differences;
  private final List<String> remarks;
  private final Direction direction;
  private boolean forwardWorks = true;

  /// @param remarks where to note what else there is to know
  Comparison(
      Subject subject, CheckSettings settings, Differences differences, List<String> remarks) {
    this.settings = settings;
    this.objective = subject.objective();
    this.theta = subject.theta();
    this.batch = subject.batch();
    this.differences = differences;
    this.remarks = remarks;
    this.direction = new Direction(theta.parameters(), Precision.DOUBLE);
  }

  /// Compares a tensor.
  void compare(Work work) {
    List<Integer> entries = entries(work);
    List<Measured> sweeps = new ArrayList<>();
    List<Integer> swept = entries.subList(0, Math.min(SWEEPS, entries.size()));
    for (int i : swept) {
      Measured slope = differences.of(work.slot, i, work.scale);
      sweeps.add(slope);
    }
    work.step = bestStep(sweeps);
    for (int k = 0; k < entries.size(); k++) {
      int i = entries.get(k);
      Measured slope =
          k < sweeps.size() ? sweeps.get(k) : differences.near(work.slot, i, work.scale, work.step);
      if (k >= sweeps.size() && !agrees(work, i, slope)) {
        slope = differences.of(work.slot, i, work.scale); // a closer look before it is called wrong
      }
      enter(work, i, slope);
    }
    curve(work, swept, sweeps);
    together(work);
  }

  /// Which numbers to compare: all if there are few, else half of them anywhere and half where the
  /// gradient is not 0.
  private List<Integer> entries(Work work) {
    int size = work.slot.size();
    if (size <= settings.entries()) {
      return IntStream.range(0, size).boxed().toList();
    }
    RandomStream random = RandomStream.of(settings.seed(), "entries " + work.slot.name(), 0);
    int[] live = IntStream.range(0, size).filter(i -> work.reverse[i] != 0).toArray();
    Set<Integer> chosen = new LinkedHashSet<>();
    for (int k = 0; chosen.size() < settings.entries() && k < 4 * settings.entries(); k++) {
      chosen.add(
          k % 2 == 0 && live.length > 0
              ? live[random.below(k, live.length)]
              : random.below(k, size));
    }
    return List.copyOf(chosen);
  }

  private static double bestStep(List<Measured> slopes) {
    double[] steps =
        slopes.stream().mapToDouble(Measured::step).filter(Double::isFinite).sorted().toArray();
    return steps.length == 0 ? 1e-5 : steps[steps.length / 2];
  }

  private boolean agrees(Work work, int i, Measured slope) {
    return Math.abs(work.reverse[i] - slope.value()) <= allowed(work, i, slope);
  }

  private double allowed(Work work, int i, Measured slope) {
    double size = Math.max(Math.abs(work.reverse[i]), Math.abs(slope.value()));
    return settings.tolerance() * size + doubt(slope);
  }

  /// How far a difference and a derivative may be apart for all that is known.
  private static double doubt(Measured slope) {
    return 10 * slope.uncertainty() + SMALL;
  }

  private void enter(Work work, int i, Measured slope) {
    double analytic = work.reverse[i];
    if (!slope.isFinite()) {
      work.unresolved++;
      return;
    }
    if (slope.kink()) {
      work.kinks++;
      return;
    }
    work.compared++;
    work.numeric[i] = slope.value();
    work.doubt[i] = slope.uncertainty();
    double error = Math.abs(analytic - slope.value());
    double relative = Work.relative(analytic, slope.value());
    boolean resolved = doubt(slope) <= 0.01 * Math.max(Math.abs(slope.value()), Math.abs(analytic));
    if (!(error <= allowed(work, i, slope))) {
      work.wrong++;
      work.leastWrong = Math.min(work.leastWrong, relative);
      work.mostWrong = Math.max(work.mostWrong, relative);
    } else if (!resolved && !(analytic == 0 && slope.value() == 0)) {
      work.unresolved++;
    }
    work.absoluteError = Math.max(work.absoluteError, error);
    if (resolved) {
      work.relativeError = Math.max(work.relativeError, relative);
    }
    double tangent = forward(new int[] {work.slot.at()[i]}, new double[] {1});
    if (forwardWorks) {
      work.forward[i] = tangent;
      if (!(Math.abs(tangent - slope.value())
          <= settings.tolerance() * Math.max(Math.abs(tangent), Math.abs(slope.value()))
              + doubt(slope))) {
        work.forwardWrong++;
      }
    }
  }

  /// ⟨∇L, v⟩ by forward mode; 0 if that fails.
  private double forward(int[] at, double[] signs) {
    if (!forwardWorks) {
      return 0;
    }
    for (int i = 0; i < at.length; i++) {
      direction.values().set(at[i], signs[i]);
    }
    try {
      return objective.derivative(theta, direction, batch);
    } catch (RuntimeException e) {
      forwardWorks = false;
      remarks.add("forward mode is not there: " + e);
      return 0;
    } finally {
      for (int place : at) {
        direction.values().set(place, 0);
      }
    }
  }

  /// The V: of a few numbers the median error for each h.
  private static void curve(Work work, List<Integer> swept, List<Measured> sweeps) {
    int points = sweeps.isEmpty() ? 0 : sweeps.getFirst().curve().size();
    for (int k = 0; k < points; k++) {
      List<Double> errors = new ArrayList<>();
      for (int s = 0; s < sweeps.size(); s++) {
        double value = sweeps.get(s).curve().get(k).value();
        double analytic = work.reverse[swept.get(s)];
        if (!sweeps.get(s).kink() && (analytic != 0 || sweeps.get(s).value() != 0)) {
          double size = Math.max(Math.abs(analytic), Math.abs(sweeps.get(s).value()));
          errors.add(Math.abs(value - analytic) / size);
        }
      }
      errors.removeIf(e -> !Double.isFinite(e));
      errors.sort(null);
      if (!errors.isEmpty()) {
        double step = sweeps.getFirst().curve().get(k).step();
        work.sweep.add(new SweepPoint(step, errors.get(errors.size() / 2)));
      }
    }
  }

  /// All numbers of a tensor at the same time, along random signs. Where the sum is wrong but no
  /// number that was looked at, the wrong ones are found by halving.
  private void together(Work work) {
    int size = work.slot.size();
    RandomStream random = RandomStream.of(settings.seed(), "signs " + work.slot.name(), 0);
    double[] signs = new double[size];
    for (int i = 0; i < size; i++) {
      signs[i] = random.bits(i) < 0 ? -1 : 1;
    }
    double reverse = dot(work.reverse, signs, 0, size);
    double tangent = forward(work.slot.at(), signs);
    double norm = norm(work.reverse, 0, size);
    if (forwardWorks) {
      work.forwardError =
          Math.abs(tangent - reverse) / Math.max(Math.max(Math.abs(reverse), norm), 1e-300);
    }
    if (work.wrong == 0 && size > work.compared && isOff(work, signs, 0, size)) {
      int from = 0;
      int to = size;
      while (to - from > 8) {
        int middle = (from + to) / 2;
        if (isOff(work, signs, from, middle)) {
          to = middle;
        } else {
          from = middle;
        }
      }
      for (int i = from; i < to; i++) {
        enter(work, i, differences.of(work.slot, i, work.scale));
      }
    }
  }

  private boolean isOff(Work work, double[] signs, int from, int to) {
    int[] at = Arrays.copyOfRange(work.slot.at(), from, to);
    Measured slope = differences.along(at, Arrays.copyOfRange(signs, from, to), work.scale);
    double reverse = dot(work.reverse, signs, from, to);
    double size = Math.max(Math.abs(slope.value()), norm(work.reverse, from, to));
    return slope.isFinite()
        && !slope.kink()
        && !(Math.abs(reverse - slope.value()) <= settings.tolerance() * size + doubt(slope));
  }

  private static double dot(double[] a, double[] b, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double[] a, int from, int to) {
    return Math.sqrt(dot(a, a, from, to));
  }

  /// All right numbers of a wrong tensor, if there are not too many.
  void complete(Work work) {
    if (work.slot.size() > MOST_EXPLAINED) {
      return;
    }
    for (int i = 0; i < work.slot.size(); i++) {
      if (Double.isNaN(work.numeric[i])) {
        Measured slope = differences.near(work.slot, i, work.scale, work.step);
        if (slope.isFinite() && !slope.kink()) {
          work.numeric[i] = slope.value();
          work.doubt[i] = slope.uncertainty();
          work.forward[i] = forward(new int[] {work.slot.at()[i]}, new double[] {1});
        }
      }
    }
  }
}
