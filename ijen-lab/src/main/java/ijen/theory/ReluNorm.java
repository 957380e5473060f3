package ijen.theory;

import static ijen.theory.Measurement.apart;
import static ijen.theory.Measurement.within;

import ijen.graph.Graph;
import ijen.graph.GraphObjective.Reduction;
import ijen.graph.Node;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.plot.Digits;
import java.util.List;

/// Statement (a): the gradients of f(W, x) = ‖relu(Wx)‖².
final class ReluNorm {
  private static final int IMAGES = 3;
  private static final int UNITS = 6;
  private static final double STEP = 1e-4;

  private ReluNorm() {}

  /// Two gradients, by hand.
  interface Rule {
    /// ∇_x f, `[n]`.
    double[] byInput(double[] w, double[] x, int m);

    /// ∇_W f, `[m, n]`.
    double[] byWeight(double[] w, double[] x, int m);
  }

  /// The formulas of the statement.
  static final class Formulas implements Rule {
    @Override
    public double[] byInput(double[] w, double[] x, int m) {
      return Vectors.transposedTimes(w, delta(w, x, m), x.length);
    }

    @Override
    public double[] byWeight(double[] w, double[] x, int m) {
      return Vectors.outer(delta(w, x, m), x);
    }
  }

  /// 2a∘1[z > 0].
  static double[] delta(double[] w, double[] x, int m) {
    double[] z = Vectors.times(w, x, m);
    for (int i = 0; i < m; i++) {
      z[i] = z[i] > 0 ? 2 * z[i] : 0;
    }
    return z;
  }

  static double value(double[] w, double[] x, int m) {
    double sum = 0;
    for (double z : Vectors.times(w, x, m)) {
      sum += z > 0 ? z * z : 0;
    }
    return sum;
  }

  static Statement measure(Samples samples, long seed) {
    return measure(samples, seed, new Formulas());
  }

