package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.Map;

/// AMSGrad: Adam whose scale never shrinks.
///
/// In step t, with g = ∇L(θ) + λθ (λ on weights only): m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; w ←
/// max(w, v); θ ← θ − η·(m/(1−β₁ᵗ)) / (√(w/(1−β₂ᵗ)) + ε).
///
/// **Source:** Reddi, Kale, Kumar, "On the convergence of Adam and beyond", ICLR 2018, algorithm 2,
/// with Adam's corrections of the bias, which it leaves out.
///
/// @param learningRate η > 0
/// @param beta1 β₁ in [0, 1)
/// @param beta2 β₂ in [0, 1)
/// @param epsilon ε > 0
/// @param weightDecay λ ≥ 0, added to the gradient of weights, not of biases and norms
public record AmsGrad(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {
  public AmsGrad {
    Settings.positive("amsgrad", "learning rate", learningRate);
    Settings.fraction("amsgrad", "beta1", beta1);
    Settings.fraction("amsgrad", "beta2", beta2);
    Settings.positive("amsgrad", "epsilon", epsilon);
    Settings.atLeastZero("amsgrad", "weight decay", weightDecay);
  }

  /// With β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.
  public static AmsGrad of(double learningRate) {
    return new AmsGrad(learningRate, 0.9, 0.999, 1e-8, 0);
  }

  /// The same with other decay rates of the moments.
  public AmsGrad withBetas(double beta1, double beta2) {
    return new AmsGrad(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  /// The same with another ε.
  public AmsGrad withEpsilon(double epsilon) {
    return new AmsGrad(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  /// The same with another weight decay.
  public AmsGrad withWeightDecay(double weightDecay) {
    return new AmsGrad(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public String name() {
    return "amsgrad";
  }

  @Override
  public OptimizerState state(Parameters parameters, Kernels kernels) {
    return new OptimizerState(parameters, kernels, "m", "v", "largest");
  }

  @Override
  public double step(Objective objective, Theta theta, Batch batch, OptimizerState state) {
    double loss = objective.gradient(theta, batch, state.gradient());
    long t = state.count();
    state
        .kernels()
        .updates()
        .amsgrad(
            theta.values(),
            state.gradient().values(),
            state.slot("m").values(),
            state.slot("v").values(),
            state.slot("largest").values(),
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
