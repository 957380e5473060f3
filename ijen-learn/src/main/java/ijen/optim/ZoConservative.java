package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Gradient;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.Map;

/// Descent along an estimate only as far as the batch's loss falls: θ ← the best of θ, θ − ηĝ and θ
/// + ηĝ.
///
/// All three losses are of the same batch. A step is taken only if its loss is below that of θ, so
/// that equal losses, or one that is not a number, leave θ where it is, with the same bits; of two
/// equal steps the one against ĝ is taken. Three losses beside those of the estimate: five for one
/// two-sided direction.
///
/// **Memory.** The estimate, and a copy of θ.
///
/// **Source:** Zhang et al., "Revisiting zeroth-order optimization for memory-efficient LLM
/// fine-tuning", ICML 2024 (ZO-SGD-Cons).
///
/// @param learningRate η > 0
/// @param estimator where ĝ comes from
public record ZoConservative(double learningRate, Estimator estimator) implements Optimizer {
  public ZoConservative {
    Settings.positive("zo-conservative", "learning rate", learningRate);
  }

  /// By the usual randomised estimate.
  public static ZoConservative of(double learningRate) {
    return new ZoConservative(learningRate, RandomEstimator.of());
  }

  /// The same with another estimate.
  public ZoConservative withEstimator(Estimator estimator) {
    return new ZoConservative(learningRate, estimator);
  }

  @Override
  public String name() {
    return "zo-conservative";
  }

  @Override
  public OptimizerState state(Parameters parameters, Kernels kernels) {
    return estimator.state(parameters, kernels).withRoom("best");
  }

  @Override
  public double step(Objective objective, Theta theta, Batch batch, OptimizerState state) {
    state.count();
    Probe probe = state.companion(Probe.class);
    probe.begin(state);
    boolean measures = !probe.replays();
    double rate = learningRate * state.rateFactor();
    Kernels k = state.kernels();
    Gradient start = state.room("best");
    k.copy(theta.values(), start.values(), theta.size());
    Gradient g = state.gradient();
    k.fill(g.values(), g.size(), 0);
    double here = measures ? objective.value(theta, batch) : 0;
    estimator.estimate(objective, theta, batch, state, 1, g);
    double best = here;
    double chosen = 0;
    if (measures) {
      for (int sign = -1; sign <= 1; sign += 2) {
        go(k, theta, start, g, sign * rate);
        double loss = objective.value(theta, batch);
        if (loss < best) {
          best = loss;
          chosen = sign;
        }
      }
    }
    go(k, theta, start, g, probe.number(chosen) * rate);
    return here;
  }

  private static void go(Kernels k, Theta theta, Gradient start, Gradient g, double step) {
    k.copy(start.values(), theta.values(), theta.size());
    if (step != 0) {
      k.addScaled(g.values(), step, theta.values(), theta.size());
    }
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("learningRate", learningRate);
    return ZerothOrder.settings(settings, estimator);
  }
}
