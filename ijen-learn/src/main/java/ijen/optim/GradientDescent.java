package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.Map;

/// Gradient descent: every step follows the gradient of the loss of all samples.
///
/// With g = ∇L(θ) + λθ (λ on weights only): θ ← θ − ηg. The rule is that of [Sgd] without momentum;
/// what differs is the batch, which has to hold all samples: an epoch is one step.
///
/// **Source:** Cauchy, \"Méthode générale pour la résolution des systèmes d'équations
/// simultanées\", 1847.
///
/// @param learningRate η > 0
/// @param weightDecay λ ≥ 0, added to the gradient of weights, not of biases and norms
public record GradientDescent(double learningRate, double weightDecay) implements Optimizer {
  public GradientDescent {
    Settings.positive("gradient-descent", "learning rate", learningRate);
    Settings.atLeastZero("gradient-descent", "weight decay", weightDecay);
  }

  /// Without weight decay.
  public static GradientDescent of(double learningRate) {
    return new GradientDescent(learningRate, 0);
  }

  /// The same with weight decay.
  public GradientDescent withWeightDecay(double weightDecay) {
    return new GradientDescent(learningRate, weightDecay);
  }

  @Override
  public String name() {
    return "gradient-descent";
  }

  @Override
  public boolean needsAllSamples() {
    return true;
  }

  @Override
  public OptimizerState state(Parameters parameters, Kernels kernels) {
    return new OptimizerState(parameters, kernels);
  }

  @Override
  public double step(Objective objective, Theta theta, Batch batch, OptimizerState state) {
    state.count();
    double rate = learningRate * state.rateFactor();
    return objective.descend(
        theta, batch, rate, state.decay(weightDecay), state.gradient(), state.kernels());
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("learningRate", learningRate);
    settings.put("weightDecay", weightDecay);
    return settings;
  }
}
