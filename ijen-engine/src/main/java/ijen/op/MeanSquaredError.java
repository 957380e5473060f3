package ijen.op;

import ijen.graph.Frame;
import ijen.kernel.Kernels;

/// Mean squared error of each sample: L = (1/n) Σᵢ (aᵢ − bᵢ)², for a prediction a and a target b.
///
/// **Derivation.** ∂L/∂aᵢ = (2/n)(aᵢ − bᵢ) = −∂L/∂bᵢ; the differences are kept. Forward mode: L̇ =
/// (2/n) ⟨a − b, ȧ − ḃ⟩.
///
/// **Shapes:** both the same; one number for each sample.
public record MeanSquaredError() implements ResidualLoss {
  @Override
  public String name() {
    return "meanSquaredError";
  }

  @Override
  public double slope() {
    return 2;
  }

  @Override
  public void forward(Frame frame) {
    int n = ResidualLoss.width(frame);
    int rows = frame.rows();
    Kernels k = frame.kernels();
    k.subtract(frame.input(0), n, frame.input(1), n, frame.saved(0), rows, n);
    k.dotRows(frame.saved(0), frame.saved(0), 1.0 / n, frame.output(), rows, n);
  }
}