  static Statement measure(Samples samples, long seed, Rule rule) {
    int n = samples.features();
    double[] w = Vectors.normal(seed, "theory a", UNITS * n, Math.sqrt(2.0 / n));
    double[] square = Vectors.normal(seed, "theory a square", n * n, Math.sqrt(2.0 / n));
    Exact engine = engine(n, UNITS);
    double value = 0;
    double valueError = 0;
    double inputEngine = 0;
    double inputSlopes = 0;
    double weightEngine = 0;
    double weightSlopes = 0;
    double squareSlopes = 0;
    double mistake = Double.POSITIVE_INFINITY;
    double cosine = 0;
    int taken = 0;
    for (int s = 0; s < samples.size() && taken < IMAGES; s++) {
      double[] x = samples.x()[s];
      if (nearKink(w, x, UNITS)) {
        continue; // where f′ has a kink, a difference straddles it
      }
      taken++;
      engine.set("x", x);
      engine.set("W", w);
      value = engine.value();
      valueError = Math.max(valueError, Math.abs(value - value(w, x, UNITS)) / value);
      engine.differentiate();
      double[] byInput = rule.byInput(w, x, UNITS);
      double[] byWeight = rule.byWeight(w, x, UNITS);
      inputEngine = Math.max(inputEngine, Vectors.distance(byInput, engine.gradient("x")));
      weightEngine = Math.max(weightEngine, Vectors.distance(byWeight, engine.gradient("W")));
      double[] slopes = Slopes.gradient(at -> value(w, at, UNITS), x, STEP);
      inputSlopes = Math.max(inputSlopes, Vectors.distance(byInput, slopes));
      slopes = Slopes.gradient(at -> value(at, x, UNITS), w, STEP);
      weightSlopes = Math.max(weightSlopes, Vectors.distance(byWeight, slopes));

      double[] right = rule.byInput(square, x, n);
      double[] wrong = delta(square, x, n); // as printed: without Wᵀ
      double along = Slopes.along(at -> value(square, at, n), x, unit(right), STEP);
      squareSlopes =
          Math.max(squareSlopes, Math.abs(along - Vectors.norm(right)) / Vectors.norm(right));
      mistake = Math.min(mistake, Vectors.distance(right, wrong));
      cosine = Vectors.dot(right, wrong) / (Vectors.norm(right) * Vectors.norm(wrong));
    }
    String images = taken + " images";
    List<Measurement> measurements =
        List.of(
            within("f is the engine's", "f = " + Digits.significant(value, 6), valueError, 1e-13),
            within("∇ₓf is the engine's", images + ", " + n + " numbers each", inputEngine, 1e-13),
            within("∇ₓf is the slope of f", images, inputSlopes, 1e-8),
            within(
                "∇_W f is the engine's",
                images + ", " + Digits.count(w.length) + " numbers each",
                weightEngine,
                1e-13),
            within("∇_W f is the slope of f", images, weightSlopes, 1e-8),
            apart(
                "without Wᵀ the shape is wrong",
                "%d numbers for an x of %d".formatted(UNITS, n),
                Math.abs(n - delta(w, samples.x()[0], UNITS).length),
                1),
            within("∇ₓf with a square W", "along itself, " + images, squareSlopes, 1e-8),
            apart(
                "without Wᵀ, W square: wrong",
                "cosine " + Digits.fixed(cosine, 3) + " with ∇ₓf",
                mistake,
                0.5));
    return new Statement(
        Topic.RELU_NORM,
        List.of(
            "f(W, x) = ‖a‖²,  a = relu(z),  z = W·x",
            "∇ₓ f = Wᵀ·(2a ∘ 1[z > 0])",
            "∇_W f = (2a ∘ 1[z > 0])·xᵀ"),
        List.of(
            "f is a sum over the units: Σᵢ aᵢ². The derivative by aᵢ is 2aᵢ; aᵢ follows zᵢ with"
                + " slope 1 where zᵢ > 0 and stays 0 where zᵢ < 0. So d = ∂f/∂z = 2a ∘ 1[z > 0]. At"
                + " zᵢ = 0 both sides give 0, as aᵢ² has no kink there.",
            "zᵢ = Σⱼ Wᵢⱼ xⱼ: a change of xⱼ reaches every unit, by Wᵢⱼ, so ∂f/∂xⱼ = Σᵢ dᵢ Wᵢⱼ,"
                + " which is the j-th number of Wᵀ·d. A change of Wᵢⱼ reaches unit i alone, by xⱼ,"
                + " so ∂f/∂Wᵢⱼ = dᵢ xⱼ, the outer product d·xᵀ.",
            "A mistake that is met in print is ∇ₓ f = 2a ∘ 1[z > 0], without Wᵀ. That has one"
                + " number for each unit instead of one for each input. Where W is square the"
                + " shapes agree by chance and only a measurement tells: it is another vector"
                + " altogether, as the last line shows."),
        ("%s of %s with %d features, W from N(0, 2/n) with %d units, and once with as many units as"
             + " features. \"Slope\" is a central difference of fourth order with h = 10⁻⁴; errors"
             + " are distances relative to the longer vector, the largest of the images.")
            .formatted(images, samples.name(), n, UNITS),
        measurements,
        List.of());
  }

  private static boolean nearKink(double[] w, double[] x, int m) {
    for (double z : Vectors.times(w, x, m)) {
      if (Math.abs(z) < 4 * STEP) {
        return true;
      }
    }
    return false;
  }

  private static double[] unit(double[] v) {
    double norm = Vectors.norm(v);
    double[] unit = v.clone();
    for (int i = 0; i < unit.length; i++) {
      unit[i] /= norm;
    }
    return unit;
  }

  private static Exact engine(int n, int m) {
    Graph g = new Graph();
    Node x = g.parameter("x", Shape.of(n), Role.WEIGHT, (v, s, r) -> v.fill(0));
    Node w = g.parameter("W", Shape.of(m, n), Role.WEIGHT, (v, s, r) -> v.fill(0));
    Node a = g.relu(g.affine(x, w));
    return new Exact(g, g.sum(g.multiply(a, a)), 1, Reduction.SUM);
  }
}
