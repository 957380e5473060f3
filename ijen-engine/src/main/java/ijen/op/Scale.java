package ijen.op;

import ijen.graph.Frame;
import ijen.kernel.Buffer;

/// Multiplication by a constant: y = factor·x.
///
/// **Derivation.** f′ = factor: ∂L/∂x = factor·∂L/∂y.
///
/// **Shapes:** any; the output has the input's.
///
/// @param factor any finite number
public record Scale(double factor) implements SymmetricOp {
  public Scale {
    if (!Double.isFinite(factor)) {
      throw new IllegalArgumentException("scale: expected a finite factor, got " + factor);
    }
  }

  @Override
  public String name() {
    return "scale";
  }

  @Override
  public void forward(Frame frame) {
    derive(frame, frame.input(0), frame.output());
  }

  @Override
  public void derive(Frame frame, Buffer d, Buffer out) {
    frame.kernels().scale(d, factor, out, frame.count());
  }

  /// Zeros stay zeros: a tangent of one column stays one.
  @Override
  public void tangent(Frame frame) {
    SymmetricOp.super.tangent(frame);
    frame.limitTangent(frame.tangentColumn(0));
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public boolean backwardReadsInput(int input) {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
