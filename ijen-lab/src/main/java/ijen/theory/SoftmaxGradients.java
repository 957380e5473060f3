package ijen.theory;

import static ijen.theory.Measurement.within;

import ijen.graph.Graph;
import ijen.graph.GraphObjective.Reduction;
import ijen.graph.Node;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.plot.Digits;
import java.util.List;

/// Statement (b): the Jacobian of softmax, and the gradients of cross-entropy behind it.
final class SoftmaxGradients {
  private static final int IMAGES = 3;
  private static final double STEP = 1e-3;

  private SoftmaxGradients() {}

  /// Derivatives by hand.
  interface Rule {
    /// ∂aᵢ/∂sⱼ, `[k, k]`.
    double[] jacobian(double[] a);

    /// ∂C/∂s, `[k]`.
    double[] delta(double[] a, double[] y);
  }

  /// The formulas of the statement.
  static final class Formulas implements Rule {
    @Override
    public double[] jacobian(double[] a) {
      int k = a.length;
      double[] jacobian = new double[k * k];
      for (int i = 0; i < k; i++) {
        for (int j = 0; j < k; j++) {
          jacobian[i * k + j] = a[i] * ((i == j ? 1 : 0) - a[j]);
        }
      }
      return jacobian;
    }

    @Override
    public double[] delta(double[] a, double[] y) {
      double[] delta = new double[a.length];
      for (int i = 0; i < a.length; i++) {
        delta[i] = a[i] - y[i];
      }
      return delta;
    }
  }

  static Statement measure(Samples samples, long seed) {
    return measure(samples, seed, new Formulas());
  }

