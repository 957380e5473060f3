package ijen.op;

import ijen.kernel.Pointwise;

/// Exponential linear unit: y = x where x ≥ 0, else α(eˣ − 1).
///
/// **Derivation.** Above 0, f′ = 1; below, f′ = αeˣ = α(eˣ − 1) + α = y + α. At 0, where the sides
/// differ unless α = 1, Ijen takes α. As y > 0 ⇔ x > 0, only the output is needed: ∂L/∂x = ∂L/∂y or
/// (y + α)·∂L/∂y.
///
/// **Shapes:** any; the output has the input's.
///
/// **Range:** above −α, and −α at −∞; NaN stays NaN. In `float` within 0.94 units in the last place
/// for α = 1 and 1.92 for any α; the derivative is as exact as y + α can be, within 2⁻²⁴·α.
///
/// **Source:** Clevert, Unterthiner, Hochreiter, "Fast and accurate deep network learning by
/// exponential linear units (ELUs)", ICLR 2016.
///
/// @param alpha how far below 0 it goes, above 0; 1 is usual
public record Elu(double alpha) implements PointwiseOp {
  public Elu {
    Pointwise.elu(alpha); // refuses a bad one
  }

  @Override
  public String name() {
    return "elu";
  }

  @Override
  public Pointwise function() {
    return Pointwise.elu(alpha);
  }
}
