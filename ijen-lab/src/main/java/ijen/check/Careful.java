package ijen.check;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Mode;
import ijen.graph.Op;
import ijen.graph.Plan;
import java.util.List;

/// An op without what makes it fast: not fused, not in place, with all its memory kept.
///
/// What is right so and wrong otherwise makes a wrong promise about memory or fusion.
///
/// @param op the op
record Careful(Op op) implements Op {
  @Override
  public String name() {
    return op.name();
  }

  @Override
  public Form infer(List<Form> inputs) {
    return op.infer(inputs);
  }

  @Override
  public void forward(Frame frame) {
    op.forward(frame);
  }

  @Override
  public void backward(Frame frame) {
    op.backward(frame);
  }

  @Override
  public void tangent(Frame frame) {
    op.tangent(frame);
  }

  @Override
  public boolean differentiable(int input) {
    return op.differentiable(input);
  }

  @Override
  public int[] savedPerRow(List<Form> inputs, Mode mode) {
    return op.savedPerRow(inputs, mode);
  }

  @Override
  public int[] savedPerBatch(List<Form> inputs, Mode mode) {
    return op.savedPerBatch(inputs, mode);
  }

  @Override
  public void settle(Frame frame) {
    op.settle(frame);
  }

  @Override
  public int scratchPerRow(List<Form> inputs, Plan.Purpose purpose) {
    return op.scratchPerRow(inputs, purpose);
  }
}
