package ijen.op;

import ijen.kernel.Pointwise;

/// Natural logarithm: y = ln x; −∞ at 0, NaN below.
///
/// **Derivation.** From e^y = x follows e^y·y′ = 1, so y′ = 1/x: ∂L/∂x = (∂L/∂y)/x.
///
/// **Shapes:** any; the output has the input's.
public record Log() implements PointwiseOp {
  @Override
  public String name() {
    return "log";
  }

  @Override
  public Pointwise function() {
    return Pointwise.LOG;
  }
}
