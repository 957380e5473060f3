package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import java.util.List;

/// The same numbers, row-major, in another shape.
///
/// **Derivation.** The identity: ∂L/∂x = ∂L/∂y.
///
/// **Shapes:** any to any of the same size; the batch is not part of it.
///
/// @param shape the new shape of one sample
public record Reshape(Shape shape) implements SymmetricOp {
  @Override
  public String name() {
    return "reshape";
  }

  @Override
  public Form infer(List<Form> inputs) {
    Form x = Forms.only(inputs);
    if (x.shape().size() != shape.size()) {
      throw new IllegalArgumentException(
          "input "
              + x
              + " has "
              + x.shape().size()
              + " elements, shape "
              + shape
              + " has "
              + shape.size()
              + ": expected as many");
    }
    return x.withShape(shape);
  }

  @Override
  public void forward(Frame frame) {
    derive(frame, frame.input(0), frame.output());
  }

  @Override
  public void derive(Frame frame, Buffer d, Buffer out) {
    frame.kernels().copy(d, out, frame.count());
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public boolean isView() {
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

  @Override
  public long flops(List<Form> inputs, Form output, int rows) {
    return 0;
  }
}
