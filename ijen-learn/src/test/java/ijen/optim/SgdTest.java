package ijen.optim;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SgdTest extends OptimizerContract {
  @Override
  List<Optimizer> subjects() {
    return List.of(
        Sgd.of(0.1),
        Sgd.of(0.1).withWeightDecay(0.2),
        Sgd.of(0.1).withMomentum(0.9),
        Sgd.of(0.1).withNesterov(0.8).withWeightDecay(0.2));
  }

  @Override
  Transcription transcription(Optimizer subject) {
    Sgd sgd = (Sgd) subject;
    double[] v = new double[8];
    return (t, theta, gradient, decayed) -> {
      for (int i = 0; i < theta.length; i++) {
        double g = gradient[i] + (decayed[i] ? sgd.weightDecay() * theta[i] : 0);
        v[i] = sgd.momentum() * v[i] + g;
        double step = sgd.nesterov() ? g + sgd.momentum() * v[i] : v[i];
        theta[i] -= sgd.learningRate() * step;
      }
    };
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> Sgd.of(0))
        .hasMessage("sgd: learning rate: expected a number above 0, got 0.0");
    assertThatThrownBy(() -> Sgd.of(0.1).withMomentum(1)).hasMessageContaining("[0, 1), got 1.0");
    assertThatThrownBy(() -> Sgd.of(0.1).withNesterov(0)).hasMessageContaining("momentum above 0");
    assertThatThrownBy(() -> Sgd.of(0.1).withWeightDecay(Double.NaN))
        .hasMessageContaining("weight decay: expected 0 or more, got NaN");
  }
}
