package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import ijen.graph.Shape;
import java.util.List;

/// Bilinear upsampling: an image of `factor` times the height and width, interpolated between the
/// centres of the pixels; their corners are not aligned (as PyTorch's `align_corners=False`).
///
/// Output row i lies at u = max(0, (i + ½)/factor − ½), between the input rows ⌊u⌋ and the next, of
/// which the last one is repeated; with λ = u − ⌊u⌋ it is (1 − λ) of the former and λ of the
/// latter. Columns likewise.
///
/// **Derivation.** y is linear in x: ∂L/∂x is, at each place, the sum of ∂L/∂y times the shares by
/// which the place went into them. Forward mode: ẏ is the upsampling of ẋ.
///
/// **Shapes:** x `[channels, height, width]`; y `[channels, height·factor, width·factor]`.
///
/// @param factor how many times as high and wide, 1 or more
public record UpsampleBilinear(int factor) implements Op {
  public UpsampleBilinear {
    ImageForms.factor("upsampleBilinear", factor);
  }

  @Override
  public String name() {
    return "upsampleBilinear";
  }

  @Override
  public Form infer(List<Form> inputs) {
    return ImageForms.upsampled(inputs, factor);
  }

  @Override
  public void forward(Frame frame) {
    Shape in = frame.inputForm(0).shape();
    frame
        .kernels()
        .images()
        .upsampleBilinear(
            factor,
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
        .upsampleBilinearGradient(
            factor,
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
        .upsampleBilinear(
            factor,
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
}
