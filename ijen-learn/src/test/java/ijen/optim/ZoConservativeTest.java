package ijen.optim;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.graph.Batch;
import ijen.graph.Direction;
import ijen.graph.Gradient;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Slope;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import ijen.optim.OptimizerContract.Quadratic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZoConservativeTest {
  /// Tells the losses that it was made with, and keeps the points at which it was asked.
  private static final class Scripted implements Objective {
    private final Quadratic quadratic = new Quadratic();
    private final double[] losses;
    private final List<double[]> asked = new ArrayList<>();

    Scripted(double... losses) {
      this.losses = losses;
    }

    @Override
    public Parameters parameters() {
      return quadratic.parameters();
    }

    @Override
    public double value(Theta theta, Batch batch) {
      asked.add(theta.values().toDoubles());
      return losses[asked.size() - 1];
    }

    @Override
    public double gradient(Theta theta, Batch batch, Gradient into) {
      throw new AssertionError("a gradient was asked for");
    }

    @Override
    public double derivative(Theta theta, Direction v, Batch batch) {
      return quadratic.derivative(theta, v, batch);
    }

    @Override
    public void slope(Theta theta, Direction v, Batch batch, Slope into) {
      into.set(0, derivative(theta, v, batch));
    }
  }

  /// θ is afterwards, bit for bit, the one of the three at which the loss was least.
  @Test
  void itEndsWhereTheLossWasLeast() {
    double nan = Double.NaN;
    double[][] cases = { // losses at θ, against the estimate, along it; which of them is taken
      {1, 0, 0.5, 1},
      {1, 0, -1, 2},
      {1, 2, 0.5, 2},
      {1, 2, 3, 0},
      {1, 1, 1, 0},
      {1, 0, 0, 1},
      {1, 0, nan, 1},
      {1, nan, 0, 2},
      {nan, 0, 0, 0},
    };
    ForwardEstimator one = ForwardEstimator.of();
    try (Workers workers = Workers.of(1)) {
      for (Estimator estimator : List.of(one, one.withQueries(2))) {
        for (double[] c : cases) {
          Kernels kernels = Kernels.vector(workers);
          Scripted objective = new Scripted(c[0], c[1], c[2]);
          Theta theta = objective.parameters().initialize(Precision.FLOAT, 1);
          double[] start = theta.values().toDoubles();
          Optimizer subject = ZoConservative.of(0.1).withEstimator(estimator);
          OptimizerState state = subject.state(theta.parameters(), kernels);
          assertThat(subject.step(objective, theta, objective.quadratic.batch(), state))
              .isEqualTo(Double.valueOf(c[0]));
          assertThat(objective.asked).hasSize(3);
          assertThat(objective.asked.get(0)).isEqualTo(start);
          for (int i = 0; i < start.length; i++) {
            double against = objective.asked.get(1)[i];
            double along = objective.asked.get(2)[i];
            assertThat(against).isNotEqualTo(start[i]);
            assertThat(along).isEqualTo((float) (2 * start[i] - against));
          }
          assertThat(theta.values().toDoubles()).isEqualTo(objective.asked.get((int) c[3]));
        }
      }
    }
  }
}
