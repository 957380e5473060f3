package ijen.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ijen.graph.Batch;
import ijen.graph.Direction;
import ijen.graph.Form;
import ijen.graph.Gradient;
import ijen.graph.Graph;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every optimiser has to do; a subclass names the optimiser and the published algorithm.
abstract class OptimizerContract {
  /// L(θ) = ½ Σ aᵢ(θᵢ − cᵢ)² times a scale, of which everything is known.
  static final class Quadratic implements Objective {
    private final Parameters parameters;
    private final double scale;

    Quadratic() {
      this(1);
    }

    Quadratic(double scale) {
      this.scale = scale;
      Graph g = new Graph();
      g.parameter("weight", Shape.of(2, 3), Role.WEIGHT, (v, s, r) -> v.fill(1));
      g.parameter("bias", Shape.of(2), Role.BIAS, (v, s, r) -> v.fill(-1));
      parameters = g.parameters();
    }

    static double curvature(int i) {
      return 0.5 + 0.25 * i;
    }

    static double centre(int i) {
      return 0.1 * i - 0.3;
    }

    /// Of one sample, which is not looked at.
    Batch batch() {
      return new Batch(Precision.DOUBLE, 1, List.of(Form.batched(Shape.scalar())));
    }

    @Override
    public Parameters parameters() {
      return parameters;
    }

    @Override
    public double value(Theta theta, Batch batch) {
      double sum = 0;
      for (int i = 0; i < theta.size(); i++) {
        double d = theta.values().get(i) - centre(i);
        sum += 0.5 * curvature(i) * d * d;
      }
      return scale * sum;
    }

    @Override
    public double gradient(Theta theta, Batch batch, Gradient into) {
      for (int i = 0; i < theta.size(); i++) {
        into.values().set(i, scale * curvature(i) * (theta.values().get(i) - centre(i)));
      }
      return value(theta, batch);
    }

    @Override
    public double derivative(Theta theta, Direction v, Batch batch) {
      double sum = 0;
      for (int i = 0; i < theta.size(); i++) {
        sum += curvature(i) * (theta.values().get(i) - centre(i)) * v.values().get(i);
      }
      return scale * sum;
    }
  }

  /// The algorithm as it is published, on plain arrays.
  interface Transcription {
    /// Moves `theta` by step number `t`, from 1; `decayed[i]` says whether decay applies.
    void step(int t, double[] theta, double[] gradient, boolean[] decayed);
  }

  private final Quadratic objective = new Quadratic();
  private final Batch batch = objective.batch();

  abstract List<Optimizer> subjects();

  abstract Transcription transcription(Optimizer subject);

  @Test
  void twentyStepsAgreeWithThePublishedAlgorithm() {
    for (Optimizer subject : subjects()) {
      Theta theta = objective.parameters().initialize(Precision.DOUBLE, 1);
      Kernels kernels = Kernels.reference();
      OptimizerState state = subject.state(objective.parameters(), kernels);
      double[] expected = theta.values().toDoubles();
      boolean[] decayed = new boolean[expected.length];
      for (int i = 0; i < 6; i++) {
        decayed[i] = true;
      }
      Transcription transcription = transcription(subject);
      for (int t = 1; t <= 20; t++) {
        double before = objective.value(theta, batch);
        double[] gradient = new double[expected.length];
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] = Quadratic.curvature(i) * (expected[i] - Quadratic.centre(i));
        }
        assertThat(subject.step(objective, theta, batch, state)).isEqualTo(before);
        transcription.step(t, expected, gradient, decayed);
        for (int i = 0; i < expected.length; i++) {
          assertThat(theta.values().get(i))
              .as("%s, step %d, θ[%d]", subject, t, i)
              .isCloseTo(expected[i], within(1e-13));
        }
      }
      assertThat(state.steps()).isEqualTo(20);
    }
  }

  @Test
  void floatFollowsDouble() {
    try (Workers workers = Workers.of(1)) {
      for (Optimizer subject : subjects()) {
        Theta exact = objective.parameters().initialize(Precision.DOUBLE, 1);
        Theta fast = objective.parameters().initialize(Precision.FLOAT, 1);
        OptimizerState a = subject.state(objective.parameters(), Kernels.reference());
        OptimizerState b = subject.state(objective.parameters(), Kernels.vector(workers));
        for (int t = 0; t < 20; t++) {
          subject.step(objective, exact, batch, a);
          subject.step(objective, fast, batch, b);
        }
        for (int i = 0; i < exact.size(); i++) {
          assertThat(fast.values().get(i)).isCloseTo(exact.values().get(i), within(2e-6));
        }
      }
    }
  }

  @Test
  void aRateFactorOfZeroStandsStill() {
    for (Optimizer subject : subjects()) {
      Theta theta = objective.parameters().initialize(Precision.DOUBLE, 1);
      String before = theta.sha256();
      OptimizerState state = subject.state(objective.parameters(), Kernels.reference());
      state.rateFactor(0);
      subject.step(objective, theta, batch, state);
      assertThat(theta.sha256()).isEqualTo(before);
    }
  }

  @Test
  void aStateThatIsPutBackGoesOnTheSame() {
    for (Optimizer subject : subjects()) {
      Theta theta = objective.parameters().initialize(Precision.DOUBLE, 1);
      OptimizerState state = subject.state(objective.parameters(), Kernels.reference());
      for (int t = 0; t < 5; t++) {
        subject.step(objective, theta, batch, state);
      }
      Theta again = theta.copy(Precision.DOUBLE);
      OptimizerState copy = subject.state(objective.parameters(), Kernels.reference());
      copy.restore(state.steps());
      state.slots().forEach((name, slot) -> copy.slot(name).copyFrom(slot));
      for (int t = 0; t < 5; t++) {
        subject.step(objective, theta, batch, state);
        subject.step(objective, again, batch, copy);
      }
      assertThat(again.sha256()).isEqualTo(theta.sha256());
    }
  }
}
