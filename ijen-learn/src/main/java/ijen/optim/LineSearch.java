package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Objective;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/// A search for a step t along a direction d that meets the strong Wolfe conditions.
///
/// With φ(t) = L(θ + t·d): φ(t) ≤ φ(0) + c₁·t·φ′(0), enough descent, and |φ′(t)| ≤ c₂·|φ′(0)|, a
/// slope that has become flatter; c₁ = 10⁻⁴, c₂ = 0.9. First t grows until an interval must hold
/// such a point, then the interval shrinks: each trial is where the cubic through values and slopes
/// at its ends is lowest, but not nearer to an end than a tenth.
///
/// It works on the rooms `start`, `direction` and `trial` of an [OptimizerState]: after a search
/// that found something, θ is there and its gradient is in `trial`; after one that did not, θ is
/// where it was.
///
/// **Source:** Nocedal, Wright, "Numerical optimization", 2nd edition 2006, algorithms 3.5 and 3.6.
final class LineSearch {
  private static final double ENOUGH = 1e-4;
  private static final double FLATTER = 0.9;
  private static final double GROWTH = 10;
  private static final int TRIALS = 25;

  /// Room for the two-loop recursion: a number for each pair.
  final double[] weights;

  private final OptimizerState state;
  private @Nullable Objective objective;
  private @Nullable Theta theta;
  private @Nullable Batch batch;
  private double value0;
  private double slope0;
  private double t;
  private double value;
  private double slope;
  private int trials;

  LineSearch(OptimizerState state, double[] weights) {
    this.state = state;
    this.weights = weights;
  }

  /// Begins at θ, where the loss is `value` and its derivative along the direction `slope`, below
  /// 0.
  void from(Objective objective, Theta theta, Batch batch, double value, double slope) {
    this.objective = objective;
    this.theta = theta;
    this.batch = batch;
    this.value0 = value;
    this.slope0 = slope;
    this.trials = 0;
    state.kernels().copy(theta.values(), start(), theta.size());
  }

  /// The loss where the search ended.
  double value() {
    return value;
  }

  /// The t with which it ended.
  double t() {
    return t;
  }

  private Buffer start() {
    return state.room("start").values();
  }

  /// Goes to `t`, whatever is there; whether the loss is a number there.
  boolean once(double t) {
    at(t);
    return Double.isFinite(value) || back();
  }

  /// Searches, trying `first` first; whether something was found.
  boolean wolfe(double first) {
    double low = 0;
    double lowValue = value0;
    double lowSlope = slope0;
    double next = first;
    while (trials < TRIALS) {
      at(next);
      if (!descendsEnough() || (trials > 1 && value >= lowValue)) {
        return zoom(low, lowValue, lowSlope, t, value, slope);
      }
      if (isFlatter()) {
        return true;
      }
      if (slope >= 0) {
        return zoom(t, value, slope, low, lowValue, lowSlope);
      }
      double wished = lowest(low, lowValue, lowSlope, t, value, slope);
      double least = t + 0.1 * (t - low);
      low = t;
      lowValue = value;
      lowSlope = slope;
      next = Double.isNaN(wished) ? GROWTH * t : Math.clamp(wished, least, GROWTH * t);
    }
    return true; // it still falls: far enough
  }

  /// Shrinks the interval between `low`, the best point so far, and `high`.
  private boolean zoom(
      double low,
      double lowValue,
      double lowSlope,
      double high,
      double highValue,
      double highSlope) {
    while (trials < TRIALS && Math.abs(high - low) > 1e-9 * Math.max(low, high)) {
      double width = high - low;
      double wished = lowest(low, lowValue, lowSlope, high, highValue, highSlope);
      double part = (wished - low) / width;
      at(low + width * (part >= 0 && part <= 1 ? Math.clamp(part, 0.1, 0.9) : 0.5));
      if (!descendsEnough() || value >= lowValue) {
        high = t;
        highValue = value;
        highSlope = slope;
      } else {
        if (isFlatter()) {
          return true;
        }
        if (slope * width >= 0) {
          high = low;
          highValue = lowValue;
          highSlope = lowSlope;
        }
        low = t;
        lowValue = value;
        lowSlope = slope;
      }
    }
    if (low == 0) {
      return back();
    }
    if (t != low) {
      at(low); // not flatter, but lower
    }
    return true;
  }

  private boolean descendsEnough() {
    return value <= value0 + ENOUGH * t * slope0; // false for NaN
  }

  private boolean isFlatter() {
    return Math.abs(slope) <= -FLATTER * slope0;
  }

  private boolean back() {
    Theta point = present(theta);
    state.kernels().copy(start(), point.values(), point.size());
    return false;
  }

  /// Loss and slope at `t`.
  private void at(double t) {
    Theta point = present(theta);
    Kernels k = state.kernels();
    Buffer values = point.values();
    Buffer direction = state.room("direction").values();
    int n = point.size();
    k.copy(start(), values, n);
    k.addScaled(direction, t, values, n);
    this.t = t;
    this.value = present(objective).gradient(point, present(batch), state.room("trial"));
    this.slope = k.dot(state.room("trial").values(), direction, n);
    trials++;
  }

  /// Where the cubic through values and slopes at `a` and `b` is lowest; NaN if it has no such
  /// point or one of them is no number.
  private static double lowest(
      double a, double valueA, double slopeA, double b, double valueB, double slopeB) {
    double p = slopeA + slopeB - 3 * (valueA - valueB) / (a - b);
    double q = Math.copySign(Math.sqrt(p * p - slopeA * slopeB), b - a);
    return b - (b - a) * (slopeB + q - p) / (slopeB - slopeA + 2 * q);
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("a search begins with 'from'");
    }
    return value;
  }
}
