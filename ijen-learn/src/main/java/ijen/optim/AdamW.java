package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.Map;

/// AdamW: Adam whose weight decay does not pass through the moments.
///
/// In step t, with g = ∇L(θ): θ ← (1 − ηλ)θ (weights only); m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²;
/// θ ← θ − η·(m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε). In [Adam], λθ is part of g and is scaled as it is.
///
/// **Source:** Loshchilov, Hutter, "Decoupled weight decay regularization", ICLR 2019, algorithm 2,
/// with ηλ in place of its λ.
///
/// @param learningRate η > 0
/// @param beta1 β₁ in [0, 1)
/// @param beta2 β₂ in [0, 1)
/// @param epsilon ε > 0
/// @param weightDecay λ ≥ 0; with the rate's schedule, weights shrink by ηλ in a step, biases and
///   norms do not
public record AdamW(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {
  public AdamW {
    Settings.positive("adamw", "learning rate", learningRate);
    Settings.fraction("adamw", "beta1", beta1);
    Settings.fraction("adamw", "beta2", beta2);
    Settings.positive("adamw", "epsilon", epsilon);
    Settings.atLeastZero("adamw", "weight decay", weightDecay);
  }

  /// With β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸ and λ = 0.01.
  public static AdamW of(double learningRate) {
    return new AdamW(learningRate, 0.9, 0.999, 1e-8, 0.01);
  }

  /// The same with other decay rates of the moments.
  public AdamW withBetas(double beta1, double beta2) {
    return new AdamW(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  /// The same with another ε.
  public AdamW withEpsilon(double epsilon) {
    return new AdamW(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  /// The same with another weight decay.
  public AdamW withWeightDecay(double weightDecay) {
    return new AdamW(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public String name() {
    return "adamw";
  }

  @Override
  public OptimizerState state(Parameters parameters, Kernels kernels) {
    return new OptimizerState(parameters, kernels, "m", "v");
  }

  @Override
  public double step(Objective objective, Theta theta, Batch batch, OptimizerState state) {
    double loss = objective.gradient(theta, batch, state.gradient());
    long t = state.count();
    state
        .kernels()
        .updates()
        .adamW(
            theta.values(),
            state.gradient().values(),
            state.slot("m").values(),
            state.slot("v").values(),
            theta.size(),
            learningRate * state.rateFactor(),
            beta1,
            beta2,
            epsilon,
            1 - Powers.of(beta1, t),
            1 - Powers.of(beta2, t),
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
