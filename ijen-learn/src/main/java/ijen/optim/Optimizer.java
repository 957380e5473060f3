package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import java.util.Map;

/// A rule that takes one step at a time from θ towards a smaller loss.
///
/// The rule itself is a record of settings; what it remembers between steps is an [OptimizerState].
public interface Optimizer {
  /// The name in files and on the command line, for example `adam`.
  String name();

  /// The rate to which a schedule's factor applies.
  double learningRate();

  /// What it begins with: ready for the first step.
  OptimizerState state(Parameters parameters, Kernels kernels);

  /// Moves `theta` by one step and returns the batch's loss before it.
  double step(Objective objective, Theta theta, Batch batch, OptimizerState state);

  /// Whether each step has to see all samples, so that the loss is the same function in every step.
  default boolean needsAllSamples() {
    return false;
  }

  /// Whether it chooses its steps by values along a line, which have to fit its gradients.
  default boolean searchesALine() {
    return false;
  }

  /// Its settings by name, for the record of a run.
  Map<String, Object> settings();
}
