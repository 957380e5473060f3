package ijen.op;

import ijen.graph.Frame;
import ijen.kernel.Buffer;

/// Natural logarithm: y = ln x; −∞ at 0, NaN below.
///
/// **Derivation.** From e^y = x follows e^y·y′ = 1, so y′ = 1/x: ∂L/∂x = (∂L/∂y)/x.
///
/// **Shapes:** any; the output has the input's.
public record Log() implements SymmetricOp {
  @Override
  public String name() {
    return "log";
  }

  @Override
  public void forward(Frame frame) {
    frame.kernels().log(frame.input(0), frame.output(), frame.count());
  }

  @Override
  public void derive(Frame frame, Buffer d, Buffer out) {
    frame.kernels().divide(d, frame.input(0), out, frame.count());
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
