package ijen.op;

import ijen.kernel.Pointwise;

/// Heaviside's step: y = 1 where x > 0, else 0.
///
/// **Derivation.** f is constant on both sides of 0, so f′ = 0 wherever there is a derivative; at
/// 0, where there is none, Ijen takes 0 too: ∂L/∂x = 0. **Nothing that lies before a step learns by
/// gradients.** It is for networks whose weights are set by hand or trained without gradients; a
/// sigmoid is its smooth relative.
///
/// **Shapes:** any; the output has the input's.
///
/// **Range:** 0 or 1; NaN stays NaN.
///
/// **Source:** McCulloch, Pitts, "A logical calculus of the ideas immanent in nervous activity",
/// Bulletin of Mathematical Biophysics 5, 1943.
public record Step() implements PointwiseOp {
  @Override
  public String name() {
    return "step";
  }

  @Override
  public Pointwise function() {
    return Pointwise.STEP;
  }
}
