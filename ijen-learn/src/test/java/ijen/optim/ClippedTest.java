package ijen.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.graph.Batch;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.optim.FirstOrderFixturesTest.Problem;
import org.junit.jupiter.api.Test;

class ClippedTest {
  /// How far a step with rate 1 goes, number by number.
  private static double[] step(Optimizer optimizer, Kernels kernels) {
    Problem problem = FirstOrderFixturesTest.problem("mlp", kernels);
    Theta theta = problem.theta();
    double[] before = theta.values().toDoubles();
    OptimizerState state = optimizer.state(theta.parameters(), kernels);
    optimizer.step(problem.objective(), theta, problem.batch(), state);
    double[] moved = theta.values().toDoubles();
    for (int i = 0; i < moved.length; i++) {
      moved[i] -= before[i];
    }
    return moved;
  }

  private static double norm(double[] x) {
    double sum = 0;
    for (double each : x) {
      sum += each * each;
    }
    return Math.sqrt(sum);
  }

  /// The network's own `descend` uses gradients up piece by piece: it must not be used here.
  @Test
  void theStepOfPlainSgdIsClippedToo() {
    Kernels k = Kernels.reference();
    double[] free = step(Sgd.of(1), k);
    assertThat(norm(free)).isGreaterThan(0.2);
    double[] byNorm = step(Clipped.byNorm(Sgd.of(1), 0.1), k);
    assertThat(norm(byNorm)).isCloseTo(0.1, within(1e-6));
    double[] byValue = step(Clipped.byValue(Sgd.of(1), 0.02), k);
    for (int i = 0; i < free.length; i++) {
      double factor = 0.1 / (norm(free) + 1e-6);
      assertThat(byNorm[i]).isCloseTo(free[i] * factor, within(1e-15));
      assertThat(byValue[i]).isCloseTo(Math.clamp(free[i], -0.02, 0.02), within(1e-15));
    }
  }

  @Test
  void aGradientWithinTheLimitKeepsItsBits() {
    Kernels k = Kernels.reference();
    assertThat(step(Clipped.byNorm(Sgd.of(1), 100), k)).containsExactly(step(Sgd.of(1), k));
    assertThat(step(Clipped.byValue(Sgd.of(1), 100), k)).containsExactly(step(Sgd.of(1), k));
  }

  @Test
  void coordinateSgdIsClippedByItsOneNumber() {
    Kernels k = Kernels.reference();
    double[] moved = step(Clipped.byValue(CoordinateSgd.of(1).withSeed(3), 1e-4), k);
    assertThat(norm(moved)).isCloseTo(1e-4, within(1e-15));
    assertThat(step(Clipped.byNorm(CoordinateSgd.of(1).withSeed(3), 1e-4), k))
        .containsExactly(moved);
  }

  @Test
  void aGradientThatIsNoNumberStaysSo() {
    Kernels k = Kernels.reference();
    Problem problem = FirstOrderFixturesTest.problem("mlp", k);
    Batch batch = problem.batch();
    batch.input(0).set(0, Double.NaN);
    for (Optimizer clipped :
        new Optimizer[] {Clipped.byNorm(Sgd.of(1), 0.1), Clipped.byValue(Sgd.of(1), 0.1)}) {
      Theta theta = problem.theta().copy(k.precision());
      OptimizerState state = clipped.state(theta.parameters(), k);
      assertThat(clipped.step(problem.objective(), theta, batch, state)).isNaN();
      assertThat(theta.values().get(0)).isNaN();
    }
  }

  @Test
  void itsSettingsTellOfIt() {
    Optimizer both = Clipped.byNorm(Clipped.byValue(Adam.of(0.1), 2), 3);
    assertThat(both.name()).isEqualTo("adam");
    assertThat(both.settings()).containsEntry("clipNorm", 3.0).containsEntry("clipValue", 2.0);
    assertThatThrownBy(() -> Clipped.byNorm(both, 1))
        .hasMessage("clipping by norm: adam is clipped so already, give one limit");
  }
}
