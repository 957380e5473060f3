package ijen.theory;

import static ijen.theory.Measurement.apart;
import static ijen.theory.Measurement.within;

import ijen.graph.Graph;
import ijen.graph.GraphObjective.Reduction;
import ijen.graph.Node;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.plot.Axis;
import ijen.plot.Digits;
import ijen.plot.LineChart;
import ijen.plot.Point;
import ijen.plot.Series;
import ijen.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/// Statement (d): the Hessian of the half-logistic loss and its bounds.
final class HalfLogisticHessian {
  private static final int DIRECTIONS = 12; // of each kind
  private static final double STEP = 4e-3;
  private static final double[] SIGMAS = {0.01, 0.3};
  private static final double[] BOUNDS = {1e-3, 1e-6, 1e-9, 1e-12};
  private static final int DRAWN = 30;
  private static final double FAR = 1000;

  private HalfLogisticHessian() {}

  static Statement measure(Samples samples, long seed) {
    return measure(samples, seed, new HalfLogistic.Formulas());
  }

  static Statement measure(Samples samples, long seed, HalfLogistic.Rule rule) {
    int n = samples.features();
    double bound = rule.bound(samples);
    Exact engine = engine(samples);
    List<Measurement> measurements = new ArrayList<>();
    for (double sigma : SIGMAS) {
      String where = ", w from N(0, " + Digits.brief(sigma, 2) + "²)";
      double[] w = Vectors.normal(seed, "theory d", n, sigma);
      engine.set("w", w);
      double value = HalfLogistic.value(samples, w);
      engine.differentiate();
      double gradientError =
          Vectors.distance(HalfLogistic.gradient(samples, w), engine.gradient("w"));
      double[] hessian = rule.hessian(samples, w);
      Eigenvalues eigenvalues = Eigenvalues.of(hessian, n);
      double least = eigenvalues.smallest();
      double most = eigenvalues.largest();
      measurements.add(
          within(
              "L is the engine's" + where,
              "L = " + Digits.significant(value, 6),
              Math.abs(engine.value() - value) / Math.abs(value),
              1e-12));
      measurements.add(within("∇L is the engine's" + where, n + " numbers", gradientError, 1e-12));
      measurements.add(
          within(
              "H·v is the slope of ∇L" + where,
              2 * DIRECTIONS + " directions",
              slopes(samples, w, hessian, seed),
              1e-8));
      measurements.add(
          within(
              "H is positive semi-definite" + where,
              "smallest eigenvalue " + order(least),
              Math.max(0, -least),
              1e-12));
      measurements.add(
          within(
              "H ≤ ¼·mean(y‖x‖²)·I" + where,
              "largest %s, bound %s"
                  .formatted(Digits.significant(most, 4), Digits.significant(bound, 4)),
              Math.max(0, most / bound - 1),
              1e-12));
    }
    List<Point> traces = flattening(samples, bound, measurements);
    measurements.add(descent(samples));
    return new Statement(
        Topic.HALF_LOGISTIC,
        List.of(
            "L(w) = (1/N) Σᵢ [yᵢ ln(1 + exp(−zᵢ)) + (1 − yᵢ) zᵢ],  zᵢ = ⟨w, xᵢ⟩",
            "∇L = (1/N) Σᵢ (1 − 2yᵢ + yᵢ σ(zᵢ)) xᵢ",
            "H = ∇²L = (1/N) Σᵢ yᵢ σ(zᵢ)(1 − σ(zᵢ)) xᵢxᵢᵀ",
            "0 ≤ ⟨v, H·v⟩ ≤ (1/4N) Σᵢ yᵢ‖xᵢ‖²·‖v‖²,  and no μ > 0 with μ‖v‖² ≤ ⟨v, H·v⟩"
                + " everywhere"),
        List.of(
            "The derivative of ln(1 + exp(−z)) by z is σ(z) − 1, so a sample has the slope y(σ(z) −"
                + " 1) + 1 − y = 1 − 2y + y·σ(z), and σ′ = σ(1 − σ) gives the curvature y·σ(z)(1 −"
                + " σ(z)). Each sample sees w through z = ⟨w, x⟩ alone, which turns a slope into a"
                + " multiple of x and a curvature into a multiple of xxᵀ.",
            "⟨v, xxᵀv⟩ = ⟨x, v⟩² is never negative, nor is y·σ(1 − σ): H is positive semi-definite,"
                + " L is convex. As σ(1 − σ) ≤ ¼ and ⟨x, v⟩² ≤ ‖x‖²‖v‖², H is at most (1/4N) Σ"
                + " yᵢ‖xᵢ‖² times I: L is smooth with that constant.",
            "There is no bound from below. Take w = t·x̄ with x̄ the mean of the samples with y ="
                + " 1. Images have no negative pixels, so for each of them z = t⟨x, x̄⟩ is at least"
                + " t·m, with m > 0 the least of the ⟨x, x̄⟩. As σ(1 − σ) ≤ exp(−z), the trace of"
                + " H, which no eigenvalue exceeds, is at most exp(−tm)·(1/N) Σ yᵢ‖xᵢ‖², and that"
                + " is below any μ > 0 if t is large enough: L is not strongly convex.",
            "L has no minimum either. ln(1 + exp(tx)) is at most ln 2 + tx, so −t times a pixel"
                + " that the samples with y = 0 use more than those with y = 1 takes L below any"
                + " number.",
            "The usual logistic loss, ln(1 + exp(−z)) + (1 − y) z, counts the curvature of every"
                + " sample and is bounded below by 0."),
        ("%s samples of %s; y = 1 for the upper half of the classes. Slopes are central differences"
             + " of fourth order of the exact gradient with h = 0.004, along %d pixels and %d"
             + " random directions, and their errors relative to the longer vector or a column of H"
             + " of mean length; eigenvalues are those of the whole matrix of %d × %d.")
            .formatted(Digits.count(samples.size()), samples.name(), DIRECTIONS, DIRECTIONS, n, n),
        measurements,
        List.of(
            new Statement.Drawing(
                "d-flattening",
                "The trace of H, which no eigenvalue is above, along w = t·x̄: no positive number"
                    + " stays below it. At w = 0, where σ(1 − σ) is ¼ for every sample, the trace"
                    + " is the upper bound itself.",
                LineChart.of(
                        "No curvature is left far out",
                        Axis.linear("t"),
                        Axis.log("eigenvalues"),
                        List.of(
                            new Series("trace of H", traces),
                            new Series(
                                "upper bound",
                                List.of(
                                    Point.of(0, bound), Point.of(traces.getLast().x(), bound)))))
                    .withSize(760, 320))));
  }

