package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import java.util.List;

/// Binary cross-entropy of a probability p against y in [0, 1], element by element: L = −y·ln p −
/// (1 − y)·ln(1 − p).
///
/// At p = 0 or 1 the formula has no value: each logarithm is held at −100 or above, and the
/// denominator of the gradient at 10⁻¹² or above, so that a saturated wrong answer still learns.
/// Prefer [BinaryCrossEntropyOfLogits], which needs no guard.
///
/// **Derivation.** δ = ∂L/∂p = −y/p + (1 − y)/(1 − p) = (p − y) / (p(1 − p)); γ = ∂L/∂y = ln(1 − p)
/// − ln p.
///
/// **Shapes:** both the same; the output too (reduce it with mean or sum).
public record BinaryCrossEntropy() implements PointwiseLoss {
  @Override
  public String name() {
    return "binaryCrossEntropy";
  }

  @Override
  public void forward(Frame frame) {
    frame
        .kernels()
        .losses()
        .binaryCrossEntropy(
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
