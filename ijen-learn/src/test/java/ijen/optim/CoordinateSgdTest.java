package ijen.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ijen.graph.Batch;
import ijen.graph.Direction;
import ijen.graph.Gradient;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.optim.FirstOrderFixturesTest.Problem;
import org.junit.jupiter.api.Test;

class CoordinateSgdTest {
  /// An objective of which no gradient can be had.
  private record WithoutGradient(Objective objective) implements Objective {
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
      throw new AssertionError("a full gradient was asked for");
    }

    @Override
    public double derivative(Theta theta, Direction v, Batch batch) {
      return objective.derivative(theta, v, batch);
    }
  }

  @Test
  void movesOneScalarByItsOwnDerivativeAndAsksForNoGradient() {
    Kernels k = Kernels.reference();
    Problem problem = FirstOrderFixturesTest.problem("mlp", k);
    Theta theta = problem.theta();
    Gradient gradient = new Gradient(theta.parameters(), Precision.DOUBLE);
    CoordinateSgd subject = CoordinateSgd.of(0.3).withSeed(5);
    OptimizerState state = subject.state(theta.parameters(), k);
    for (int step = 1; step <= 60; step++) {
      Theta before = theta.copy(Precision.DOUBLE);
      double loss = problem.objective().gradient(theta, problem.batch(), gradient);
      double told =
          subject.step(new WithoutGradient(problem.objective()), theta, problem.batch(), state);
      assertThat(told).isEqualTo(loss);
      int j = subject.coordinate(step, theta.size());
      for (int i = 0; i < theta.size(); i++) {
        double moved = i == j ? 0.3 * gradient.values().get(i) : 0;
        assertThat(theta.values().get(i)).isCloseTo(before.values().get(i) - moved, within(1e-15));
      }
    }
  }

  @Test
  void drawsEveryScalarAlikeOften() {
    int[] counts = new int[26];
    int draws = 26_000;
    for (int step = 1; step <= draws; step++) {
      counts[CoordinateSgd.of(1).withSeed(9).coordinate(step, 26)]++;
    }
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - 1000.0) * (count - 1000.0) / 1000;
    }
    assertThat(chiSquare).isBetween(9.0, 52.6); // 25 degrees of freedom, 0.1 % on either side
    int different = 0;
    for (int step = 1; step <= 100; step++) {
      int one = CoordinateSgd.of(1).withSeed(1).coordinate(step, 1000);
      int two = CoordinateSgd.of(1).withSeed(2).coordinate(step, 1000);
      different += one == two ? 0 : 1;
    }
    assertThat(different).isGreaterThan(90);
  }
}
