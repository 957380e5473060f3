package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import ijen.graph.Shape;
import java.util.List;

/// Sum over the elements of each sample: y = Σᵢ xᵢ.
///
/// **Derivation.** ∂y/∂xᵢ = 1: ∂L/∂xᵢ = ∂L/∂y for every i. Forward mode: ẏ = Σᵢ ẋᵢ.
///
/// **Shapes:** any; one number for each sample, or one if x is shared.
public record Sum() implements Op {
  @Override
  public String name() {
    return "sum";
  }

  @Override
  public Form infer(List<Form> inputs) {
    return Forms.only(inputs).withShape(Shape.scalar());
  }

  @Override
  public void forward(Frame frame) {
    int n = frame.inputForm(0).shape().size();
    frame.kernels().sumRows(frame.input(0), 1, frame.output(), frame.rows(), n);
  }

  @Override
  public void backward(Frame frame) {
    int n = frame.inputForm(0).shape().size();
    frame.kernels().spreadRows(frame.gradient(), 1, frame.inputGradient(0), frame.rows(), n);
  }

  @Override
  public void tangent(Frame frame) {
    int n = frame.inputForm(0).shape().size();
    frame.kernels().sumRows(frame.inputTangent(0), 1, frame.tangent(), frame.rows(), n);
  }

  @Override
  public boolean backwardReadsInput(int input) {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public long flops(List<Form> inputs, Form output, int rows) {
    return inputs.getFirst().elements(rows);
  }
}
