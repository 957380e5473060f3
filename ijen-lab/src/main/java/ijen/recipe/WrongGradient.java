package ijen.recipe;

import ijen.graph.Batch;
import ijen.graph.Direction;
import ijen.graph.Gradient;
import ijen.graph.Objective;
import ijen.graph.Parameters;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/// An objective with a [Fault] in its gradient; its values are right.
///
/// A derivative along a direction is the wrong gradient's product with it, so that an optimiser
/// makes the fault however it asks. `descend` stays as [Objective] has it, gradient and step one
/// after the other: what is used up piece by piece cannot be spoiled.
abstract class WrongGradient implements Objective {
  private final Objective right;
  private final Kernels kernels;
  private @Nullable Gradient room;

  WrongGradient(Objective right, Kernels kernels) {
    this.right = right;
    this.kernels = kernels;
  }

  /// Makes the fault in a gradient that is right so far.
  abstract void spoil(Theta theta, Batch batch, Gradient gradient);

  final Kernels kernels() {
    return kernels;
  }

  @Override
  public final Parameters parameters() {
    return right.parameters();
  }

  @Override
  public final double value(Theta theta, Batch batch) {
    return right.value(theta, batch);
  }

  @Override
  public final double gradient(Theta theta, Batch batch, Gradient into) {
    double loss = right.gradient(theta, batch, into);
    spoil(theta, batch, into);
    return loss;
  }

  @Override
  public final double derivative(Theta theta, Direction v, Batch batch) {
    if (room == null) {
      room = new Gradient(parameters(), kernels.precision());
    }
    gradient(theta, batch, room);
    return kernels.dot(room.values(), v.values(), room.size());
  }

  @Override
  public final void settle(Theta theta) {
    right.settle(theta);
  }
}
