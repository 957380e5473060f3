package ijen.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ijen.data.Batches;
import ijen.data.Dataset;
import ijen.data.Datasets;
import ijen.data.Options;
import ijen.graph.Batch;
import ijen.graph.Direction;
import ijen.graph.Form;
import ijen.graph.Gradient;
import ijen.graph.Graph;
import ijen.graph.GraphObjective;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import ijen.loss.Losses;
import ijen.nn.Layers;
import ijen.nn.Network;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LbfgsTest {
  private static final Batch BATCH =
      new Batch(Precision.DOUBLE, 1, List.of(Form.batched(Shape.scalar())));

  /// A function of plain numbers, which counts its gradients.
  private abstract static class Function implements Objective {
    final Parameters parameters;
    int gradients;

    Function(int n) {
      Graph g = new Graph();
      g.parameter("x", Shape.of(n), Role.WEIGHT, (v, s, r) -> v.fill(0));
      parameters = g.parameters();
    }

    /// The value, and the gradient into `g`.
    abstract double at(double[] x, double[] g);

    @Override
    public Parameters parameters() {
      return parameters;
    }

    @Override
    public double value(Theta theta, Batch batch) {
      return at(theta.values().toDoubles(), new double[theta.size()]);
    }

    @Override
    public double gradient(Theta theta, Batch batch, Gradient into) {
      gradients++;
      double[] g = new double[theta.size()];
      double value = at(theta.values().toDoubles(), g);
      for (int i = 0; i < g.length; i++) {
        into.values().set(i, g[i]);
      }
      return value;
    }

    @Override
    public double derivative(Theta theta, Direction v, Batch batch) {
      throw new UnsupportedOperationException();
    }
  }

  /// (1 − x)² + 100(y − x²)², in n/2 independent pairs: a bent valley down to 0 at (1, …, 1).
  private static final class Rosenbrock extends Function {
    Rosenbrock(int n) {
      super(n);
    }

    @Override
    double at(double[] x, double[] g) {
      double sum = 0;
      for (int i = 0; i < x.length; i += 2) {
        double a = 1 - x[i];
        double b = x[i + 1] - x[i] * x[i];
        sum += a * a + 100 * b * b;
        g[i] = -2 * a - 400 * b * x[i];
        g[i + 1] = 200 * b;
      }
      return sum;
    }
  }

  /// ½ Σ aᵢ(xᵢ − 1)² with curvatures from 1 to `condition`.
  private static final class Bowl extends Function {
    private final double condition;

    Bowl(int n, double condition) {
      super(n);
      this.condition = condition;
    }

    @Override
    double at(double[] x, double[] g) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        double a = Math.pow(condition, i / (x.length - 1.0));
        g[i] = a * (x[i] - 1);
        sum += 0.5 * a * (x[i] - 1) * (x[i] - 1);
      }
      return sum;
    }
  }

  /// Steps until the loss is below `bottom`; how many there were.
  private static int descend(Optimizer optimizer, Function function, Theta theta, double bottom) {
    OptimizerState state = optimizer.state(function.parameters(), Kernels.reference());
    double before = Double.POSITIVE_INFINITY;
    for (int step = 1; step <= 2000; step++) {
      double loss = optimizer.step(function, theta, BATCH, state);
      assertThat(loss).as("step %d", step).isLessThanOrEqualTo(before);
      if (loss < bottom) {
        return step;
      }
      before = loss;
    }
    return Integer.MAX_VALUE;
  }

  private static Theta start(Function function, double first, double second) {
    Theta theta = new Theta(function.parameters, Precision.DOUBLE);
    for (int i = 0; i < theta.size(); i++) {
      theta.values().set(i, i % 2 == 0 ? first : second);
    }
    return theta;
  }

  @Test
  void findsTheBottomOfRosenbrocksValley() {
    for (int n : new int[] {2, 10}) {
      Rosenbrock valley = new Rosenbrock(n);
      Theta theta = start(valley, -1.2, 1);
      assertThat(descend(Lbfgs.of(), valley, theta, 1e-20)).isLessThan(60);
      assertThat(valley.gradients).isLessThan(140);
      for (int i = 0; i < n; i++) {
        assertThat(theta.values().get(i)).isCloseTo(1, within(1e-9));
      }
    }
  }

  /// SciPy's L-BFGS-B needs 311 steps here; gradient descent at its best rate about 12,000.
  @Test
  void findsTheBottomOfANarrowBowl() {
    Bowl bowl = new Bowl(50, 1000);
    assertThat(descend(Lbfgs.of().withHistory(20), bowl, start(bowl, 0, 3), 1e-18)).isLessThan(350);
    assertThat(bowl.gradients).isLessThan(700);
    Bowl other = new Bowl(50, 1000);
    int few =
        descend(Lbfgs.of().withHistory(20).withIterations(10), other, start(other, 0, 3), 1e-18);
    assertThat(few).isLessThan(36);
    assertThat(other.gradients).isLessThan(450);
  }

  @Test
  void standsStillAtTheBottom() {
    Bowl bowl = new Bowl(5, 10);
    Theta theta = start(bowl, 1, 1);
    String before = theta.sha256();
    OptimizerState state = Lbfgs.of().state(bowl.parameters(), Kernels.reference());
    for (int i = 0; i < 3; i++) {
      assertThat(Lbfgs.of().step(bowl, theta, BATCH, state)).isZero();
    }
    assertThat(theta.sha256()).isEqualTo(before);
  }

  @Test
  void aLossThatIsNoNumberIsWalkedAround() {
    Function logarithm = new Function(1) { // x − ln x, no number left of 0, least at 1
          @Override
          double at(double[] x, double[] g) {
            g[0] = 1 - 1 / x[0];
            return x[0] - Math.log(x[0]);
          }
        };
    Theta theta = start(logarithm, 9, 9);
    OptimizerState state = Lbfgs.of().state(logarithm.parameters(), Kernels.reference());
    Lbfgs eager = Lbfgs.of().withLearningRate(50);
    for (int i = 0; i < 30; i++) {
      assertThat(eager.step(logarithm, theta, BATCH, state)).isFinite();
    }
    assertThat(theta.values().get(0)).isCloseTo(1, within(1e-6));
  }

  @Test
  void whatTheSearchFindsMeetsTheStrongWolfeConditions() {
    long seed = Long.getLong("ijen.seed", System.nanoTime());
    for (int draw = 0; draw < 300; draw++) {
      Random random = new Random(seed + draw);
      Rosenbrock valley = new Rosenbrock(2);
      Theta theta = start(valley, 3 * random.nextGaussian(), 3 * random.nextGaussian());
      double[] x = theta.values().toDoubles();
      OptimizerState state = Lbfgs.of().state(valley.parameters(), Kernels.reference());
      double[] g = new double[2];
      double value = valley.at(x, g);
      double[] d = {-g[0] + 0.3 * g[1], -g[1] - 0.3 * g[0]};
      double slope = g[0] * d[0] + g[1] * d[1];
      state.room("direction").values().set(0, d[0]);
      state.room("direction").values().set(1, d[1]);
      LineSearch search = state.companion(LineSearch.class);
      search.from(valley, theta, BATCH, value, slope);
      String replay = "replay with -Dijen.seed=" + (seed + draw);
      assertThat(search.wolfe(Math.pow(10, 4 * random.nextDouble() - 4))).as(replay).isTrue();
      double t = search.t();
      double[] there = {x[0] + t * d[0], x[1] + t * d[1]};
      double[] gradient = new double[2];
      double found = valley.at(there, gradient);
      assertThat(theta.values().toDoubles()).containsExactly(there);
      assertThat(found).as(replay).isLessThanOrEqualTo(value + 1e-4 * t * slope);
      assertThat(Math.abs(gradient[0] * d[0] + gradient[1] * d[1]))
          .as(replay)
          .isLessThanOrEqualTo(0.9 * Math.abs(slope) * (1 + 1e-12));
    }
  }

  /// The loss of softmax regression after about `budget` gradients of all samples.
  private static double softmaxRegression(Optimizer optimizer, int budget) {
    Dataset digits = Datasets.open("digits", Options.defaults().withTrainSize(500)).train();
    try (Workers workers = Workers.of(1)) {
      Kernels kernels = Kernels.vector(workers);
      Graph g = new Graph();
      Node x = g.input("features", Shape.of(784));
      Node y = g.input("target", Shape.scalar());
      Node z = Network.of(Shape.of(784), Layers.dense(10)).build(g, x);
      Node loss = Losses.crossEntropy().apply(g.scope("loss", "cross-entropy"), z, y);
      GraphObjective objective =
          new GraphObjective(
              g, loss, List.of(), 500, kernels, Mode.TRAINING, GraphObjective.Reduction.MEAN, 1);
      Batch batch = objective.newBatch();
      Batches.inOrder(digits, 500).load(0, 0, 0, batch);
      int[] gradients = {0};
      Objective counting =
          new Objective() {
            @Override
            public Parameters parameters() {
              return objective.parameters();
            }

            @Override
            public double value(Theta theta, Batch batch) {
              return objective.value(theta, batch);
            }

            @Override
            public double gradient(Theta theta, Batch batch, Gradient into) {
              gradients[0]++;
              return objective.gradient(theta, batch, into);
            }

            @Override
            public double derivative(Theta theta, Direction v, Batch batch) {
              return objective.derivative(theta, v, batch);
            }
          };
      Theta theta = objective.parameters().initialize(Precision.FLOAT, 1);
      OptimizerState state = optimizer.state(objective.parameters(), kernels);
      while (gradients[0] < budget) {
        optimizer.step(counting, theta, batch, state);
      }
      return objective.value(theta, batch);
    }
  }

  @Test
  void beatsGradientDescentByTheSameNumberOfGradients() {
    double best = Double.POSITIVE_INFINITY;
    for (double rate : new double[] {0.02, 0.05, 0.1, 0.2, 0.5}) {
      best = Math.min(best, softmaxRegression(GradientDescent.of(rate), 60));
    }
    assertThat(softmaxRegression(Lbfgs.of(), 60)).isLessThan(best / 3);
    assertThat(softmaxRegression(Lbfgs.of().withIterations(5), 60)).isLessThan(best / 3);
  }
}
