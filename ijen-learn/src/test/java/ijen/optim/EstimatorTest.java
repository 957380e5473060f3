package ijen.optim;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.graph.Batch;
import ijen.graph.Form;
import ijen.graph.Gradient;
import ijen.graph.Graph;
import ijen.graph.GraphObjective;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Objective;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.optim.OptimizerContract.Quadratic;
import ijen.random.RandomStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What estimates are on the average: ∇L, and as long as theory says. Seeds are fixed.
class EstimatorTest {
  /// Standard errors that a mean may be away: once in 150,000.
  private static final double SIGMAS = 4.5;

  private static final double RADIUS = 1e-3;

  private static final RandomEstimator RANDOM = RandomEstimator.of().withRadius(RADIUS);

  private record Point(Objective objective, Theta theta, Batch batch) {
    double[] gradient() {
      Gradient g = new Gradient(theta.parameters(), Precision.DOUBLE);
      objective.gradient(theta, batch, g);
      return g.values().toDoubles();
    }
  }

  private static Point quadratic() {
    Objective objective = new Quadratic();
    return new Point(
        objective,
        objective.parameters().initialize(Precision.DOUBLE, 1),
        new Batch(Precision.DOUBLE, 1, List.of(Form.batched(Shape.scalar()))));
  }

  /// Three inputs, four tanh units, two classes, five samples: 26 numbers in two layers.
  private static Point network() {
    Graph g = new Graph();
    Node x = g.input("x", Shape.of(3));
    Node y = g.input("y", Shape.scalar());
    Node w1 = g.parameter("first.weight", Shape.of(4, 3), Role.WEIGHT, EstimatorTest::draw);
    Node b1 = g.parameter("first.bias", Shape.of(4), Role.BIAS, EstimatorTest::draw);
    Node w2 = g.parameter("second.weight", Shape.of(2, 4), Role.WEIGHT, EstimatorTest::draw);
    Node b2 = g.parameter("second.bias", Shape.of(2), Role.BIAS, EstimatorTest::draw);
    Node z = g.affine(g.tanh(g.affine(x, w1, b1)), w2, b2);
    GraphObjective objective =
        new GraphObjective(
            g,
            g.softmaxCrossEntropy(z, y),
            List.of(),
            5,
            Kernels.reference(),
            Mode.TRAINING,
            GraphObjective.Reduction.MEAN,
            1);
    Batch batch = objective.newBatch();
    RandomStream random = RandomStream.of(7, "samples", 0);
    for (int i = 0; i < 15; i++) {
      batch.features().set(i, random.normal(i));
    }
    for (int i = 0; i < 5; i++) {
      batch.targets().set(i, i % 2);
    }
    return new Point(objective, objective.parameters().initialize(Precision.DOUBLE, 3), batch);
  }

  private static void draw(ijen.kernel.Buffer values, Shape shape, RandomStream random) {
    for (int i = 0; i < values.length(); i++) {
      values.set(i, random.normal(i));
    }
  }

  /// Many estimates, each with directions of its own.
  private static final class Sample {
    final double[] sum;
    final double[] sumOfSquares;
    double norm;
    double normOfSquares;

    Sample(Point point, Estimator estimator, int count) {
      Kernels k = Kernels.reference();
      int d = point.theta.size();
      this.sum = new double[d];
      this.sumOfSquares = new double[d];
      OptimizerState state = estimator.state(point.theta.parameters(), k);
      Gradient g = state.gradient();
      String before = point.theta.sha256();
      for (int i = 0; i < count; i++) {
        state.count();
        k.fill(g.values(), d, 0);
        estimator.estimate(point.objective, point.theta, point.batch, state, 1, g);
        double square = 0;
        for (int j = 0; j < d; j++) {
          double x = g.values().get(j);
          sum[j] += x;
          sumOfSquares[j] += x * x;
          square += x * x;
        }
        norm += square;
        normOfSquares += square * square;
      }
      if (!(estimator instanceof RandomEstimator r) || r.exact()) {
        if (!(estimator instanceof HybridEstimator)) {
          assertThat(point.theta.sha256()).as("θ after %s", estimator).isEqualTo(before);
        }
      }
    }

    static double error(double sum, double sumOfSquares, int count) {
      double mean = sum / count;
      return Math.sqrt(Math.max(0, sumOfSquares / count - mean * mean) / count);
    }
  }

  private static void assertMeanIsGradient(
      Point point, Estimator estimator, int count, double bias) {
    double[] gradient = point.gradient();
    Sample sample = new Sample(point, estimator, count);
    for (int i = 0; i < gradient.length; i++) {
      double error = Sample.error(sample.sum[i], sample.sumOfSquares[i], count);
      assertThat(Math.abs(sample.sum[i] / count - gradient[i]))
          .as("%s, number %d: %s", estimator, i, gradient[i])
          .isLessThanOrEqualTo(SIGMAS * error + bias);
      // The interval says something: without an estimate it would not hold the gradient.
      assertThat(SIGMAS * error).isLessThan(1);
    }
  }

