package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Mode;
import ijen.graph.Op;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import java.util.List;

/// A loss of each pair of prediction and target by itself: Lᵢ = ℓ(pᵢ, yᵢ).
///
/// Both Jacobians are diagonal: ∂L/∂pᵢ = δᵢ·∂L/∂Lᵢ with δ = ∂ℓ/∂p, and likewise with γ = ∂ℓ/∂y for
/// the target. Forward mode: L̇ᵢ = δᵢ·ṗᵢ + γᵢ·ẏᵢ. Forward writes δ to buffer 0 of what is kept and
/// γ to buffer 1.
interface PointwiseLoss extends Op {
  @Override
  default Form infer(List<Form> inputs) {
    return Forms.prediction(inputs);
  }

  @Override
  default void backward(Frame frame) {
    int n = frame.count();
    for (int i = 0; i < 2; i++) {
      if (frame.wants(i)) {
        frame
            .kernels()
            .multiply(frame.saved(i), n, frame.gradient(), n, frame.inputGradient(i), 1, n);
      }
    }
  }

  @Override
  default void tangent(Frame frame) {
    int n = frame.count();
    Kernels k = frame.kernels();
    k.fill(frame.tangent(), n, 0);
    for (int i = 0; i < 2; i++) {
      if (frame.hasTangent(i)) {
        Buffer partial = frame.saved(i); // not needed again
        k.multiply(partial, n, frame.inputTangent(i), n, partial, 1, n);
        k.addScaled(partial, 1, frame.tangent(), n);
      }
    }
  }

  @Override
  default int[] savedPerRow(List<Form> inputs, Mode mode) {
    int size = inputs.getFirst().shape().size();
    return new int[] {size, size};
  }

  @Override
  default boolean backwardReadsInput(int input) {
    return false;
  }

  @Override
  default boolean backwardReadsOutput() {
    return false;
  }
}
