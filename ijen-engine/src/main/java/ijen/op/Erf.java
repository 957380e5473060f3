package ijen.op;

import ijen.graph.Frame;
import ijen.kernel.Buffer;

/// Error function: y = erf x = 2/√π·∫₀ˣ e^(−t²) dt, odd, in (−1, 1).
///
/// **Derivation.** By the fundamental theorem of calculus y′ = 2/√π·e^(−x²); only the input is
/// needed: ∂L/∂x = 2/√π·e^(−x²)·∂L/∂y.
///
/// **Shapes:** any; the output has the input's.
public record Erf() implements SymmetricOp {
  @Override
  public String name() {
    return "erf";
  }

  @Override
  public void forward(Frame frame) {
    frame.kernels().erf(frame.input(0), frame.output(), frame.count());
  }

  @Override
  public void derive(Frame frame, Buffer d, Buffer out) {
    frame.kernels().erfGradient(frame.input(0), d, out, frame.count());
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
