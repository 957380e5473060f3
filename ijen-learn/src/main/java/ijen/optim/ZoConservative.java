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
/// **Memory.** A copy of θ, which an estimator that comes back exactly shares. An estimate along
/// one direction is added to θ itself, any other is gathered in one more vector. The second step
/// needs nothing: θ + ηĝ = 2θ − (θ − ηĝ), in the place of the worse of these two.
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
    OptimizerState state = estimator.state(parameters, kernels);
    state.companion(Probe.class).keepOrigin(parameters);
    return state;
  }

  @Override
  public double step(Objective objective, Theta theta, Batch batch, OptimizerState state) {
    state.count();
    Probe probe = state.companion(Probe.class);
    probe.begin(state);
    boolean measures = !probe.replays();
    double rate = learningRate * state.rateFactor();
    Kernels k = state.kernels();
    Theta start = probe.origin();
    k.copy(theta.values(), start.values(), theta.size());
    start.statistics().copyFrom(theta.statistics()); // losses are asked for there too
    double here = measures ? objective.value(theta, batch) : 0;
    against(objective, theta, batch, state, rate);
    if (!measures) {
      double sign = probe.number(0);
      if (sign > 0) {
        reflect(k, start, theta, theta);
      } else if (sign == 0) {
        k.copy(start.values(), theta.values(), theta.size());
      }
      return here;
    }
    double against = objective.value(theta, batch);
    boolean down = against < here;
    Theta along = down ? start : theta; // in the place of the worse one
    reflect(k, start, theta, along);
    boolean up = objective.value(along, batch) < (down ? against : here);
    if (up == down) {
      k.copy(start.values(), theta.values(), theta.size());
    }
    probe.number(up ? 1 : down ? -1 : 0);
    return here;
  }

  /// Takes the step against the estimate, θ ← θ − rate·ĝ.
  private void against(
      Objective objective, Theta theta, Batch batch, OptimizerState state, double rate) {
    Probe probe = state.companion(Probe.class);
    boolean oneDirection = estimator.movesTheta() && probe.blocks.length == 1;
    if (oneDirection) {
      estimator.estimate(objective, theta, batch, state, -rate, theta);
    } else {
      Kernels k = state.kernels();
      Theta start = probe.origin();
      Gradient g = state.gradient();
      k.fill(g.values(), g.size(), 0);
      estimator.estimate(objective, theta, batch, state, 1, g);
      k.copy(start.values(), theta.values(), theta.size()); // an estimate may leave roundings
      k.addScaled(g.values(), -rate, theta.values(), theta.size());
    }
  }

  /// Writes the mirror image of `point` at `centre`, 2·centre − point, over one of the two: the
  /// same bits whichever it is.
  private static void reflect(Kernels k, Theta centre, Theta point, Theta into) {
    boolean overPoint = into == point;
    Theta other = overPoint ? centre : point;
    k.scale(into.values(), overPoint ? -1 : 2, into.values(), into.size()); // exact
    k.addScaled(other.values(), overPoint ? 2 : -1, into.values(), into.size()); // rounded once
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("learningRate", learningRate);
    return ZerothOrder.settings(settings, estimator);
  }
}
