package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Gradient;
import ijen.graph.Objective;
import ijen.graph.Parameter;
import ijen.graph.ParameterVector;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// Some blocks by losses alone, the others by back-propagation, all at the same θ and batch.
///
/// With Z what the blocks of `zeroth` hold, usually the earlier layers (`whole-k`): ĝ = factor·(the
/// randomised estimate) on Z, and ∇L elsewhere. One clean pass forward and back, and the losses of
/// the estimate. The pass back goes through the whole network, of which only what is outside of Z
/// is used.
///
/// The factor makes the rate of Z another than that of the rest: a stable step along an estimate of
/// d numbers is smaller by q/(d + q + 1).
///
/// **Source:** Zhang et al., "Revisiting zeroth-order optimization for memory-efficient LLM
/// fine-tuning", ICML 2024 (hybrid training).
///
/// @param zeroth the estimate, and on which blocks
/// @param factor its weight, above 0
public record HybridEstimator(RandomEstimator zeroth, double factor) implements Estimator {
  private static final String NAME = "hybrid";

  public HybridEstimator {
    Settings.positive(NAME, "factor", factor);
  }

  /// The last `layers` layers by back-propagation, with the factor 1.
  public static HybridEstimator of(RandomEstimator zeroth, int layers) {
    return new HybridEstimator(zeroth.withBlocks(zeroth.blocks().withoutLast(layers)), 1);
  }

  /// The same with another factor.
  public HybridEstimator withFactor(double factor) {
    return new HybridEstimator(zeroth, factor);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean movesTheta() {
    return false;
  }

  @Override
  public long forwards(Parameters parameters) {
    return 1 + zeroth.forwards(parameters);
  }

  @Override
  public double estimate(
      Objective objective,
      Theta theta,
      Batch batch,
      OptimizerState state,
      double factor,
      ParameterVector into) {
    if (into == theta) {
      throw new IllegalArgumentException("hybrid: θ has to stay until all is measured");
    }
    Probe probe = state.companion(Probe.class);
    Gradient gradient = Objects.requireNonNull(probe.backward, "room for a gradient");
    double loss = objective.gradient(theta, batch, gradient);
    for (Parameter p : probe.others) {
      probe.kernels.addScaled(gradient.slice(p), factor, into.slice(p), p.size());
    }
    zeroth.estimate(objective, theta, batch, state, factor * this.factor, into);
    return loss;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>(zeroth.settings());
    settings.put("factor", factor);
    return settings;
  }
}
