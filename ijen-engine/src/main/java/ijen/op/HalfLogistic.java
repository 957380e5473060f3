package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import java.util.List;

/// Half of the logistic loss, element by element, of a logit z against y in [0, 1]: L = y·ln(1 +
/// e⁻ᶻ) + (1 − y)·z.
///
/// The logistic loss ([BinaryCrossEntropyOfLogits]) is ln(1 + e⁻ᶻ) + (1 − y)·z: here the logarithm
/// counts for y = 1 alone. For y = 0 nothing holds z back, so that **L is unbounded below**:
/// training drives it to −∞, and θ with it, however small the rate. It is here to be studied.
///
/// **Derivation.** With σ(z) = 1/(1 + e⁻ᶻ), (ln(1 + e⁻ᶻ))′ = −e⁻ᶻ/(1 + e⁻ᶻ) = σ(z) − 1: δ = ∂L/∂z =
/// y·(σ(z) − 1) + 1 − y = 1 − 2y + y·σ(z), and γ = ∂L/∂y = ln(1 + e⁻ᶻ) − z. As δ′ = y·σ(z)·σ(−z) is
/// never negative and at most y/4, L is convex in z with a slope that changes by at most y/4 for
/// each unit; where y = 0 it is straight.
///
/// **Shapes:** both the same; the output too (reduce it with mean or sum).
public record HalfLogistic() implements PointwiseLoss {
  @Override
  public String name() {
    return "halfLogistic";
  }

  @Override
  public void forward(Frame frame) {
    frame
        .kernels()
        .losses()
        .halfLogistic(
            frame.input(0),
            frame.input(1),
            frame.saved(0),
            frame.saved(1),
            frame.output(),
            frame.count());
  }

  @Override
  public long flops(List<Form> inputs, Form output, int rows) {
    return 6L * output.elements(rows);
  }
}
