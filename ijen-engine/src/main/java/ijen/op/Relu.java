package ijen.op;

import ijen.graph.Frame;
import ijen.kernel.Buffer;

/// Rectified linear unit: y = max(x, 0).
///
/// **Derivation.** f is x for x > 0 and 0 for x < 0, so f′(x) = 1[x > 0] there. At 0 any number in
/// [0, 1] is a subgradient; Ijen takes 0, and with y = 0 ⇔ x ≤ 0 needs only the output: ∂L/∂x = 1[y
/// > 0]·∂L/∂y.
///
/// **Shapes:** any; the output has the input's.
///
/// **Source:** Nair, Hinton, "Rectified linear units improve restricted Boltzmann machines", ICML
/// 2010.
public record Relu() implements SymmetricOp {
  @Override
  public String name() {
    return "relu";
  }

  @Override
  public void forward(Frame frame) {
    frame.kernels().relu(frame.input(0), frame.output(), frame.count());
  }

  @Override
  public void derive(Frame frame, Buffer d, Buffer out) {
    frame.kernels().reluGradient(frame.output(), d, out, frame.count());
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