  /// The largest relative distance between H·v and the slope of the gradient along v.
  private static double slopes(Samples samples, double[] w, double[] hessian, long seed) {
    int n = w.length;
    RandomStream pixels = RandomStream.of(seed, "theory d pixels", 0);
    double column = Vectors.norm(hessian) / Math.sqrt(n);
    double worst = 0;
    int taken = 0;
    for (int k = 0; taken < DIRECTIONS; k++) {
      double[] v = new double[n];
      int pixel = pixels.below(k, n);
      v[pixel] = 1;
      if (hessian[pixel * n + pixel] != 0 || k > 100 * DIRECTIONS) { // the border is empty
        taken++;
        worst = Math.max(worst, slope(samples, w, hessian, v, column));
      }
    }
    for (int k = 0; k < DIRECTIONS; k++) {
      double[] v = Vectors.normal(seed, "theory d direction " + k, n, 1 / Math.sqrt(n));
      worst = Math.max(worst, slope(samples, w, hessian, v, column));
    }
    return worst;
  }

  private static double slope(
      Samples samples, double[] w, double[] hessian, double[] v, double column) {
    double[] slope = Slopes.product(at -> HalfLogistic.gradient(samples, at), w, v, STEP);
    double[] product = Vectors.times(hessian, v, w.length);
    double size = Math.max(Vectors.norm(slope), Vectors.norm(product));
    return Vectors.distance(product, slope) * size / Math.max(size, column);
  }

