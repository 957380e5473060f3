package ijen.op;

import ijen.graph.Frame;

/// Mean absolute error of each sample: L = (1/n) Σᵢ |aᵢ − bᵢ|, for a prediction a and a target b.
///
/// **Derivation.** |e| is e above 0 and −e below: ∂L/∂aᵢ = sign(aᵢ − bᵢ)/n = −∂L/∂bᵢ. At 0 any
/// number in [−1, 1] is a subgradient; Ijen takes 0. The signs are kept. Forward mode: L̇ = (1/n)
/// ⟨sign(a − b), ȧ − ḃ⟩.
///
/// **Shapes:** both the same; one number for each sample.
public record MeanAbsoluteError() implements ResidualLoss {
  @Override
  public String name() {
    return "meanAbsoluteError";
  }

  @Override
  public double slope() {
    return 1;
  }

  @Override
  public void forward(Frame frame) {
    frame
        .kernels()
        .losses()
        .absoluteError(
            frame.input(0),
            frame.input(1),
            frame.saved(0),
            frame.output(),
            frame.rows(),
            ResidualLoss.width(frame));
  }
}
