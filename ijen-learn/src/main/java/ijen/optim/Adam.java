package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.Map;

/// Adam: steps scaled by running moments of the gradient.
///
/// In step t, with g = ∇L(θ) + λθ (λ on weights only): m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; θ ← θ
/// − η·(m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε).
///
/// **Source:** Kingma, Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.
///
/// @param learningRate η > 0
/// @param beta1 β₁ in [0, 1)
/// @param beta2 β₂ in [0, 1)
/// @param epsilon ε > 0
/// @param weightDecay λ ≥ 0, added to the gradient of weights, not of biases and norms
public record Adam(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {
  public Adam {
    Settings.positive("adam", "learning rate", learningRate);
    Settings.fraction("adam", "beta1", beta1);
    Settings.fraction("adam", "beta2", beta2);
    Settings.positive("adam", "epsilon", epsilon);
    Settings.atLeastZero("adam", "weight decay", weightDecay);
  }

  /// With the paper's β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.
  public static Adam of(double learningRate) {
    return new Adam(learningRate, 0.9, 0.999, 1e-8, 0);
  }

  /// The same with other decay rates of the moments.
  public Adam withBetas(double beta1, double beta2) {
    return new Adam(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  /// The same with weight decay.
  public Adam withWeightDecay(double weightDecay) {
    return new Adam(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public String name() {
    return "adam";
  }

  @Override
  public OptimizerState state(Parameters parameters, Kernels kernels) {
    return new OptimizerState(parameters, kernels, "m", "v");
  }

  @Override
  public double step(Objective objective, Theta theta, Batch batch, OptimizerState state) {
    double loss = objective.gradient(theta, batch, state.gradient());
    long t = state.count();
    double rate = learningRate * state.rateFactor();
    double correction1 = 1 - Powers.of(beta1, t);
    double correction2 = 1 - Powers.of(beta2, t);
    state
        .kernels()
        .updates()
        .adam(
            theta.values(),
            state.gradient().values(),
            state.slot("m").values(),
            state.slot("v").values(),
            theta.size(),
            rate,
            beta1,
            beta2,
            epsilon,
            correction1,
            correction2,
            state.decay(weightDecay));
    return loss;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("learningRate", learningRate);
    settings.put("beta1", beta1);
    settings.put("beta2", beta2);
    settings.put("epsilon", epsilon);
    settings.put("weightDecay", weightDecay);
    return settings;
  }
}
