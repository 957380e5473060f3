package ijen.op;

import ijen.kernel.Pointwise;

/// Softplus, a smooth ReLU: y = ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|), which overflows nowhere.
///
/// **Derivation.** f′ = eˣ/(1 + eˣ) = σ(x). From eʸ = 1 + eˣ follows σ(x) = (eʸ − 1)/eʸ = 1 − e⁻ʸ,
/// so that only the output is needed: ∂L/∂x = (1 − e⁻ʸ)·∂L/∂y.
///
/// **Shapes:** any; the output has the input's.
///
/// **Range:** above 0; 0 at −∞, ∞ at ∞; NaN stays NaN. In `float` within 1.9 units in the last
/// place; its derivative within 0.94 for the given y.
///
/// **Source:** Dugas, Bengio, Bélisle, Nadeau, Garcia, "Incorporating second-order functional
/// knowledge for better option pricing", NeurIPS 2000.
public record Softplus() implements PointwiseOp {
  @Override
  public String name() {
    return "softplus";
  }

  @Override
  public Pointwise function() {
    return Pointwise.SOFTPLUS;
  }
}
