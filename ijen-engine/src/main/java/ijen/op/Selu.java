package ijen.op;

import ijen.kernel.Pointwise;

/// Scaled exponential linear unit: y = λx where x ≥ 0, else λα(eˣ − 1), with λ = 1.0507… and α =
/// 1.6732….
///
/// With these two numbers, layers with weights of mean 0 and variance 1/fan-in (LeCun's
/// initialisation) keep mean 0 and variance 1 of what goes through them.
///
/// **Derivation.** As [Elu], times λ: f′ = λ above 0; below, λαeˣ = y + λα: ∂L/∂x = λ·∂L/∂y or (y +
/// λα)·∂L/∂y.
///
/// **Shapes:** any; the output has the input's.
///
/// **Range:** above −1.7581; NaN stays NaN. In `float` within 1.92 units in the last place.
///
/// **Source:** Klambauer, Unterthiner, Mayr, Hochreiter, "Self-normalizing neural networks",
/// NeurIPS 2017, §2.
public record Selu() implements PointwiseOp {
  @Override
  public String name() {
    return "selu";
  }

  @Override
  public Pointwise function() {
    return Pointwise.SELU;
  }
}
