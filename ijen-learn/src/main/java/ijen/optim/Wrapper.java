package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Kernels;

/// An optimiser around another one, which does the work: whatever a wrapper does not change is as
/// the optimiser within has it.
///
/// To change the gradients that it sees, however it asks for them, is to hand it another objective.
public interface Wrapper extends Optimizer {
  /// The optimiser within.
  Optimizer optimizer();

  /// What the optimiser within is handed in place of `objective`, which is the same in all steps of
  /// a training: asked for once.
  default Objective handed(Objective objective, Kernels kernels) {
    return objective;
  }

  /// The name of the optimiser within.
  @Override
  default String name() {
    return optimizer().name();
  }

  @Override
  default double learningRate() {
    return optimizer().learningRate();
  }

  @Override
  default boolean needsAllSamples() {
    return optimizer().needsAllSamples();
  }

  @Override
  default boolean searchesALine() {
    return optimizer().searchesALine();
  }

  @Override
  default OptimizerState state(Parameters parameters, Kernels kernels) {
    return optimizer().state(parameters, kernels);
  }

  @Override
  default double step(Objective objective, Theta theta, Batch batch, OptimizerState state) {
    return optimizer().step(state.handed(objective, this), theta, batch, state);
  }
}
