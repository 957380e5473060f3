package ijen.theory;

import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/// Derivatives by central differences of fourth order:
///
/// f′(x) ≈ (f(x − 2h) − 8f(x − h) + 8f(x + h) − f(x + 2h)) / 12h,
///
/// wrong by h⁴/30·f⁽⁵⁾ and by about ε|f|/h of rounding.
final class Slopes {
  private static final int[] PLACES = {-2, -1, 1, 2};
  private static final double[] WEIGHTS = {1, -8, 8, -1};

  private Slopes() {}

  /// The gradient of f at x, number by number.
  static double[] gradient(ToDoubleFunction<double[]> f, double[] x, double h) {
    double[] moved = x.clone();
    double[] slopes = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      for (int p = 0; p < PLACES.length; p++) {
        moved[i] = x[i] + PLACES[p] * h;
        slopes[i] += WEIGHTS[p] * f.applyAsDouble(moved);
      }
      moved[i] = x[i];
      slopes[i] /= 12 * h;
    }
    return slopes;
  }

  /// ⟨∇f(x), v⟩.
  static double along(ToDoubleFunction<double[]> f, double[] x, double[] v, double h) {
    return product(at -> new double[] {f.applyAsDouble(at)}, x, v, h)[0];
  }

  /// J·v for a function of several values.
  static double[] product(UnaryOperator<double[]> f, double[] x, double[] v, double h) {
    double[] moved = new double[x.length];
    double[] slope = {};
    for (int p = 0; p < PLACES.length; p++) {
      for (int i = 0; i < x.length; i++) {
        moved[i] = x[i] + PLACES[p] * h * v[i];
      }
      double[] value = f.apply(moved);
      slope = p == 0 ? new double[value.length] : slope;
      for (int i = 0; i < value.length; i++) {
        slope[i] += WEIGHTS[p] * value[i] / (12 * h);
      }
    }
    return slope;
  }
}
