package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import java.util.Arrays;
import java.util.List;

/// Rows of a table, chosen by numbers: yᵢ is row xᵢ of T. The heart of an embedding.
///
/// **Derivation.** y is linear in T: ∂yᵢ/∂Tₑ is the identity where xᵢ = e, and zero elsewhere. So
/// ∂L/∂Tₑ = Σ ∂L/∂yᵢ over all i with xᵢ = e, added up in the order of i; and ẏᵢ is row xᵢ of Ṫ. The
/// numbers x have no derivative.
///
/// **Shapes:** table T `[count, width]`, shared; x any, whole numbers from 0 to count − 1; y `[x's,
/// width]`.
public record Lookup() implements Op {
  @Override
  public String name() {
    return "lookup";
  }

  @Override
  public Form infer(List<Form> inputs) {
    Forms.count(inputs, 2);
    Form table = inputs.getFirst();
    if (table.batched() || table.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "table " + table + ": expected [count, width], the same for all");
    }
    int[] numbers = inputs.get(1).shape().dimensions();
    int[] dimensions = Arrays.copyOf(numbers, numbers.length + 1);
    dimensions[numbers.length] = table.shape().dimension(1);
    return inputs.get(1).withShape(Shape.of(dimensions));
  }

  @Override
  public void forward(Frame frame) {
    choose(frame, frame.input(0), frame.output());
  }

  @Override
  public void backward(Frame frame) {
    int n = frame.inputCount(1);
    frame
        .kernels()
        .tables()
        .scatter(
            frame.gradient(),
            frame.input(1),
            frame.inputGradient(0),
            n,
            frame.inputForm(0).shape().dimension(0),
            frame.inputForm(0).shape().dimension(1));
  }

  @Override
  public void tangent(Frame frame) {
    choose(frame, frame.inputTangent(0), frame.tangent());
  }

  private static void choose(Frame frame, Buffer table, Buffer out) {
    frame
        .kernels()
        .tables()
        .gather(
            table,
            frame.input(1),
            out,
            frame.inputCount(1),
            frame.inputForm(0).shape().dimension(0),
            frame.inputForm(0).shape().dimension(1));
  }

  @Override
  public boolean differentiable(int input) {
    return input == 0;
  }

  @Override
  public boolean backwardReadsInput(int input) {
    return input == 1;
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