  /// Measures that the curvature vanishes along the mean x̄ of the samples with y = 1; the points
  /// to draw.
  ///
  /// σ(z)σ(−z) ≤ exp(−z) and z = t⟨x, x̄⟩ ≥ tm with m the least of the ⟨x, x̄⟩, so the trace is at
  /// most 4·bound·exp(−tm): below μ from t = ln(4·bound/μ)/m on.
  private static List<Point> flattening(Samples samples, double bound, List<Measurement> into) {
    double[] mean = new double[samples.features()];
    int upper = 0;
    for (int s = 0; s < samples.size(); s++) {
      upper += samples.upper(s) == 1 ? 1 : 0;
      for (int j = 0; j < mean.length; j++) {
        mean[j] += samples.upper(s) * samples.x()[s][j];
      }
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] /= upper;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int s = 0; s < samples.size(); s++) {
      if (samples.upper(s) == 1) {
        least = Math.min(least, Vectors.dot(samples.x()[s], mean));
      }
    }
    into.add(
        apart(
            "⟨x, x̄⟩ > 0 for all x with y = 1",
            "the least of %s is %s".formatted(Digits.count(upper), Digits.significant(least, 3)),
            least,
            1e-3));
    double last = 0;
    for (double mu : BOUNDS) {
      last = StrictMath.log(4 * bound / mu) / least;
      double trace = HalfLogistic.trace(samples, mean, last);
      into.add(
          within(
              "H ≤ %s·I at w = t·x̄".formatted(Digits.brief(mu, 1)),
              "trace %s at t = %s"
                  .formatted(Digits.significant(trace, 2), Digits.significant(last, 3)),
              trace,
              mu));
    }
    List<Point> points = new ArrayList<>();
    for (int i = 0; i <= DRAWN; i++) {
      double t = i * last / DRAWN;
      points.add(Point.of(t, HalfLogistic.trace(samples, mean, t)));
    }
    return points;
  }

  /// ln(1 + exp(tx)) ≤ ln 2 + tx: L(−t·e) ≤ mean(y)·ln 2 − t·mean((1 − 2y)x) for any pixel e.
  private static Measurement descent(Samples samples) {
    int n = samples.features();
    double[] slopes = new double[n];
    double share = 0;
    for (int s = 0; s < samples.size(); s++) {
      double y = samples.upper(s);
      share += y / samples.size();
      for (int j = 0; j < n; j++) {
        slopes[j] += (1 - 2 * y) * samples.x()[s][j] / samples.size();
      }
    }
    int best = 0;
    for (int j = 1; j < n; j++) {
      best = slopes[j] > slopes[best] ? j : best;
    }
    double[] w = new double[n];
    w[best] = -FAR;
    double value = HalfLogistic.value(samples, w);
    double promised = share * StrictMath.log(2) - FAR * slopes[best];
    boolean falls = slopes[best] > 0;
    return within(
        "L itself has no lower bound",
        "L = %s at −1,000 times a pixel".formatted(Digits.significant(value, 4)),
        falls ? Math.max(0, value - promised) : Double.POSITIVE_INFINITY,
        1e-9);
  }

  /// Of a rounding error only the size says anything.
  private static String order(double value) {
    return Math.abs(value) < 1e-12 ? "0 within 10⁻¹²" : Digits.significant(value, 2);
  }

  private static Exact engine(Samples samples) {
    Graph g = new Graph();
    Node x = g.input("x", Shape.of(samples.features()));
    Node y = g.input("y", Shape.of(1));
    Node w = g.parameter("w", Shape.of(1, samples.features()), Role.WEIGHT, (v, s, r) -> v.fill(0));
    Node loss = g.sum(g.halfLogistic(g.affine(x, w), y));
    Exact engine = new Exact(g, loss, samples.size(), Reduction.MEAN);
    for (int s = 0; s < samples.size(); s++) {
      engine.input(0, s, samples.x()[s]);
      engine.input(1, s, samples.upper(s));
    }
    return engine;
  }
}
