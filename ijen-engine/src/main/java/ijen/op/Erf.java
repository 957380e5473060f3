package ijen.op;

import ijen.kernel.Pointwise;

/// Error function: y = erf x = 2/√π·∫₀ˣ e^(−t²) dt, odd, in (−1, 1).
///
/// **Derivation.** By the fundamental theorem of calculus y′ = 2/√π·e^(−x²); only the input is
/// needed: ∂L/∂x = 2/√π·e^(−x²)·∂L/∂y.
///
/// **Shapes:** any; the output has the input's.
public record Erf() implements PointwiseOp {
  @Override
  public String name() {
    return "erf";
  }

  @Override
  public Pointwise function() {
    return Pointwise.ERF;
  }
}
