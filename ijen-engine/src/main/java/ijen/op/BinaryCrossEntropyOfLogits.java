package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import java.util.List;

/// Binary cross-entropy of σ(z) against y in [0, 1], element by element, stable for any logit z: L
/// = −y·ln σ(z) − (1 − y)·ln(1 − σ(z)) = max(z, 0) − z·y + ln(1 + e^{−|z|}).
///
/// **Derivation.** ln σ(z) = z − s(z) and ln(1 − σ(z)) = −s(z) with s(z) = ln(1 + e^z), so L = s(z)
/// − y·z. As s′ = σ: δ = ∂L/∂z = σ(z) − y, and γ = ∂L/∂y = −z.
///
/// **Shapes:** both the same; the output too (reduce it with mean or sum).
public record BinaryCrossEntropyOfLogits() implements PointwiseLoss {
  @Override
  public String name() {
    return "binaryCrossEntropyOfLogits";
  }

  @Override
  public void forward(Frame frame) {
    int n = frame.count();
    frame
        .kernels()
        .losses()
        .binaryCrossEntropyOfLogits(
            frame.input(0), frame.input(1), frame.saved(0), frame.output(), n);
    frame.kernels().scale(frame.input(0), -1, frame.saved(1), n);
  }

  @Override
  public long flops(List<Form> inputs, Form output, int rows) {
    return 6L * output.elements(rows);
  }
}
