package ijen.op;

import ijen.kernel.Pointwise;

/// Hyperbolic tangent: y = tanh x = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ), in (−1, 1).
///
/// **Derivation.** With s = sinh, c = cosh: (s/c)′ = (c² − s²)/c² = 1 − y²; only the output is
/// needed: ∂L/∂x = (1 − y²)·∂L/∂y.
///
/// **Shapes:** any; the output has the input's.
public record Tanh() implements PointwiseOp {
  @Override
  public String name() {
    return "tanh";
  }

  @Override
  public Pointwise function() {
    return Pointwise.TANH;
  }
}
