package ijen.op;

import ijen.graph.Frame;
import ijen.kernel.Buffer;
import ijen.kernel.Pointwise;

/// An op that maps each number by the same function, yᵢ = f(xᵢ), which it names in [#function]; the
/// rest follows.
///
/// The Jacobian is diagonal: ∂L/∂xᵢ = f′(xᵢ)·∂L/∂yᵢ and ẏᵢ = f′(xᵢ)·ẋᵢ. Such an op works in place
/// and keeps what its derivative is made of, x or y or neither. One whose derivative is not made of
/// x is melted into an affine map before it, see [AffineActivation].
///
/// **Shapes:** any; the output has the input's.
public interface PointwiseOp extends SymmetricOp {
  /// The function.
  Pointwise function();

  @Override
  default void forward(Frame frame) {
    frame.kernels().apply(function(), frame.input(0), frame.output(), frame.count());
  }

  @Override
  default void derive(Frame frame, Buffer d, Buffer out) {
    frame.kernels().gradient(function(), frame.input(0), frame.output(), d, out, frame.count());
  }

  /// Zeros stay zeros: a tangent of one column stays one.
  @Override
  default void tangent(Frame frame) {
    SymmetricOp.super.tangent(frame);
    frame.limitTangent(frame.tangentColumn(0));
  }

  @Override
  default boolean inPlace() {
    return true;
  }

  @Override
  default boolean backwardReadsInput(int input) {
    return function().readsInput();
  }

  @Override
  default boolean backwardReadsOutput() {
    return function().readsOutput();
  }
}
