package ijen.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.optim.OptimizerContract.Quadratic;
import org.junit.jupiter.api.Test;

/// Six weights and two biases, by steps that are written out here.
class DecayedBiasesTest {
  private static final double RATE = 0.1;
  private static final double DECAY = 0.2;
  private static final int WEIGHTS = 6;

  private static double[] twoSteps(Optimizer optimizer) {
    Quadratic objective = new Quadratic();
    Theta theta = objective.parameters().initialize(Precision.DOUBLE, 1);
    OptimizerState state = optimizer.state(objective.parameters(), Kernels.reference());
    optimizer.step(objective, theta, objective.batch(), state);
    optimizer.step(objective, theta, objective.batch(), state);
    return theta.values().toDoubles();
  }

  /// ∇L(θ) + λθ, of θ number `i`.
  private static double gradient(int i, double theta, boolean biasesToo) {
    double decay = i < WEIGHTS || biasesToo ? DECAY : 0;
    return Quadratic.curvature(i) * (theta - Quadratic.centre(i)) + decay * theta;
  }

  private static double[] sgd(boolean biasesToo) {
    double[] theta = {1, 1, 1, 1, 1, 1, -1, -1};
    for (int i = 0; i < theta.length; i++) {
      theta[i] -= RATE * gradient(i, theta[i], biasesToo);
      theta[i] -= RATE * gradient(i, theta[i], biasesToo);
    }
    return theta;
  }

  private static double[] adam(boolean biasesToo) {
    double[] theta = {1, 1, 1, 1, 1, 1, -1, -1};
    for (int i = 0; i < theta.length; i++) {
      double g = gradient(i, theta[i], biasesToo);
      double m = (1 - 0.9) * g;
      double v = (1 - 0.999) * g * g;
      theta[i] -= RATE * (m / (1 - 0.9)) / (Math.sqrt(v / (1 - 0.999)) + 1e-8);
      g = gradient(i, theta[i], biasesToo);
      m = 0.9 * m + (1 - 0.9) * g;
      v = 0.999 * v + (1 - 0.999) * g * g;
      theta[i] -= RATE * (m / (1 - 0.9 * 0.9)) / (Math.sqrt(v / (1 - 0.999 * 0.999)) + 1e-8);
    }
    return theta;
  }

  @Test
  void biasesDecayAsWeightsDo() {
    Optimizer sgd = Sgd.of(RATE).withWeightDecay(DECAY);
    assertThat(twoSteps(sgd)).containsExactly(sgd(false));
    assertThat(twoSteps(new DecayedBiases(sgd))).containsExactly(sgd(true));
    Optimizer adam = Adam.of(RATE).withWeightDecay(DECAY);
    assertThat(twoSteps(adam)).containsExactly(adam(false));
    assertThat(twoSteps(new DecayedBiases(adam))).containsExactly(adam(true));
    assertThat(sgd(true)[WEIGHTS]).isNotEqualTo(sgd(false)[WEIGHTS]);
    assertThat(adam(true)[WEIGHTS]).isNotEqualTo(adam(false)[WEIGHTS]);
  }

  @Test
  void zerothOrderMomentumDecaysThemToo() {
    String rule = "zo-sgd:estimator=coordinate,learning-rate=0.1,momentum=0.5,weight-decay=0.2";
    double[] without = twoSteps(Optimizers.parse(rule));
    double[] with = twoSteps(Optimizers.parse(rule + ",decay-biases=true"));
    for (int i = 0; i < without.length; i++) {
      double moved = Math.abs(with[i] - without[i]); // a weight by roundings of losses alone
      assertThat(moved > 0.01).as("θ[%d] moved by %s", i, moved).isEqualTo(i >= WEIGHTS);
    }
  }

  @Test
  void itsSettingsTellOfIt() {
    Optimizer subject = Optimizers.parse("adam:weight-decay=0.2,decay-biases=true,clip-norm=3");
    assertThat(subject)
        .isEqualTo(Clipped.byNorm(new DecayedBiases(Adam.of(0.001).withWeightDecay(DECAY)), 3));
    assertThat(subject.settings())
        .containsEntry("decayBiases", true)
        .containsEntry("clipNorm", 3.0);
    assertThat(Optimizers.parse("adam:weight-decay=0.2,decay-biases=false"))
        .isEqualTo(Adam.of(0.001).withWeightDecay(DECAY));
  }

  @Test
  void withoutWeightDecayThereIsNothingToShare() {
    assertThatThrownBy(() -> new DecayedBiases(Sgd.of(0.1)))
        .hasMessage(
            "decay of biases: sgd: expected a weight decay above 0 for them to share, got 0.0");
    assertThatThrownBy(() -> new DecayedBiases(Lbfgs.of()))
        .hasMessage(
            "decay of biases: lbfgs: expected a weight decay above 0 for them to share, got none");
  }
}
