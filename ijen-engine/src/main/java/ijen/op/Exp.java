package ijen.op;

import ijen.kernel.Pointwise;

/// Exponential: y = eˣ.
///
/// **Derivation.** (eˣ)′ = eˣ; only the output is needed: ∂L/∂x = y·∂L/∂y.
///
/// **Shapes:** any; the output has the input's.
public record Exp() implements PointwiseOp {
  @Override
  public String name() {
    return "exp";
  }

  @Override
  public Pointwise function() {
    return Pointwise.EXP;
  }
}
