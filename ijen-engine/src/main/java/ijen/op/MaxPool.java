package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Mode;
import ijen.graph.Op;
import ijen.graph.Shape;
import ijen.kernel.Window;
import java.util.List;

/// Max pooling: in each channel, the largest number that a window sees; padding is never it.
///
/// y꜀ᵢⱼ = max over (k, l) of x[c, i·s − p + k, j·s − p + l], for stride s and padding p.
///
/// **Derivation.** Where one number is the largest, y is that number, and ∂y/∂x is 1 there and 0
/// elsewhere. Where several are, each of these is a subgradient; Ijen takes the first, row by row.
/// The place in the window is kept, so that ∂L/∂x is a sum of the ∂L/∂y whose maximum was there.
/// Forward mode: ẏ is ẋ at that place. A NaN counts as largest.
///
/// **Shapes:** x `[channels, height, width]`; y `[channels, rows, columns]` with `rows = ⌊(height +
/// 2p − window height)/s⌋ + 1`.
///
/// @param window what is seen at once; its padding at most half its size, its dilation 1
public record MaxPool(Window window) implements Op {
  public MaxPool {
    ImageForms.pooling("maxPool", window);
  }

  @Override
  public String name() {
    return "maxPool";
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
        .maxPool(
            window,
            frame.rows() * in.dimension(0),
            in.dimension(1),
            in.dimension(2),
            frame.input(0),
            frame.output(),
            frame.saved(0));
  }

  @Override
  public void backward(Frame frame) {
    Shape in = frame.inputForm(0).shape();
    frame
        .kernels()
        .images()
        .maxPoolGradient(
            window,
            frame.rows() * in.dimension(0),
            in.dimension(1),
            in.dimension(2),
            frame.gradient(),
            frame.saved(0),
            frame.inputGradient(0));
  }

  @Override
  public void tangent(Frame frame) {
    Shape in = frame.inputForm(0).shape();
    frame
        .kernels()
        .images()
        .pick(
            window,
            frame.rows() * in.dimension(0),
            in.dimension(1),
            in.dimension(2),
            frame.inputTangent(0),
            frame.saved(0),
            frame.tangent());
  }

  /// The places of the maxima.
  @Override
  public int[] savedPerRow(List<Form> inputs, Mode mode) {
    return new int[] {infer(inputs).shape().size()};
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