  @Test
  void meansAreTheGradientOfAQuadratic() {
    Point point = quadratic();
    for (Directions directions : Directions.values()) {
      RandomEstimator random = RANDOM.withDirections(directions);
      assertMeanIsGradient(point, random, 20_000, 1e-9);
      assertMeanIsGradient(point, random.withQueries(3), 7_000, 1e-9);
      assertMeanIsGradient(point, random.withOneSide(), 20_000, 1e-9);
      assertMeanIsGradient(point, random.withBlocks(Blocks.layers()), 20_000, 1e-9);
      assertMeanIsGradient(point, ForwardEstimator.of().withDirections(directions), 20_000, 1e-12);
    }
    assertMeanIsGradient(point, RANDOM.withExactReturn(), 20_000, 1e-9);
    double curvature = Quadratic.curvature(7);
    assertMeanIsGradient(
        point, CoordinateEstimator.of().withRadius(RADIUS), 2, 0.51 * RADIUS * curvature);
    assertMeanIsGradient(point, CoordinateEstimator.of().withTwoSides(), 2, 1e-9);
    assertMeanIsGradient(point, CoordinateEstimator.of().withTwoSides().withCount(3), 20_000, 1e-9);
    assertMeanIsGradient(point, HybridEstimator.of(RANDOM, 1), 20_000, 1e-9);
  }

  @Test
  void meansAreTheGradientOfANetwork() {
    Point point = network();
    double bias = 1e-4; // O(μ²)
    assertMeanIsGradient(point, RANDOM, 8_000, bias);
    assertMeanIsGradient(point, RANDOM.withDirections(Directions.SPHERE), 4_000, bias);
    assertMeanIsGradient(point, RANDOM.withDirections(Directions.RADEMACHER), 4_000, bias);
    assertMeanIsGradient(point, RANDOM.withBlocks(Blocks.layers()), 4_000, bias);
    assertMeanIsGradient(point, ForwardEstimator.of(), 4_000, 1e-12);
    assertMeanIsGradient(point, CoordinateEstimator.of().withTwoSides(), 2, bias);
    assertMeanIsGradient(point, CoordinateEstimator.of().withCount(4), 2_000, 5 * RADIUS);
    assertMeanIsGradient(point, HybridEstimator.of(RANDOM, 1), 4_000, bias);
  }

  private static void assertNorm(Estimator estimator, int count, double expected) {
    Sample sample = new Sample(quadratic(), estimator, count);
    double error = Sample.error(sample.norm, sample.normOfSquares, count);
    assertThat(Math.abs(sample.norm / count - expected))
        .as("%s: E‖ĝ‖² = %s, measured %s ± %s", estimator, expected, sample.norm / count, error)
        .isLessThan(SIGMAS * error);
    assertThat(error / expected).as("precision of %s", estimator).isLessThan(0.02);
  }

  @Test
  void lengthsAreThoseOfTheory() {
    double[] gradient = quadratic().gradient();
    double first = 0;
    double second = 0;
    for (int i = 0; i < 8; i++) {
      first += i < 6 ? gradient[i] * gradient[i] : 0;
      second += i < 6 ? 0 : gradient[i] * gradient[i];
    }
    double square = first + second;
    for (int q : new int[] {1, 2, 5}) {
      RandomEstimator random = RANDOM.withQueries(q);
      int count = 40_000 / q;
      assertNorm(random, count, (8 + q + 1.0) / q * square);
      assertNorm(random.withDirections(Directions.RADEMACHER), count, (8 + q - 1.0) / q * square);
      assertNorm(random.withDirections(Directions.SPHERE), count, (8 + q - 1.0) / q * square);
      assertNorm(
          random.withBlocks(Blocks.layers()),
          count,
          (6 + q + 1.0) / q * first + (2 + q + 1.0) / q * second);
      assertNorm(ForwardEstimator.of().withQueries(q), count, (8 + q + 1.0) / q * square);
    }
    assertNorm(CoordinateEstimator.of().withCount(4).withTwoSides(), 10_000, 8 / 4.0 * square);
  }

  @Test
  void forwardsAreCounted() {
    var parameters = quadratic().theta.parameters();
    Map<Estimator, Long> expected =
        Map.of(
            RANDOM,
            2L,
            RANDOM.withQueries(3),
            6L,
            RANDOM.withQueries(3).withOneSide(),
            4L,
            RANDOM.withBlocks(Blocks.layers()),
            4L,
            CoordinateEstimator.of(),
            9L,
            CoordinateEstimator.of().withTwoSides().withCount(3),
            6L,
            ForwardEstimator.of().withQueries(2),
            2L,
            HybridEstimator.of(RANDOM, 1),
            3L);
    expected.forEach((estimator, forwards) -> {
      assertThat(estimator.forwards(parameters)).as("%s", estimator).isEqualTo(forwards);
      Point point = quadratic();
      long[] calls = new long[1];
      Objective counting =
          new Objective() {
            @Override
            public ijen.graph.Parameters parameters() {
              return parameters;
            }

            @Override
            public double value(Theta theta, Batch batch) {
              calls[0]++;
              return point.objective.value(theta, batch);
            }

            @Override
            public double gradient(Theta theta, Batch batch, Gradient into) {
              calls[0]++;
              return point.objective.gradient(theta, batch, into);
            }

            @Override
            public double derivative(Theta theta, ijen.graph.Direction v, Batch batch) {
              return point.objective.derivative(theta, v, batch);
            }
          };
      OptimizerState state = estimator.state(parameters, Kernels.reference());
      state.count();
      estimator.estimate(counting, point.theta, point.batch, state, 1, state.gradient());
      assertThat(calls[0]).as("%s", estimator).isEqualTo(forwards);
    });
  }
}
