package ijen.op;

import ijen.graph.Frame;
import ijen.kernel.Buffer;

/// Exponential: y = eˣ.
///
/// **Derivation.** (eˣ)′ = eˣ; only the output is needed: ∂L/∂x = y·∂L/∂y.
///
/// **Shapes:** any; the output has the input's.
public record Exp() implements SymmetricOp {
  @Override
  public String name() {
    return "exp";
  }

  @Override
  public void forward(Frame frame) {
    frame.kernels().exp(frame.input(0), frame.output(), frame.count());
  }

  @Override
  public void derive(Frame frame, Buffer d, Buffer out) {
    int n = frame.count();
    frame.kernels().multiply(frame.output(), n, d, n, out, 1, n);
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public boolean backwardReadsInput(int input) {
    return false;
  }
}
