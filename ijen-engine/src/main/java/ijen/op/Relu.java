package ijen.op;

import ijen.kernel.Pointwise;

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
public record Relu() implements PointwiseOp {
  @Override
  public String name() {
    return "relu";
  }

  @Override
  public Pointwise function() {
    return Pointwise.RELU;
  }
}
