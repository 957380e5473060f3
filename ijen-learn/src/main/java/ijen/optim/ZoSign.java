package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Gradient;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.Map;

/// Descent by the signs of an estimate, number by number: θ ← θ − η·sign ĝ, the sign of 0 being 0.
///
/// Each step moves every number that is estimated by η, however small the loss has become: let the
/// rate fall with a schedule.
///
/// **Source:** Liu et al., "signSGD via zeroth-order oracle", ICLR 2019.
///
/// @param learningRate η > 0
/// @param estimator where ĝ comes from
public record ZoSign(double learningRate, Estimator estimator) implements Optimizer {
  public ZoSign {
    Settings.positive("zo-sign", "learning rate", learningRate);
  }

  /// By the usual randomised estimate.
  public static ZoSign of(double learningRate) {
    return new ZoSign(learningRate, RandomEstimator.of());
  }

  /// The same with another estimate.
  public ZoSign withEstimator(Estimator estimator) {
    return new ZoSign(learningRate, estimator);
  }

  @Override
  public String name() {
    return "zo-sign";
  }

  @Override
  public OptimizerState state(Parameters parameters, Kernels kernels) {
    return estimator.state(parameters, kernels);
  }

  @Override
  public double step(Objective objective, Theta theta, Batch batch, OptimizerState state) {
    state.count();
    state.companion(Probe.class).begin(state);
    Kernels k = state.kernels();
    Gradient g = state.gradient();
    k.fill(g.values(), g.size(), 0);
    double loss = estimator.estimate(objective, theta, batch, state, 1, g);
    k.addSign(g.values(), -learningRate * state.rateFactor(), theta.values(), theta.size());
    return loss;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("learningRate", learningRate);
    return ZerothOrder.settings(settings, estimator);
  }
}
