package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import ijen.kernel.Kernels;
import java.util.List;

/// Sum: y = a + b, element by element; what is shared is added to every sample.
///
/// **Derivation.** ∂y/∂a = ∂y/∂b = 1: ∂L/∂a = ∂L/∂b = ∂L/∂y, summed over the batch for a shared
/// input, whose one value is used in every row. Forward mode: ẏ = ȧ + ḃ.
///
/// **Shapes:** both the same; the output too.
public record Add() implements Op {
  @Override
  public String name() {
    return "add";
  }

  @Override
  public Form infer(List<Form> inputs) {
    return Forms.combined(inputs);
  }

  @Override
  public void forward(Frame frame) {
    Broadcast.combine(frame, Kernels::add, frame.input(0), frame.input(1), frame.output());
  }

  @Override
  public void backward(Frame frame) {
    for (int i = 0; i < 2; i++) {
      if (frame.wants(i)) {
        Broadcast.collect(frame, i, frame.gradient());
      }
    }
  }

  @Override
  public void tangent(Frame frame) {
    if (frame.hasTangent(0) && frame.hasTangent(1)) {
      Broadcast.combine(
          frame, Kernels::add, frame.inputTangent(0), frame.inputTangent(1), frame.tangent());
    } else {
      int i = frame.hasTangent(0) ? 0 : 1;
      Broadcast.spread(frame, i, frame.inputTangent(i), frame.tangent());
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
