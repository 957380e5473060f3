package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import ijen.graph.Plan.Purpose;
import ijen.graph.Shape;
import ijen.kernel.Kernels;
import java.util.List;

/// Euclidean norm of each sample: y = √(ε² + Σᵢ xᵢ²) with ε = 10⁻⁶.
///
/// The norm has no derivative at 0; ε makes it smooth there and moves it by at most 10⁻⁶ elsewhere.
///
/// **Derivation.** With s = ε² + Σ xᵢ²: ∂y/∂xᵢ = 2xᵢ / (2√s) = xᵢ/y: ∂L/∂x = (∂L/∂y / y)·x. Forward
/// mode: ẏ = ⟨x, ẋ⟩ / y.
///
/// **Shapes:** any; one number for each sample, or one if x is shared.
public record L2Norm() implements Op {
  private static final double EPSILON = 1e-6;

  @Override
  public String name() {
    return "l2Norm";
  }

  @Override
  public Form infer(List<Form> inputs) {
    return Forms.only(inputs).withShape(Shape.scalar());
  }

  @Override
  public void forward(Frame frame) {
    frame.kernels().normRows(frame.input(0), EPSILON, frame.output(), frame.rows(), width(frame));
  }

  @Override
  public void backward(Frame frame) {
    Kernels k = frame.kernels();
    k.divide(frame.gradient(), frame.output(), frame.scratch(), frame.rows());
    k.scaleRows(
        frame.scratch(), frame.input(0), 1, frame.inputGradient(0), frame.rows(), width(frame));
  }

  @Override
  public void tangent(Frame frame) {
    Kernels k = frame.kernels();
    k.dotRows(
        frame.input(0), frame.inputTangent(0), 1, frame.tangent(), frame.rows(), width(frame));
    k.divide(frame.tangent(), frame.output(), frame.tangent(), frame.rows());
  }

  /// ∂L/∂y divided by y.
  @Override
  public int scratchPerRow(List<Form> inputs, Purpose purpose) {
    return purpose == Purpose.GRADIENT ? 1 : 0;
  }

  @Override
  public long flops(List<Form> inputs, Form output, int rows) {
    return 2L * inputs.getFirst().elements(rows);
  }

  private static int width(Frame frame) {
    return frame.inputForm(0).shape().size();
  }
}