  static Statement measure(Samples samples, long seed, Rule rule) {
    int n = samples.features();
    int k = samples.classes();
    double[] w = Vectors.normal(seed, "theory b weight", k * n, 0.1);
    double[] b = Vectors.normal(seed, "theory b bias", k, 0.1);
    Exact softmax = softmax(k);
    Exact network = network(n, k);
    network.set("W", w);
    network.set("b", b);
    double jacobianSlopes = 0;
    double jacobianEngine = 0;
    double rows = 0;
    double loss = 0;
    double lossError = 0;
    double logitSlopes = 0;
    double chain = 0;
    double weightEngine = 0;
    double weightSlopes = 0;
    double biasEngine = 0;
    double biasSlopes = 0;
    for (int s = 0; s < IMAGES; s++) {
      double[] x = samples.x()[s];
      double[] y = samples.oneHot(s);
      double[] logits = logits(w, b, x);
      double[] a = Vectors.softmax(logits);
      double[] jacobian = rule.jacobian(a);
      double[] slopes = new double[k * k];
      double[] reverse = new double[k * k];
      softmax.set("s", logits);
      for (int i = 0; i < k; i++) {
        double[] unit = new double[k];
        unit[i] = 1;
        double[] column = Slopes.product(Vectors::softmax, logits, unit, STEP);
        softmax.input(0, 0, unit); // ⟨eᵢ, a⟩, whose gradient is row i of the Jacobian
        softmax.differentiate();
        double[] row = softmax.gradient("s");
        double sum = 0;
        for (int j = 0; j < k; j++) {
          slopes[j * k + i] = column[j];
          reverse[i * k + j] = row[j];
          sum += jacobian[i * k + j];
        }
        rows = Math.max(rows, Math.abs(sum));
      }
      jacobianSlopes = Math.max(jacobianSlopes, Vectors.distance(jacobian, slopes));
      jacobianEngine = Math.max(jacobianEngine, Vectors.distance(jacobian, reverse));

      double[] delta = rule.delta(a, y);
      double[] byProbability = new double[k];
      for (int i = 0; i < k; i++) {
        byProbability[i] = -y[i] / a[i];
      }
      chain =
          Math.max(
              chain, Vectors.distance(delta, Vectors.transposedTimes(jacobian, byProbability, k)));
      double[] byLogit = Slopes.gradient(at -> crossEntropy(at, y), logits, STEP);
      logitSlopes = Math.max(logitSlopes, Vectors.distance(delta, byLogit));

      network.input(0, 0, x);
      network.input(1, 0, y);
      loss = network.value();
      lossError = Math.max(lossError, Math.abs(loss - crossEntropy(logits, y)) / loss);
      network.differentiate();
      double[] byWeight = Vectors.outer(delta, x);
      weightEngine = Math.max(weightEngine, Vectors.distance(byWeight, network.gradient("W")));
      biasEngine = Math.max(biasEngine, Vectors.distance(delta, network.gradient("b")));
      slopes = Slopes.gradient(at -> crossEntropy(logits(at, b, x), y), w, STEP);
      weightSlopes = Math.max(weightSlopes, Vectors.distance(byWeight, slopes));
      slopes = Slopes.gradient(at -> crossEntropy(logits(w, at, x), y), b, STEP);
      biasSlopes = Math.max(biasSlopes, Vectors.distance(delta, slopes));
    }
    String images = IMAGES + " images";
    return new Statement(
        Topic.SOFTMAX,
        List.of(
            "aᵢ = exp(sᵢ) / Σⱼ exp(sⱼ),  s = W·x + b,  C = −Σᵢ yᵢ ln aᵢ",
            "∂aᵢ/∂sⱼ = aᵢ(δᵢⱼ − aⱼ)",
            "∂C/∂s = a − y",
            "∂C/∂W = (a − y)·xᵀ,  ∂C/∂b = a − y"),
        List.of(
            "Write aᵢ = eᵢ/S with eᵢ = exp(sᵢ) and S = Σⱼ eⱼ. By the quotient rule ∂aᵢ/∂sⱼ = (δᵢⱼ"
                + " eᵢ S − eᵢ eⱼ)/S² = aᵢ δᵢⱼ − aᵢ aⱼ. The matrix is symmetric, and its rows sum to"
                + " 0: the same number added to all of s changes nothing.",
            "The cross-entropy has ∂C/∂aᵢ = −yᵢ/aᵢ. Through the Jacobian: ∂C/∂sⱼ = Σᵢ"
                + " (−yᵢ/aᵢ)·aᵢ(δᵢⱼ − aⱼ) = −yⱼ + aⱼ Σᵢ yᵢ, and the yᵢ sum to 1. All divisions by"
                + " aᵢ have gone, which is why libraries compute softmax and cross-entropy in one"
                + " step: an aᵢ that has underflowed to 0 does no harm.",
            "Behind it is an affine map: sᵢ changes by xⱼ for each unit of Wᵢⱼ and by 1 for each of"
                + " bᵢ, so ∂C/∂Wᵢⱼ = (aᵢ − yᵢ) xⱼ and ∂C/∂bᵢ = aᵢ − yᵢ."),
        ("%s of %s, W and b from N(0, 0.1²), %d classes. \"Slope\" is a central difference of"
             + " fourth order with h = 10⁻³ of every number; errors are distances relative to the"
             + " longer vector, the largest of the images.")
            .formatted(images, samples.name(), k),
        List.of(
            within("∂a/∂s is the slope of a", k * k + " numbers", jacobianSlopes, 1e-9),
            within("∂a/∂s is the engine's", "row by row", jacobianEngine, 1e-13),
            within("rows of ∂a/∂s sum to 0", "largest sum", rows, 1e-14),
            within("(∂a/∂s)ᵀ·∂C/∂a = a − y", images, chain, 1e-13),
            within("a − y is the slope of C by s", k + " numbers", logitSlopes, 1e-9),
            within("C is the engine's", "C = " + Digits.significant(loss, 6), lossError, 1e-13),
            within(
                "(a − y)xᵀ is the engine's",
                Digits.count(w.length) + " numbers",
                weightEngine,
                1e-13),
            within("(a − y)xᵀ is the slope of C by W", images, weightSlopes, 1e-9),
            within("a − y is the engine's ∂C/∂b", k + " numbers", biasEngine, 1e-13),
            within("a − y is the slope of C by b", images, biasSlopes, 1e-9)),
        List.of());
  }

  private static double[] logits(double[] w, double[] b, double[] x) {
    double[] s = Vectors.times(w, x, b.length);
    for (int i = 0; i < s.length; i++) {
      s[i] += b[i];
    }
    return s;
  }

  /// C as a function of s.
  static double crossEntropy(double[] logits, double[] y) {
    double[] a = Vectors.softmax(logits);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum -= y[i] == 0 ? 0 : y[i] * StrictMath.log(a[i]);
    }
    return sum;
  }

  private static Exact softmax(int k) {
    Graph g = new Graph();
    Node s = g.parameter("s", Shape.of(k), Role.WEIGHT, (v, shape, r) -> v.fill(0));
    Node loss = g.sum(g.multiply(g.softmax(s), g.input("d", Shape.of(k))));
    return new Exact(g, loss, 1, Reduction.SUM);
  }

  private static Exact network(int n, int k) {
    Graph g = new Graph();
    Node x = g.input("x", Shape.of(n));
    Node y = g.input("y", Shape.of(k));
    Node w = g.parameter("W", Shape.of(k, n), Role.WEIGHT, (v, s, r) -> v.fill(0));
    Node b = g.parameter("b", Shape.of(k), Role.BIAS, (v, s, r) -> v.fill(0));
    return new Exact(g, g.softmaxCrossEntropy(g.affine(x, w, b), y), 1, Reduction.SUM);
  }
}
