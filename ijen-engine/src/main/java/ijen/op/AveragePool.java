package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import ijen.graph.Shape;
import ijen.kernel.Window;
import java.util.List;

/// Average pooling: in each channel, the mean of what a window sees, padding counted as zeros.
///
/// y꜀ᵢⱼ = 1/m Σ_k Σ_l x[c, i·s − p + k, j·s − p + l], for stride s and padding p, with m the size
/// of the window everywhere.
///
/// **Derivation.** y is linear in x: ∂L/∂x is, at each place, 1/m times the sum of the ∂L/∂y whose
/// window sees it. Forward mode: ẏ is the average pooling of ẋ.
///
/// **Shapes:** as in [MaxPool].
///
/// @param window what is seen at once; its padding at most half its size, its dilation 1
public record AveragePool(Window window) implements Op {
  public AveragePool {
    ImageForms.pooling("averagePool", window);
  }

  @Override
  public String name() {
    return "averagePool";
  }

  @Override
  public Form infer(List<Form> inputs) {
    return ImageForms.pooled(inputs, window);
  }

  @Override
  public void forward(Frame frame) {
    Shape in = frame.inputForm(0).shape();
    frame
        .kernels()
        .images()
        .averagePool(
            window,
            frame.rows() * in.dimension(0),
            in.dimension(1),
            in.dimension(2),
            frame.input(0),
            frame.output());
  }

  @Override
  public void backward(Frame frame) {
    Shape in = frame.inputForm(0).shape();
    frame
        .kernels()
        .images()
        .averagePoolGradient(
            window,
            frame.rows() * in.dimension(0),
            in.dimension(1),
            in.dimension(2),
            frame.gradient(),
            frame.inputGradient(0));
  }

  @Override
  public void tangent(Frame frame) {
    Shape in = frame.inputForm(0).shape();
    frame
        .kernels()
        .images()
        .averagePool(
            window,
            frame.rows() * in.dimension(0),
            in.dimension(1),
            in.dimension(2),
            frame.inputTangent(0),
            frame.tangent());
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
    return (long) output.elements(rows) * window.size();
  }
}
