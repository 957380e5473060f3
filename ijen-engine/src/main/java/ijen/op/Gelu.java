package ijen.op;

import ijen.kernel.Pointwise;

/// Gaussian error linear unit: y = x·Φ(x), x times the probability that a standard normal number
/// lies below it; Φ(x) = (1 + erf(x/√2))/2.
///
/// The other form takes y = x/2·(1 + tanh(√(2/π)·(x + 0.044715x³))) for it, which is never further
/// than 5·10⁻⁴ away. As (1 + tanh u)/2 = σ(2u), it is x·σ(v) with v = 2√(2/π)·(x + 0.044715x³).
///
/// **Derivation.** Φ′ = φ with φ(x) = e^(−x²/2)/√(2π), so by the product rule f′ = Φ(x) + x·φ(x).
/// Of the other form, with σ′(v) = σ(v)·σ(−v): f′ = σ(v) + x·v′·σ(v)·σ(−v), v′ = 2√(2/π)·(1 +
/// 3·0.044715x²). f takes values below 0 twice, so y does not tell x: the input is needed.
///
/// **Shapes:** any; the output has the input's.
///
/// **Range:** from −0.17 (at x = −0.7518) up; −0 at −∞; NaN stays NaN. In `float` within 4.6 units
/// in the last place, the lower tail included, or 20 of the smallest subnormal (below −13); the
/// other form within 1.9 units from 0 up, and within 0.9·2⁻²⁴ below. The derivatives are within
/// 2.5·2⁻²⁴ and 3.9·2⁻²⁴.
///
/// **Source:** Hendrycks, Gimpel, "Gaussian error linear units (GELUs)", 2016, §2.
///
/// @param form which of the two
public record Gelu(Form form) implements PointwiseOp {
  /// The function itself, or what is computed in its place.
  public enum Form {
    /// x·Φ(x).
    EXACT,
    /// With the hyperbolic tangent.
    TANH
  }

  /// The function itself.
  public Gelu() {
    this(Form.EXACT);
  }

  @Override
  public String name() {
    return "gelu";
  }

  @Override
  public Pointwise function() {
    return switch (form) {
      case EXACT -> Pointwise.GELU;
      case TANH -> Pointwise.GELU_TANH;
    };
  }
}
