package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import ijen.graph.Plan.Purpose;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import java.util.List;

/// Product: y = a∘b, element by element; what is shared multiplies every sample.
///
/// **Derivation.** ∂y/∂a = b, ∂y/∂b = a: ∂L/∂a = b∘∂L/∂y, ∂L/∂b = a∘∂L/∂y, summed over the batch
/// for a shared input. Forward mode, by the product rule: ẏ = ȧ∘b + a∘ḃ.
///
/// **Shapes:** both the same; the output too.
public record Multiply() implements Op {
  @Override
  public String name() {
    return "multiply";
  }

  @Override
  public Form infer(List<Form> inputs) {
    return Forms.combined(inputs);
  }

  @Override
  public void forward(Frame frame) {
    Broadcast.combine(frame, Kernels::multiply, frame.input(0), frame.input(1), frame.output());
  }

  @Override
  public void backward(Frame frame) {
    for (int i = 0; i < 2; i++) {
      if (frame.wants(i)) {
        int n = frame.outputForm().shape().size();
        int other = 1 - i;
        boolean sum = Broadcast.shared(frame, i);
        Buffer product = sum ? frame.scratch() : frame.inputGradient(i);
        frame
            .kernels()
            .multiply(
                frame.gradient(),
                n,
                frame.input(other),
                Broadcast.stride(frame, other),
                product,
                frame.rows(),
                n);
        if (sum) {
          Broadcast.collect(frame, i, product);
        }
      }
    }
  }

  @Override
  public void tangent(Frame frame) {
    Kernels k = frame.kernels();
    if (frame.hasTangent(0)) {
      Broadcast.combine(
          frame, Kernels::multiply, frame.inputTangent(0), frame.input(1), frame.tangent());
    } else {
      k.fill(frame.tangent(), frame.count(), 0);
    }
    if (frame.hasTangent(1)) {
      Broadcast.combine(
          frame, Kernels::multiply, frame.input(0), frame.inputTangent(1), frame.scratch());
      k.addScaled(frame.scratch(), 1, frame.tangent(), frame.count());
    }
  }

  /// Going back, the product that is summed over the batch for a shared input; in forward mode,
  /// a∘ḃ.
  @Override
  public int scratchPerRow(List<Form> inputs, Purpose purpose) {
    boolean sums = inputs.get(0).batched() != inputs.get(1).batched();
    return sums || purpose == Purpose.TANGENT ? inputs.getFirst().shape().size() : 0;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
