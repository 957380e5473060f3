package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import java.util.List;

/// Difference: y = a − b, element by element; what is shared serves every sample.
///
/// **Derivation.** ∂y/∂a = 1, ∂y/∂b = −1: ∂L/∂a = ∂L/∂y, ∂L/∂b = −∂L/∂y, summed over the batch for
/// a shared input. Forward mode: ẏ = ȧ − ḃ.
///
/// **Shapes:** both the same; the output too.
public record Subtract() implements Op {
  @Override
  public String name() {
    return "subtract";
  }

  @Override
  public Form infer(List<Form> inputs) {
    return Forms.combined(inputs);
  }

  @Override
  public void forward(Frame frame) {
    Broadcast.combine(frame, Kernels::subtract, frame.input(0), frame.input(1), frame.output());
  }

  @Override
  public void backward(Frame frame) {
    if (frame.wants(0)) {
      Broadcast.collect(frame, 0, frame.gradient());
    }
    if (frame.wants(1)) {
      Broadcast.collect(frame, 1, frame.gradient());
      Buffer db = frame.inputGradient(1);
      frame.kernels().scale(db, -1, db, frame.inputCount(1));
    }
  }

  @Override
  public void tangent(Frame frame) {
    if (frame.hasTangent(0) && frame.hasTangent(1)) {
      Broadcast.combine(
          frame, Kernels::subtract, frame.inputTangent(0), frame.inputTangent(1), frame.tangent());
    } else if (frame.hasTangent(0)) {
      Broadcast.spread(frame, 0, frame.inputTangent(0), frame.tangent());
    } else {
      Broadcast.spread(frame, 1, frame.inputTangent(1), frame.tangent());
      frame.kernels().scale(frame.tangent(), -1, frame.tangent(), frame.count());
    }
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public boolean backwardReadsInput(int input) {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
