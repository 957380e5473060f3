package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import ijen.graph.Shape;
import java.util.List;

/// Nearest upsampling: each number of an image becomes a square of `factor × factor` equal ones.
///
/// y[c, i, j] = x[c, ⌊i/factor⌋, ⌊j/factor⌋].
///
/// **Derivation.** y is linear in x: ∂L/∂x is the sum of ∂L/∂y over the square that the number
/// became. Forward mode: ẏ is the upsampling of ẋ.
///
/// **Shapes:** x `[channels, height, width]`; y `[channels, height·factor, width·factor]`.
///
/// @param factor how many times as high and wide, 1 or more
public record UpsampleNearest(int factor) implements Op {
  public UpsampleNearest {
    ImageForms.factor("upsampleNearest", factor);
  }

  @Override
  public String name() {
    return "upsampleNearest";
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
        .upsampleNearest(
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
        .upsampleNearestGradient(
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
        .upsampleNearest(
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
