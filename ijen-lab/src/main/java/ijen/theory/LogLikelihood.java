package ijen.theory;

import static ijen.theory.Measurement.within;

import ijen.graph.Graph;
import ijen.graph.GraphObjective.Reduction;
import ijen.graph.Node;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.plot.Digits;
import ijen.random.RandomStream;
import java.util.List;

/// Statement (c): the gradient of the multinomial logistic log-likelihood.
final class LogLikelihood {
  private static final int IMAGES = 200;
  private static final int ENTRIES = 64;
  private static final int DIRECTIONS = 2; // of each class
  private static final double STEP = 1e-3;

  private LogLikelihood() {}

  /// The gradient by hand: ∂ℓ/∂w_k for all k, `[classes, n]`.
  interface Rule {
    double[] gradient(Samples samples, int count, double[] w);
  }

  static Statement measure(Samples samples, long seed) {
    return measure(samples, seed, LogLikelihood::gradient);
  }

  static Statement measure(Samples samples, long seed, Rule rule) {
    int n = samples.features();
    int k = samples.classes();
    int count = Math.min(IMAGES, samples.size());
    double[] w = Vectors.normal(seed, "theory c", k * n, 0.05);
    double[] gradient = rule.gradient(samples, count, w);

    Exact engine = engine(samples, count);
    engine.set("W", w);
    double value = value(samples, count, w);
    double valueError = Math.abs(engine.value() + value) / Math.abs(value);
    engine.differentiate();
    double[] negative = engine.gradient("W");
    for (int i = 0; i < negative.length; i++) {
      negative[i] = -negative[i];
    }

    RandomStream random = RandomStream.of(seed, "theory c entries", 0);
    double[] chosen = new double[ENTRIES];
    double[] slopes = new double[ENTRIES];
    for (int e = 0; e < ENTRIES; e++) {
      double[] unit = new double[k * n];
      int i = random.below(e, k * n);
      unit[i] = 1;
      chosen[e] = gradient[i];
      slopes[e] = Slopes.along(at -> value(samples, count, at), w, unit, STEP);
    }
    double directions = 0;
    double[] sums = new double[n];
    for (int c = 0; c < k; c++) {
      for (int d = 0; d < DIRECTIONS; d++) {
        double[] v = new double[k * n];
        RandomStream normal = RandomStream.of(seed, "theory c direction", c * DIRECTIONS + d);
        double whole = 0;
        double along = 0;
        for (int j = 0; j < n; j++) {
          v[c * n + j] = normal.normal(j) / Math.sqrt(n);
          along += v[c * n + j] * gradient[c * n + j];
          whole += gradient[c * n + j] * gradient[c * n + j];
        }
        double slope = Slopes.along(at -> value(samples, count, at), w, v, STEP);
        directions = Math.max(directions, Math.abs(slope - along) / Math.sqrt(whole / n));
      }
      for (int j = 0; j < n; j++) {
        sums[j] += gradient[c * n + j];
      }
    }
    return new Statement(
        Topic.LOG_LIKELIHOOD,
        List.of(
            "ℓ(W) = Σₙ Σₖ yₙₖ ln P(k | xₙ),  P(k | x) = exp(⟨wₖ, x⟩) / Σⱼ exp(⟨wⱼ, x⟩)",
            "∂ℓ/∂wₖ = Σₙ xₙ (yₙₖ − P(k | xₙ))"),
        List.of(
            "One sample of class c adds ⟨w_c, x⟩ − ln Σⱼ exp(⟨wⱼ, x⟩) to ℓ. By wₖ the first term"
                + " has the derivative x if k = c and 0 else, that is yₖ·x; the second has exp(⟨wₖ,"
                + " x⟩)/Σⱼ exp(⟨wⱼ, x⟩)·x = P(k | x)·x. The difference is x·(yₖ − P(k | x)), and ℓ"
                + " is a sum over the samples.",
            "At the maximum the gradient is 0: for every class the images seen add up to the images"
                + " expected, Σₙ yₙₖ xₙ = Σₙ P(k | xₙ) xₙ. As probabilities sum to 1, the gradients"
                + " of all classes cancel: adding one vector to all wₖ changes nothing.",
            "ℓ is minus the summed cross-entropy of statement (b): its gradient, with the sign"
                + " turned, is Σₙ (a − y)·xᵀ row by row."),
        ("%d images of %s, W from N(0, 0.05²), no bias. Slopes are central differences of fourth"
                + " order with h = 10⁻³: of %d numbers of W, and along %d random directions in each"
                + " wₖ, which take part of all its numbers.")
            .formatted(count, samples.name(), ENTRIES, DIRECTIONS),
        List.of(
            within(
                "ℓ is minus the engine's loss",
                "ℓ = " + Digits.significant(value, 6),
                valueError,
                1e-13),
            within(
                "∂ℓ/∂W is the engine's",
                Digits.count(w.length) + " numbers",
                Vectors.distance(gradient, negative),
                1e-13),
            within(
                "∂ℓ/∂W is the slope of ℓ, by numbers",
                ENTRIES + " numbers",
                Vectors.distance(chosen, slopes),
                1e-9),
            within(
                "∂ℓ/∂wₖ is the slope of ℓ, along directions",
                k * DIRECTIONS + " directions",
                directions,
                1e-8),
            within(
                "Σₖ ∂ℓ/∂wₖ = 0",
                n + " numbers",
                Vectors.norm(sums) / Vectors.norm(gradient),
                1e-13)),
        List.of());
  }

  /// The formula of the statement.
  static double[] gradient(Samples samples, int count, double[] w) {
    int n = samples.features();
    int k = samples.classes();
    double[] gradient = new double[k * n];
    for (int s = 0; s < count; s++) {
      double[] x = samples.x()[s];
      double[] p = Vectors.softmax(Vectors.times(w, x, k));
      double[] y = samples.oneHot(s);
      for (int c = 0; c < k; c++) {
        for (int j = 0; j < n; j++) {
          gradient[c * n + j] += x[j] * (y[c] - p[c]);
        }
      }
    }
    return gradient;
  }

  static double value(Samples samples, int count, double[] w) {
    double sum = 0;
    for (int s = 0; s < count; s++) {
      double[] logits = Vectors.times(w, samples.x()[s], samples.classes());
      sum -= SoftmaxGradients.crossEntropy(logits, samples.oneHot(s));
    }
    return sum;
  }

  private static Exact engine(Samples samples, int count) {
    Graph g = new Graph();
    Node x = g.input("x", Shape.of(samples.features()));
    Node label = g.input("label", Shape.scalar());
    Shape shape = Shape.of(samples.classes(), samples.features());
    Node w = g.parameter("W", shape, Role.WEIGHT, (v, s, r) -> v.fill(0));
    Exact engine = new Exact(g, g.softmaxCrossEntropy(g.affine(x, w), label), count, Reduction.SUM);
    for (int s = 0; s < count; s++) {
      engine.input(0, s, samples.x()[s]);
      engine.input(1, s, samples.label()[s]);
    }
    return engine;
  }
}
