package ijen.check;

import ijen.graph.Batch;
import ijen.graph.Objective;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Derivatives of a loss from its values alone: central differences over a sweep of h.
///
/// D(h) = (L(θ + hv) − L(θ − hv)) / 2h = ⟨∇L, v⟩ + h²·L‴/6 + … ± ε/h, where ε is the rounding error
/// of L. A large h is wrong by the curvature, a small one by rounding; between lies the bottom of a
/// V. The best h is found without a look at the gradient under check: there D changes least from
/// one h to the next, rounding counted. A kink shows as one-sided slopes that do not approach each
/// other as h falls.
final class Differences {
  /// The steps h, relative to the size of the numbers that are moved.
  private static final double[] STEPS = {
    1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10
  };

  private final Objective objective;
  private final Theta theta;
  private final Batch batch;
  private final Buffer values;
  private final double centre;
  private double rounding;

  Differences(Objective objective, Theta theta, Batch batch) {
    this.objective = objective;
    this.theta = theta;
    this.batch = batch;
    this.values = theta.values();
    this.centre = objective.value(theta, batch);
    this.rounding = 0x1p-52 * Math.abs(centre);
  }

  /// L(θ).
  double centre() {
    return centre;
  }

  /// How exact a value of L is.
  double rounding() {
    return rounding;
  }

  /// Finds out how exact a value of L is: what is left of second differences where h is so small
  /// that all else has vanished. A few kinks do not count: the median is taken.
  void measureRounding(List<Slot> slots, long seed) {
    RandomStream random = RandomStream.of(seed, "rounding", 0);
    List<Double> left = new ArrayList<>();
    int draw = 0;
    for (Slot slot : slots) {
      double scale = scale(slot.read(theta));
      for (int n = 0; n < 4; n++) {
        int at = slot.at()[random.below(draw++, slot.size())];
        double x = values.get(at);
        for (double h : new double[] {1e-8 * scale, 1e-9 * scale}) {
          double up = moved(at, x, h);
          double down = moved(at, x, -h);
          left.add(Math.abs(up + down - 2 * centre) / 2);
        }
      }
    }
    left.removeIf(value -> !Double.isFinite(value));
    left.sort(null);
    if (!left.isEmpty()) {
      rounding = Math.max(rounding, 2 * left.get(left.size() / 2));
    }
  }

  private double moved(int at, double x, double h) {
    values.set(at, x + h);
    double loss = objective.value(theta, batch);
    values.set(at, x);
    return loss;
  }

  /// What the steps are relative to: at least 1, or the size of the numbers.
  static double scale(double[] numbers) {
    double sum = 0;
    for (double x : numbers) {
      sum += x * x;
    }
    return Math.max(1, Math.sqrt(sum / numbers.length));
  }

  /// ∂L/∂θᵢ for number `i` of a slot, with the whole sweep.
  Measured of(Slot slot, int i, double scale) {
    return along(new int[] {slot.at()[i]}, new double[] {1}, scale, 0, STEPS.length);
  }

  /// The same by the steps around a good one only.
  Measured near(Slot slot, int i, double scale, double step) {
    int best = 0;
    for (int k = 0; k < STEPS.length; k++) {
      best = Math.abs(Math.log(STEPS[k] * scale / step)) < 0.1 ? k : best;
    }
    return along(
        new int[] {slot.at()[i]},
        new double[] {1},
        scale,
        Math.max(0, best - 1),
        Math.min(best + 2, STEPS.length));
  }

  /// ⟨∇L, v⟩ where v has `signs` at the places `at` of θ and 0 elsewhere.
  Measured along(int[] at, double[] signs, double scale) {
    return along(at, signs, scale / Math.sqrt(at.length), 0, STEPS.length);
  }

  private Measured along(int[] at, double[] signs, double scale, int from, int to) {
    double[] base = Arrays.stream(at).mapToDouble(values::get).toArray();
    int n = to - from;
    double[] central = new double[n];
    double[] jump = new double[n];
    double[] noise = new double[n];
    double size = 0;
    for (int k = 0; k < n; k++) {
      double h = step(base, STEPS[from + k] * scale);
      double up = value(at, base, signs, h);
      double down = value(at, base, signs, -h);
      central[k] = (up - down) / (2 * h);
      jump[k] = Math.abs(up + down - 2 * centre) / h;
      noise[k] = 4 * rounding / h;
      size = Math.max(size, Math.max(Math.abs(up - centre), Math.abs(centre - down)) / h);
    }
    put(at, base);
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 1; k < n; k++) {
      double error = Math.abs(central[k - 1] - central[k]) / 10 + noise[k];
      if (error < least) {
        least = error;
        best = k;
      }
    }
    List<Measured.At> curve = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      curve.add(new Measured.At(STEPS[from + k] * scale, central[k]));
    }
    if (best < 0) {
      return new Measured(Double.NaN, Double.POSITIVE_INFINITY, Double.NaN, false, curve);
    }
    double value = central[best];
    boolean kink = false;
    for (int k = best; k + 1 < n; k++) {
      double enough = Math.max(10 * noise[k + 1], 1e-5 * size);
      kink |= jump[k] > enough && jump[k + 1] > enough && jump[k + 1] > 0.5 * jump[k];
    }
    return new Measured(value, least, STEPS[from + best] * scale, kink, curve);
  }

  /// Of a single number, an h that its sum does not round.
  private static double step(double[] base, double h) {
    return base.length == 1 ? (base[0] + h) - base[0] : h;
  }

  private double value(int[] at, double[] base, double[] signs, double h) {
    for (int i = 0; i < at.length; i++) {
      values.set(at[i], base[i] + h * signs[i]);
    }
    return objective.value(theta, batch);
  }

  private void put(int[] at, double[] base) {
    for (int i = 0; i < at.length; i++) {
      values.set(at[i], base[i]);
    }
  }
}
