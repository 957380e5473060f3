package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Mode;
import ijen.graph.Op;
import ijen.graph.Plan.Purpose;
import ijen.graph.Shape;
import ijen.kernel.Kernels;
import java.util.List;

/// Mean squared error of each sample: L = (1/n) Σᵢ (aᵢ − bᵢ)², for a prediction a and a target b.
///
/// **Derivation.** ∂L/∂aᵢ = (2/n)(aᵢ − bᵢ) = −∂L/∂bᵢ; the differences are kept. Forward mode: L̇ =
/// (2/n) ⟨a − b, ȧ − ḃ⟩.
///
/// **Shapes:** both the same; one number for each sample.
public record MeanSquaredError() implements Op {
  @Override
  public String name() {
    return "meanSquaredError";
  }

  @Override
  public Form infer(List<Form> inputs) {
    return Forms.prediction(inputs).withShape(Shape.scalar());
  }

  @Override
  public void forward(Frame frame) {
    int n = width(frame);
    int rows = frame.rows();
    Kernels k = frame.kernels();
    k.subtract(frame.input(0), n, frame.input(1), n, frame.saved(0), rows, n);
    k.dotRows(frame.saved(0), frame.saved(0), 1.0 / n, frame.output(), rows, n);
  }

  @Override
  public void backward(Frame frame) {
    for (int i = 0; i < 2; i++) {
      if (frame.wants(i)) {
        int n = width(frame);
        frame
            .kernels()
            .scaleRows(
                frame.gradient(),
                frame.saved(0),
                factor(i, n),
                frame.inputGradient(i),
                frame.rows(),
                n);
      }
    }
  }

  @Override
  public void tangent(Frame frame) {
    int n = width(frame);
    Kernels k = frame.kernels();
    k.fill(frame.tangent(), frame.rows(), 0);
    for (int i = 0; i < 2; i++) {
      if (frame.hasTangent(i)) {
        k.dotRows(
            frame.saved(0), frame.inputTangent(i), factor(i, n), frame.scratch(), frame.rows(), n);
        k.addScaled(frame.scratch(), 1, frame.tangent(), frame.rows());
      }
    }
  }

  /// The differences.
  @Override
  public int[] savedPerRow(List<Form> inputs, Mode mode) {
    return new int[] {inputs.getFirst().shape().size()};
  }

  /// One term of the tangent.
  @Override
  public int scratchPerRow(List<Form> inputs, Purpose purpose) {
    return purpose == Purpose.TANGENT ? 1 : 0;
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
    return 3L * inputs.getFirst().elements(rows);
  }

  private static double factor(int input, int n) {
    return (input == 0 ? 2.0 : -2.0) / n;
  }

  private static int width(Frame frame) {
    return frame.inputForm(0).shape().size();
  }
}
