package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Decay;
import ijen.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.Map;

/// Stochastic gradient descent, with momentum if wanted.
///
/// With g = ∇L(θ) + λθ (λ on weights only): without momentum θ ← θ − ηg. With momentum μ: v ← μv +
/// g, then θ ← θ − ηv, or θ ← θ − η(g + μv) for Nesterov's form.
///
/// **Source:** Polyak 1964; Sutskever et al., "On the importance of initialization and momentum in
/// deep learning", ICML 2013, in the form in which the rate multiplies the velocity.
///
/// @param learningRate η > 0
/// @param momentum μ in [0, 1)
/// @param nesterov whether the step looks ahead by the momentum
/// @param weightDecay λ ≥ 0, added to the gradient of weights, not of biases and norms
public record Sgd(double learningRate, double momentum, boolean nesterov, double weightDecay)
    implements Optimizer {
  public Sgd {
    Settings.positive("sgd", "learning rate", learningRate);
    Settings.fraction("sgd", "momentum", momentum);
    Settings.atLeastZero("sgd", "weight decay", weightDecay);
    if (nesterov && momentum == 0) {
      throw new IllegalArgumentException("sgd: Nesterov's form needs a momentum above 0, got 0");
    }
  }

  /// Plain SGD.
  public static Sgd of(double learningRate) {
    return new Sgd(learningRate, 0, false, 0);
  }

  /// The same with momentum.
  public Sgd withMomentum(double momentum) {
    return new Sgd(learningRate, momentum, nesterov, weightDecay);
  }

  /// The same with momentum in Nesterov's form.
  public Sgd withNesterov(double momentum) {
    return new Sgd(learningRate, momentum, true, weightDecay);
  }

  /// The same with weight decay.
  public Sgd withWeightDecay(double weightDecay) {
    return new Sgd(learningRate, momentum, nesterov, weightDecay);
  }

  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public OptimizerState state(Parameters parameters, Kernels kernels) {
    return momentum == 0
        ? new OptimizerState(parameters, kernels)
        : new OptimizerState(parameters, kernels, "velocity");
  }

  @Override
  public double step(Objective objective, Theta theta, Batch batch, OptimizerState state) {
    double rate = learningRate * state.rateFactor();
    Kernels k = state.kernels();
    Decay decay = state.decay(weightDecay);
    state.count();
    if (momentum == 0) {
      return objective.descend(theta, batch, rate, decay, state.gradient(), k);
    }
    double loss = objective.gradient(theta, batch, state.gradient());
    Buffer g = state.gradient().values();
    Buffer velocity = state.slot("velocity").values();
    k.updates()
        .momentum(theta.values(), g, velocity, theta.size(), rate, momentum, nesterov, decay);
    return loss;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("learningRate", learningRate);
    settings.put("momentum", momentum);
    settings.put("nesterov", nesterov);
    settings.put("weightDecay", weightDecay);
    return settings;
  }
}
