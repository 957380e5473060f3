package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import ijen.graph.Plan.Purpose;
import ijen.kernel.Pointwise;
import java.util.List;

/// Convolution and activation in one go: y = f(conv(x, W) + b). A plan puts it where an activation
/// is the only reader of a [Convolution] ([Op#fuse]); the bits are those of the two.
///
/// **Derivation.** With z = conv(x, W) + b and D = ∂L/∂y, the chain rule gives ∂L/∂z = D∘f′(z), and
/// each f here has an f′ that is a function of y. From there on all is as in [Convolution]. ∂L/∂z
/// is written over D, which nobody reads again.
///
/// Forward mode: ẏ = f′(z)∘ż with the ż of [Convolution].
///
/// **Shapes:** as in [Convolution].
///
/// @param convolution what is done first
/// @param f the activation, whose derivative must not be made of its input
public record ConvolutionActivation(Convolution convolution, Pointwise f) implements Op {
  public ConvolutionActivation {
    if (f.readsInput()) {
      throw new IllegalArgumentException(
          "convolution+"
              + f
              + ": its derivative needs z, which is written over; apply it by itself");
    }
  }

  @Override
  public String name() {
    return convolution.name() + "+" + f;
  }

  @Override
  public Form infer(List<Form> inputs) {
    return convolution.infer(inputs);
  }

  @Override
  public void forward(Frame frame) {
    convolution.forward(frame, f);
  }

  @Override
  public void backward(Frame frame) {
    convolution.backward(frame, f);
  }

  @Override
  public void tangent(Frame frame) {
    convolution.tangent(frame);
    convolution.delta(frame, f, frame.tangent(), null);
  }

  @Override
  public int scratchPerRow(List<Form> inputs, Purpose purpose) {
    return convolution.scratchPerRow(inputs, purpose);
  }

  @Override
  public boolean backwardReadsInput(int input) {
    return convolution.backwardReadsInput(input);
  }

  @Override
  public long flops(List<Form> inputs, Form output, int rows) {
    return convolution.flops(inputs, output, rows) + output.elements(rows);
  }
}
