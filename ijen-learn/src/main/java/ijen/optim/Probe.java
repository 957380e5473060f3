package ijen.optim;

import ijen.graph.Direction;
import ijen.graph.Gradient;
import ijen.graph.Parameter;
import ijen.graph.ParameterVector;
import ijen.graph.Parameters;
import ijen.graph.Slope;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/// What an [Estimator] works with, beside what it remembers: its blocks, room for vectors where it
/// needs any, and the log, if there is one.
final class Probe {
  final Kernels kernels;
  final Parameter[][] blocks;

  /// A block of all parameters.
  final Parameter[] whole;

  /// Those that no block has.
  final Parameter[] others;

  final Slope slope = new Slope();
  final @Nullable Direction direction;
  final @Nullable Gradient backward;
  private @Nullable Theta origin;
  private @Nullable ZerothOrderLog log;

  Probe(Estimator estimator, Parameters parameters, Kernels kernels) {
    this.kernels = kernels;
    this.whole = parameters.list().toArray(Parameter[]::new);
    this.blocks =
        switch (estimator) {
          case RandomEstimator e -> e.blocks().of(parameters);
          case HybridEstimator e -> e.zeroth().blocks().of(parameters);
          case CoordinateEstimator e -> new Parameter[][] {whole};
          case ForwardEstimator e -> new Parameter[][] {whole};
        };
    this.others = parameters.list().stream().filter(p -> !isIn(p)).toArray(Parameter[]::new);
    this.direction =
        estimator instanceof ForwardEstimator
            ? new Direction(parameters, kernels.precision())
            : null;
    this.backward =
        estimator instanceof HybridEstimator ? new Gradient(parameters, kernels.precision()) : null;
    RandomEstimator random =
        switch (estimator) {
          case RandomEstimator e -> e;
          case HybridEstimator e -> e.zeroth();
          default -> null;
        };
    if (random != null && random.exact()) {
      keepOrigin(parameters);
    }
  }

  private boolean isIn(Parameter p) {
    for (Parameter[] block : blocks) {
      for (Parameter other : block) {
        if (other.index() == p.index()) {
          return true;
        }
      }
    }
    return false;
  }

  /// Makes room for the θ to come back to, if there is none yet.
  void keepOrigin(Parameters parameters) {
    if (origin == null) {
      origin = new Theta(parameters, kernels.precision());
    }
  }

  /// The θ to come back to. An estimator that comes back exactly copies each block of θ to it,
  /// before it moves the block.
  Theta origin() {
    if (origin == null) {
      throw new IllegalStateException("this estimator keeps no copy of θ");
    }
    return origin;
  }

  /// Copies a block of θ, to come back to.
  void leave(Parameter[] block, Theta theta) {
    copy(block, theta, origin());
  }

  /// Puts a block of θ back to the bits that it had.
  void comeBack(Parameter[] block, Theta theta) {
    copy(block, origin(), theta);
  }

  private void copy(Parameter[] block, ParameterVector from, ParameterVector to) {
    for (Parameter p : block) {
      kernels.copy(from.slice(p), to.slice(p), p.size());
    }
  }

  /// From here on, numbers are written to the log, or read from it.
  void attach(ZerothOrderLog log) {
    this.log = log;
  }

  /// Whether the numbers come from a log: then nobody needs to measure them.
  boolean replays() {
    return log != null && log.isRead();
  }

  /// Tells the log of a step.
  void begin(OptimizerState state) {
    if (log != null) {
      log.begin(state.steps(), state.rateFactor());
    }
  }

  /// A number on which the step depends, and which is not a function of seed and θ: what was
  /// measured, or what the log says.
  double number(double measured) {
    return log == null ? measured : log.number(measured);
  }
}
