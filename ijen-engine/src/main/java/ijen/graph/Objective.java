package ijen.graph;

import ijen.kernel.Decay;
import ijen.kernel.Kernels;

/// A loss as a function of θ and a batch, with its derivatives: all that optimisers, landscapes,
/// searches and checks need to know of a network.
///
/// Calls with the same θ and the same batch, step included, give the same bits: what is random
/// (dropout) depends on the seed and the batch's step alone.
///
/// Not thread-safe: one objective serves one caller at a time; make one for each thread.
public interface Objective {
  /// The layout of θ.
  Parameters parameters();

  /// The loss L(θ). Nothing is kept for a backward pass.
  double value(Theta theta, Batch batch);

  /// The loss L(θ), and ∇L(θ) written into the given vector.
  double gradient(Theta theta, Batch batch, Gradient into);

  /// The exact derivative ⟨∇L(θ), v⟩ along `v`, by one forward pass that carries tangents.
  double derivative(Theta theta, Direction v, Batch batch);

  /// The loss L(θ) and its derivative ⟨∇L(θ), v⟩, for the price of [#derivative] alone where the
  /// objective can.
  default void slope(Theta theta, Direction v, Batch batch, Slope into) {
    into.set(value(theta, batch), derivative(theta, v, batch));
  }

  /// After a step: moves the running statistics of `theta` by what the latest call saw, whichever
  /// call that was. No other method changes them, so that they are moved once a step however often
  /// an optimiser asks, and by a step without gradients too. Does nothing for a network that has
  /// none, or is evaluated.
  default void settle(Theta theta) {}

  /// A step of gradient descent, `θ ← θ − rate·(∇L(θ) + decay∘θ)`; the loss L(θ) before it.
  ///
  /// The bits are those of [#gradient] and [ijen.kernel.UpdateKernels#sgd] after one another. An
  /// objective that can use up the gradient piece by piece does so here: of `room`, the content
  /// afterwards is not defined.
  default double descend(
      Theta theta, Batch batch, double rate, Decay decay, Gradient room, Kernels kernels) {
    double loss = gradient(theta, batch, room);
    kernels.updates().sgd(theta.values(), room.values(), theta.size(), rate, decay);
    return loss;
  }
}
