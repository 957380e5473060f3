package ijen.optim;

import ijen.graph.Batch;
import ijen.graph.Direction;
import ijen.graph.Gradient;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Slope;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.optim.Clipped.By;

/// An objective whose gradients are clipped.
///
/// It leaves `descend` as [Objective] has it, gradient and step one after the other: a gradient
/// that is used up piece by piece cannot be clipped. A derivative along a direction is clipped as
/// the gradient of a function of one number, for which norm and value are the same.
final class ClippedObjective implements Objective {
  /// Kept off zero in the quotient of norms.
  private static final double GUARD = 1e-6;

  final Objective objective;
  final double limit;
  private final By by;
  private final Kernels kernels;

  ClippedObjective(Objective objective, By by, double limit, Kernels kernels) {
    this.objective = objective;
    this.by = by;
    this.limit = limit;
    this.kernels = kernels;
  }

  @Override
  public Parameters parameters() {
    return objective.parameters();
  }

  @Override
  public double value(Theta theta, Batch batch) {
    return objective.value(theta, batch);
  }

  @Override
  public double gradient(Theta theta, Batch batch, Gradient into) {
    double loss = objective.gradient(theta, batch, into);
    Buffer g = into.values();
    int n = into.size();
    switch (by) {
      case NORM -> {
        double factor = limit / (Math.sqrt(kernels.dot(g, g, n)) + GUARD);
        if (factor < 1) {
          kernels.scale(g, factor, g, n);
        }
      }
      case VALUE -> kernels.updates().clip(g, n, limit);
    }
    return loss;
  }

  @Override
  public double derivative(Theta theta, Direction v, Batch batch) {
    return clip(objective.derivative(theta, v, batch));
  }

  @Override
  public void slope(Theta theta, Direction v, Batch batch, Slope into) {
    objective.slope(theta, v, batch, into);
    into.set(into.value(), clip(into.derivative()));
  }

  private double clip(double derivative) {
    return Math.min(Math.max(derivative, -limit), limit);
  }

  @Override
  public void settle(Theta theta) {
    objective.settle(theta);
  }
}
