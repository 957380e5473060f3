package ijen.op;

import ijen.kernel.Pointwise;

/// Logistic function: y = σ(x) = 1 / (1 + e⁻ˣ), in (0, 1).
///
/// **Derivation.** σ′ = e⁻ˣ / (1 + e⁻ˣ)² = σ·(1 − σ), since 1 − σ = e⁻ˣ / (1 + e⁻ˣ); only the
/// output is needed: ∂L/∂x = y(1 − y)·∂L/∂y.
///
/// **Shapes:** any; the output has the input's.
public record Sigmoid() implements PointwiseOp {
  @Override
  public String name() {
    return "sigmoid";
  }

  @Override
  public Pointwise function() {
    return Pointwise.SIGMOID;
  }
}
