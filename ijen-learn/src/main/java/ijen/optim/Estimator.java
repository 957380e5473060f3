package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Objective;
import ijen.graph.ParameterVector;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import java.util.Map;

/// How a gradient is estimated from losses, or from derivatives along directions, without going
/// back through the network.
///
/// An estimate is a sum of numbers times directions, ĝ = Σ pᵢ·uᵢ. It is added to a vector, term by
/// term; no direction is kept.
public sealed interface Estimator
    permits RandomEstimator, CoordinateEstimator, ForwardEstimator, HybridEstimator {

  /// The name in files and on the command line: `random`, `coordinate`, `forward`, `hybrid`.
  String name();

  /// Adds `factor·ĝ` to `into`, for step number [OptimizerState#steps] of the batch; the loss at θ,
  /// or next to it.
  ///
  /// θ is where it was afterwards (see [RandomEstimator] for how exactly), unless `into` is θ.
  ///
  /// @param state made for an optimiser with this estimator
  /// @param into a gradient, a velocity, or θ itself, if [#movesTheta]
  double estimate(
      Objective objective,
      Theta theta,
      Batch batch,
      OptimizerState state,
      double factor,
      ParameterVector into);

  /// Whether an estimate may be added to θ itself: whether no loss is asked for after the first
  /// term, or is to be asked for at the new θ.
  boolean movesTheta();

  /// How many times it runs the network forward for an estimate.
  long forwards(Parameters parameters);

  /// Its settings by name, for the record of a run.
  Map<String, Object> settings();

  /// What it works with beside the given slots.
  default OptimizerState state(Parameters parameters, Kernels kernels, String... slots) {
    return new OptimizerState(parameters, kernels, slots)
        .withCompanion(new Probe(this, parameters, kernels));
  }
}
