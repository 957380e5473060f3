package ijen.op;

import ijen.kernel.Pointwise;

/// Leaky rectified linear unit: y = x where x > 0, else slope·x.
///
/// **Derivation.** f is linear on both sides of 0: f′ = 1 or slope. At 0 Ijen takes the slope. With
/// slope ≥ 0, y > 0 ⇔ x > 0, so that only the output is needed; else the input: ∂L/∂x = ∂L/∂y or
/// slope·∂L/∂y.
///
/// **Shapes:** any; the output has the input's.
///
/// **Range:** all numbers; NaN stays NaN.
///
/// **Source:** Maas, Hannun, Ng, "Rectifier nonlinearities improve neural network acoustic models",
/// ICML workshop on deep learning for audio, speech and language processing, 2013.
///
/// @param slope the slope below 0, any finite number; 0.01 is usual
public record LeakyRelu(double slope) implements PointwiseOp {
  public LeakyRelu {
    Pointwise.leakyRelu(slope); // refuses a bad one
  }

  @Override
  public String name() {
    return "leakyRelu";
  }

  @Override
  public Pointwise function() {
    return Pointwise.leakyRelu(slope);
  }
}
