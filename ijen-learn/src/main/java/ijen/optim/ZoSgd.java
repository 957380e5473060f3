package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Gradient;
import ijen.graph.Objective;
import ijen.graph.Parameter;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Decay;
import ijen.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.Map;

/// Gradient descent along an estimate ĝ that needs no back-propagation, with momentum if wanted.
///
/// Without momentum θ ← θ − η(ĝ + λθ); with momentum μ: v ← μv + ĝ + λθ, then θ ← θ − ηv, λ on
/// weights only. With a [ForwardEstimator] this is the forward gradient method, `forward-grad`.
///
/// **Memory.** Where the estimate is one direction and nothing decays, it is added to θ as it is
/// made, and there is nothing beside θ. Otherwise it is gathered in one vector.
///
/// **Source:** Malladi et al., "Fine-tuning language models with just forward passes", NeurIPS
/// 2023; Zhang et al., "Revisiting zeroth-order optimization for memory-efficient LLM fine-tuning",
/// ICML 2024 (momentum); Baydin et al., "Gradients without backpropagation", 2022.
///
/// @param learningRate η > 0; stable ones are smaller than those of SGD by about q/(d + q + 1)
/// @param momentum μ in [0, 1)
/// @param weightDecay λ ≥ 0
/// @param estimator where ĝ comes from
public record ZoSgd(double learningRate, double momentum, double weightDecay, Estimator estimator)
    implements Optimizer {
  public ZoSgd {
    Settings.positive("zo-sgd", "learning rate", learningRate);
    Settings.fraction("zo-sgd", "momentum", momentum);
    Settings.atLeastZero("zo-sgd", "weight decay", weightDecay);
  }

  /// Without momentum, by the usual randomised estimate.
  public static ZoSgd of(double learningRate) {
    return of(learningRate, RandomEstimator.of());
  }

  /// Without momentum.
  public static ZoSgd of(double learningRate, Estimator estimator) {
    return new ZoSgd(learningRate, 0, 0, estimator);
  }

  /// The same with momentum.
  public ZoSgd withMomentum(double momentum) {
    return new ZoSgd(learningRate, momentum, weightDecay, estimator);
  }

  /// The same with weight decay.
  public ZoSgd withWeightDecay(double weightDecay) {
    return new ZoSgd(learningRate, momentum, weightDecay, estimator);
  }

  /// The same with another estimate.
  public ZoSgd withEstimator(Estimator estimator) {
    return new ZoSgd(learningRate, momentum, weightDecay, estimator);
  }

  @Override
  public String name() {
    return estimator instanceof ForwardEstimator ? "forward-grad" : "zo-sgd";
  }

  @Override
  public OptimizerState state(Parameters parameters, Kernels kernels) {
    return momentum == 0
        ? estimator.state(parameters, kernels)
        : estimator.state(parameters, kernels, "velocity");
  }

  @Override
  public double step(Objective objective, Theta theta, Batch batch, OptimizerState state) {
    state.count();
    state.companion(Probe.class).begin(state);
    double rate = learningRate * state.rateFactor();
    Kernels k = state.kernels();
    if (momentum > 0) {
      Gradient velocity = state.slot("velocity");
      k.scale(velocity.values(), momentum, velocity.values(), theta.size());
      double loss = estimator.estimate(objective, theta, batch, state, 1, velocity);
      decay(k, theta, velocity, state.decay(weightDecay));
      k.addScaled(velocity.values(), -rate, theta.values(), theta.size());
      return loss;
    }
    if (weightDecay == 0 && estimator.movesTheta()) {
      return estimator.estimate(objective, theta, batch, state, -rate, theta);
    }
    Gradient g = state.gradient();
    k.fill(g.values(), g.size(), 0);
    double loss = estimator.estimate(objective, theta, batch, state, 1, g);
    k.updates().sgd(theta.values(), g.values(), theta.size(), rate, state.decay(weightDecay));
    return loss;
  }

  private static void decay(Kernels k, Theta theta, Gradient velocity, Decay decay) {
    Parameters all = theta.parameters();
    for (int i = 0; i < all.count(); i++) {
      Parameter p = all.get(i);
      double factor = decay.at(p.offset());
      if (factor > 0) {
        k.addScaled(theta.slice(p), factor, velocity.slice(p), p.size());
      }
    }
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("learningRate", learningRate);
    settings.put("momentum", momentum);
    settings.put("weightDecay", weightDecay);
    return ZerothOrder.settings(settings, estimator);
  }
}
