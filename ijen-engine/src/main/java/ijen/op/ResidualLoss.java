package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Mode;
import ijen.graph.Op;
import ijen.graph.Plan.Purpose;
import ijen.graph.Shape;
import ijen.kernel.Kernels;
import java.util.List;

/// A loss of each sample that is a mean over its residuals: L = (1/n) Σᵢ ℓ(aᵢ − bᵢ), for a
/// prediction a and a target b.
///
/// ∂L/∂aᵢ = ℓ′(aᵢ − bᵢ)/n = −∂L/∂bᵢ. Forward keeps s with ℓ′ = [#slope]·s in buffer 0 of what is
/// kept. Forward mode: L̇ = (slope/n)·⟨s, ȧ − ḃ⟩.
interface ResidualLoss extends Op {
  /// What the numbers kept have to be multiplied by to be ℓ′.
  double slope();

  @Override
  default Form infer(List<Form> inputs) {
    return Forms.prediction(inputs).withShape(Shape.scalar());
  }

  @Override
  default void backward(Frame frame) {
    int n = width(frame);
    for (int i = 0; i < 2; i++) {
      if (frame.wants(i)) {
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
  default void tangent(Frame frame) {
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

  /// The factor of what is kept in the derivative by an input.
  private double factor(int input, int n) {
    return (input == 0 ? slope() : -slope()) / n;
  }

  /// s.
  @Override
  default int[] savedPerRow(List<Form> inputs, Mode mode) {
    return new int[] {inputs.getFirst().shape().size()};
  }

  /// One term of the tangent.
  @Override
  default int scratchPerRow(List<Form> inputs, Purpose purpose) {
    return purpose == Purpose.TANGENT ? 1 : 0;
  }

  @Override
  default boolean backwardReadsInput(int input) {
    return false;
  }

  @Override
  default boolean backwardReadsOutput() {
    return false;
  }

  @Override
  default long flops(List<Form> inputs, Form output, int rows) {
    return 3L * inputs.getFirst().elements(rows);
  }

  /// How many numbers a sample has.
  static int width(Frame frame) {
    return frame.inputForm(0).shape().size();
  }
}
