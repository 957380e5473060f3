package ijen.op;

import ijen.graph.Frame;

/// Huber's loss of each sample, squared for small residuals and absolute for large ones: L = (1/n)
/// Σᵢ h(aᵢ − bᵢ) with h(e) = e²/2 where |e| ≤ δ, else δ·(|e| − δ/2).
///
/// One outlier moves the fit no more than a residual of δ does.
///
/// **Derivation.** h′(e) = e where |e| ≤ δ, else δ·sign(e): e held between ± δ, without a jump.
/// ∂L/∂aᵢ = h′(aᵢ − bᵢ)/n = −∂L/∂bᵢ; the h′ are kept. Forward mode: L̇ = (1/n) ⟨h′, ȧ − ḃ⟩.
///
/// **Shapes:** both the same; one number for each sample.
///
/// **Source:** Huber, "Robust estimation of a location parameter", Annals of Mathematical
/// Statistics 35, 1964.
///
/// @param delta where the one becomes the other, above 0; 1 is usual
public record Huber(double delta) implements ResidualLoss {
  public Huber {
    if (!(delta > 0 && Double.isFinite(delta))) {
      throw new IllegalArgumentException("huber: expected a finite delta above 0, got " + delta);
    }
  }

  @Override
  public String name() {
    return "huber";
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
        .huber(
            frame.input(0),
            frame.input(1),
            delta,
            frame.saved(0),
            frame.output(),
            frame.rows(),
            ResidualLoss.width(frame));
  }
}
