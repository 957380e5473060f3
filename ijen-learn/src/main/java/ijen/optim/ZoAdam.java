package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Gradient;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.Map;

/// [Adam] with an estimate ĝ in place of the gradient.
///
/// **Source:** Zhang et al., "Revisiting zeroth-order optimization for memory-efficient LLM
/// fine-tuning", ICML 2024; Kingma, Ba, "Adam: a method for stochastic optimization", ICLR 2015.
///
/// @param learningRate η > 0
/// @param beta1 β₁ in [0, 1)
/// @param beta2 β₂ in [0, 1)
/// @param epsilon ε > 0
/// @param weightDecay λ ≥ 0, added to the estimate at weights, not at biases and norms
/// @param estimator where ĝ comes from
public record ZoAdam(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    Estimator estimator)
    implements Optimizer {
  public ZoAdam {
    Settings.positive("zo-adam", "learning rate", learningRate);
    Settings.fraction("zo-adam", "beta1", beta1);
    Settings.fraction("zo-adam", "beta2", beta2);
    Settings.positive("zo-adam", "epsilon", epsilon);
    Settings.atLeastZero("zo-adam", "weight decay", weightDecay);
  }

  /// With β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸, by the usual randomised estimate.
  public static ZoAdam of(double learningRate) {
    return new ZoAdam(learningRate, 0.9, 0.999, 1e-8, 0, RandomEstimator.of());
  }

  /// The same with other decay rates of the moments.
  public ZoAdam withBetas(double beta1, double beta2) {
    return new ZoAdam(learningRate, beta1, beta2, epsilon, weightDecay, estimator);
  }

  /// The same with weight decay.
  public ZoAdam withWeightDecay(double weightDecay) {
    return new ZoAdam(learningRate, beta1, beta2, epsilon, weightDecay, estimator);
  }

  /// The same with another estimate.
  public ZoAdam withEstimator(Estimator estimator) {
    return new ZoAdam(learningRate, beta1, beta2, epsilon, weightDecay, estimator);
  }

  @Override
  public String name() {
    return "zo-adam";
  }

  @Override
  public OptimizerState state(Parameters parameters, Kernels kernels) {
    return estimator.state(parameters, kernels, "m", "v");
  }

  @Override
  public double step(Objective objective, Theta theta, Batch batch, OptimizerState state) {
    long t = state.count();
    state.companion(Probe.class).begin(state);
    Kernels k = state.kernels();
    Gradient g = state.gradient();
    k.fill(g.values(), g.size(), 0);
    double loss = estimator.estimate(objective, theta, batch, state, 1, g);
    k.updates()
        .adam(
            theta.values(),
            g.values(),
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
    return ZerothOrder.settings(settings, estimator);
  }
}
