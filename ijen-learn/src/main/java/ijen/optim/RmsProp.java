package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// RMSProp: steps scaled by a running mean of the squared gradient.
///
/// With g = ∇L(θ) + λθ (λ on weights only): s ← αs + (1−α)g²; d = g / (√s + ε). Centred: a ← αa +
/// (1−α)g, and √(s − a²), 0 where rounding makes that negative, takes the place of √s. Without
/// momentum θ ← θ − ηd; with momentum μ: u ← μu + d; θ ← θ − ηu.
///
/// **Source:** Hinton, Srivastava, Swersky, \"Neural networks for machine learning\", lecture 6,
/// 2012; centred: Graves, \"Generating sequences with recurrent neural networks\", 2013, section
/// 4.2, with ε outside the root.
///
/// @param learningRate η > 0
/// @param alpha α in [0, 1)
/// @param epsilon ε > 0
/// @param momentum μ in [0, 1)
/// @param centred whether the gradient's own mean is taken off
/// @param weightDecay λ ≥ 0, added to the gradient of weights, not of biases and norms
public record RmsProp(
    double learningRate,
    double alpha,
    double epsilon,
    double momentum,
    boolean centred,
    double weightDecay)
    implements Optimizer {
  public RmsProp {
    Settings.positive("rmsprop", "learning rate", learningRate);
    Settings.fraction("rmsprop", "alpha", alpha);
    Settings.positive("rmsprop", "epsilon", epsilon);
    Settings.fraction("rmsprop", "momentum", momentum);
    Settings.atLeastZero("rmsprop", "weight decay", weightDecay);
  }

  /// With α = 0.99, ε = 10⁻⁸, not centred, without momentum.
  public static RmsProp of(double learningRate) {
    return new RmsProp(learningRate, 0.99, 1e-8, 0, false, 0);
  }

  /// The same with another α.
  public RmsProp withAlpha(double alpha) {
    return new RmsProp(learningRate, alpha, epsilon, momentum, centred, weightDecay);
  }

  /// The same with momentum.
  public RmsProp withMomentum(double momentum) {
    return new RmsProp(learningRate, alpha, epsilon, momentum, centred, weightDecay);
  }

  /// The same, centred.
  public RmsProp asCentred() {
    return new RmsProp(learningRate, alpha, epsilon, momentum, true, weightDecay);
  }

  /// The same with weight decay.
  public RmsProp withWeightDecay(double weightDecay) {
    return new RmsProp(learningRate, alpha, epsilon, momentum, centred, weightDecay);
  }

  @Override
  public String name() {
    return "rmsprop";
  }

  @Override
  public OptimizerState state(Parameters parameters, Kernels kernels) {
    List<String> slots = new ArrayList<>(List.of("square"));
    if (centred) {
      slots.add("mean");
    }
    if (momentum > 0) {
      slots.add("velocity");
    }
    return new OptimizerState(parameters, kernels, slots.toArray(String[]::new));
  }

  @Override
  public double step(Objective objective, Theta theta, Batch batch, OptimizerState state) {
    double loss = objective.gradient(theta, batch, state.gradient());
    state.count();
    state
        .kernels()
        .updates()
        .rmsProp(
            theta.values(),
            state.gradient().values(),
            state.slot("square").values(),
            centred ? state.slot("mean").values() : null,
            momentum > 0 ? state.slot("velocity").values() : null,
            theta.size(),
            learningRate * state.rateFactor(),
            alpha,
            epsilon,
            momentum,
            state.decay(weightDecay));
    return loss;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("learningRate", learningRate);
    settings.put("alpha", alpha);
    settings.put("epsilon", epsilon);
    settings.put("momentum", momentum);
    settings.put("centred", centred);
    settings.put("weightDecay", weightDecay);
    return settings;
  }
}
