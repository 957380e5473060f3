package ijen.op;

import ijen.graph.Frame;
import ijen.kernel.Buffer;

/// Logistic function: y = σ(x) = 1 / (1 + e⁻ˣ), in (0, 1).
///
/// **Derivation.** σ′ = e⁻ˣ / (1 + e⁻ˣ)² = σ·(1 − σ), since 1 − σ = e⁻ˣ / (1 + e⁻ˣ); only the
/// output is needed: ∂L/∂x = y(1 − y)·∂L/∂y.
///
/// **Shapes:** any; the output has the input's.
public record Sigmoid() implements SymmetricOp {
  @Override
  public String name() {
    return "sigmoid";
  }

  @Override
  public void forward(Frame frame) {
    frame.kernels().sigmoid(frame.input(0), frame.output(), frame.count());
  }

  @Override
  public void derive(Frame frame, Buffer d, Buffer out) {
    frame.kernels().sigmoidGradient(frame.output(), d, out, frame.count());
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
