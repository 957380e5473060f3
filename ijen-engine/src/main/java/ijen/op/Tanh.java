package ijen.op;

import ijen.graph.Frame;
import ijen.kernel.Buffer;

/// Hyperbolic tangent: y = tanh x = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ), in (−1, 1).
///
/// **Derivation.** With s = sinh, c = cosh: (s/c)′ = (c² − s²)/c² = 1 − y²; only the output is
/// needed: ∂L/∂x = (1 − y²)·∂L/∂y.
///
/// **Shapes:** any; the output has the input's.
public record Tanh() implements SymmetricOp {
  @Override
  public String name() {
    return "tanh";
  }

  @Override
  public void forward(Frame frame) {
    frame.kernels().tanh(frame.input(0), frame.output(), frame.count());
  }

  @Override
  public void derive(Frame frame, Buffer d, Buffer out) {
    frame.kernels().tanhGradient(frame.output(), d, out, frame.count());
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
