package ijen.optim;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AdamTest extends OptimizerContract {
  @Override
  List<Optimizer> subjects() {
    return List.of(
        Adam.of(0.05), Adam.of(0.05).withBetas(0.8, 0.99), Adam.of(0.05).withWeightDecay(0.2));
  }

  @Override
  Transcription transcription(Optimizer subject) {
    Adam adam = (Adam) subject;
    double[] m = new double[8];
    double[] v = new double[8];
    return (t, theta, gradient, decayed) -> {
      for (int i = 0; i < theta.length; i++) {
        double g = gradient[i] + (decayed[i] ? adam.weightDecay() * theta[i] : 0);
        m[i] = adam.beta1() * m[i] + (1 - adam.beta1()) * g;
        v[i] = adam.beta2() * v[i] + (1 - adam.beta2()) * g * g;
        double mHat = m[i] / (1 - Math.pow(adam.beta1(), t));
        double vHat = v[i] / (1 - Math.pow(adam.beta2(), t));
        theta[i] -= adam.learningRate() * mHat / (Math.sqrt(vHat) + adam.epsilon());
      }
    };
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> Adam.of(-1)).hasMessageContaining("above 0, got -1.0");
    assertThatThrownBy(() -> Adam.of(1).withBetas(1, 0.9)).hasMessageContaining("beta1");
  }
}
