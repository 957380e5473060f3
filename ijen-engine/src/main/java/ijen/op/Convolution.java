package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import ijen.graph.Plan.Purpose;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import ijen.kernel.ImageKernels;
import ijen.kernel.Pointwise;
import ijen.kernel.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// 2-D convolution, that is cross-correlation, as everybody calls it: every output is a weighted
/// sum of what a window sees, with or without a bias.
///
/// yₒᵢⱼ = bₒ + Σ_c Σ_k Σ_l Wₒ꜀ₖₗ·x[c, i·s − p + k·δ, j·s − p + l·δ], for stride s, padding p and
/// dilation δ; x is 0 outside the image. With groups, channels and outputs are cut into equal
/// parts, and outputs see the channels of their own part alone.
///
/// **Derivation.** y is linear in x, W and b. With D = ∂L/∂y, and each sum over those places that
/// exist:
/// - ∂L/∂x[c, u, v] = Σₒ Σ_k Σ_l Wₒ꜀ₖₗ·Dₒᵢⱼ over all (i, k) with i·s − p + k·δ = u, and likewise
///   (j, l) for v: a correlation of D with the window turned by 180°;
/// - ∂L/∂Wₒ꜀ₖₗ = Σₙ Σᵢ Σⱼ Dₙₒᵢⱼ·xₙ[c, i·s − p + k·δ, j·s − p + l·δ], over the samples n too;
/// - ∂L/∂bₒ = Σₙ Σᵢ Σⱼ Dₙₒᵢⱼ.
///
/// Forward mode, by the product rule: ẏ = conv(ẋ, W, ḃ) + conv(x, Ẇ).
///
/// **Shapes:** x `[channels, height, width]`, W `[outputs, channels/groups, window height, window
/// width]`, b `[outputs]`; y `[outputs, rows, columns]` with `rows = ⌊(height + 2p − δ·(window
/// height − 1) − 1)/s⌋ + 1`. W and b are shared by the batch.
///
/// **Source:** LeCun, Bottou, Bengio, Haffner, "Gradient-based learning applied to document
/// recognition", Proceedings of the IEEE, 1998; for the arithmetic of shapes Dumoulin, Visin, "A
/// guide to convolution arithmetic for deep learning", 2016.
///
/// @param window what is seen at once, and how it moves
/// @param groups into how many parts channels and outputs are cut
public record Convolution(Window window, int groups) implements Op {
  public Convolution {
    if (groups < 1) {
      throw new IllegalArgumentException("convolution: expected 1 or more groups, got " + groups);
    }
  }

  @Override
  public String name() {
    return "convolution";
  }

  @Override
  public Form infer(List<Form> inputs) {
    if (inputs.size() != 3) {
      Forms.count(inputs, 2);
    }
    Form x = inputs.get(0);
    Form w = inputs.get(1);
    ImageForms.image(x);
    Shape weight = ImageForms.weight(w, window, "[outputs, channels/groups");
    int channels = x.shape().dimension(0);
    int outputs = weight.dimension(0);
    if (channels != weight.dimension(1) * groups || outputs % groups != 0) {
      throw new IllegalArgumentException(
          "input "
              + x.shape()
              + " does not fit weight "
              + weight
              + " in "
              + groups
              + (groups == 1 ? " group" : " groups")
              + ": expected "
              + weight.dimension(1) * groups
              + " channels and outputs that the groups divide");
    }
    if (inputs.size() == 3) {
      ImageForms.bias(inputs.get(2), outputs);
    }
    return x.withShape(ImageForms.seen(x, window, outputs));
  }

  @Override
  public void forward(Frame frame) {
    forward(frame, Pointwise.NONE);
  }

  void forward(Frame frame, Pointwise f) {
    Buffer bias = biased(frame) ? frame.input(2) : null;
    convolve(frame, frame.input(0), frame.input(1), bias, f, frame.output());
  }

  private void convolve(
      Frame frame, Buffer x, Buffer weight, @Nullable Buffer bias, Pointwise f, Buffer y) {
    Shape in = frame.inputForm(0).shape();
    images(frame)
        .convolve(
            window,
            groups,
            frame.rows(),
            in.dimension(0),
            in.dimension(1),
            in.dimension(2),
            outputs(frame),
            x,
            weight,
            bias,
            f,
            y);
  }

  @Override
  public void backward(Frame frame) {
    backward(frame, Pointwise.NONE);
  }

  /// The gradients through f and the convolution; D becomes D∘f′.
  void backward(Frame frame, Pointwise f) {
    Buffer d = frame.gradient();
    delta(frame, f, d, biased(frame) && frame.wants(2) ? frame.inputGradient(2) : null);
    Shape in = frame.inputForm(0).shape();
    if (frame.wants(0)) {
      images(frame)
          .convolveInput(
              window,
              groups,
              frame.rows(),
              in.dimension(0),
              in.dimension(1),
              in.dimension(2),
              outputs(frame),
              d,
              frame.input(1),
              null,
              frame.inputGradient(0));
    }
    if (frame.wants(1)) {
      images(frame)
          .convolveWeight(
              window,
              groups,
              frame.rows(),
              in.dimension(0),
              in.dimension(1),
              in.dimension(2),
              outputs(frame),
              frame.input(0),
              d,
              frame.inputGradient(1));
    }
  }

  /// `d ← d∘f′`, and its sums by output.
  void delta(Frame frame, Pointwise f, Buffer d, @Nullable Buffer sums) {
    int outputs = outputs(frame);
    int plane = frame.outputForm().shape().size() / outputs;
    images(frame).convolutionDelta(f, frame.output(), d, d, sums, frame.rows(), outputs, plane);
  }

  @Override
  public void tangent(Frame frame) {
    Buffer t = frame.tangent();
    Buffer bias = biased(frame) && frame.hasTangent(2) ? frame.inputTangent(2) : null;
    if (frame.hasTangent(0)) {
      convolve(frame, frame.inputTangent(0), frame.input(1), bias, Pointwise.NONE, t);
      if (frame.hasTangent(1)) {
        Buffer second = frame.scratch();
        convolve(frame, frame.input(0), frame.inputTangent(1), null, Pointwise.NONE, second);
        frame.kernels().addScaled(second, 1, t, frame.count());
      }
    } else if (frame.hasTangent(1)) {
      convolve(frame, frame.input(0), frame.inputTangent(1), bias, Pointwise.NONE, t);
    } else if (bias != null) {
      int outputs = outputs(frame);
      int plane = frame.outputForm().shape().size() / outputs;
      images(frame).fillChannels(bias, t, frame.rows(), outputs, plane);
    }
  }

  /// One of two terms of the tangent.
  @Override
  public int scratchPerRow(List<Form> inputs, Purpose purpose) {
    return purpose == Purpose.TANGENT ? infer(inputs).shape().size() : 0;
  }

  /// An activation whose derivative can be told from its output is done on the way out.
  @Override
  public @Nullable Op fuse(Op next) {
    return next instanceof PointwiseOp op && !op.function().readsInput()
        ? new ConvolutionActivation(this, op.function())
        : null;
  }

  @Override
  public boolean backwardReadsInput(int input) {
    return input < 2;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public long flops(List<Form> inputs, Form output, int rows) {
    Shape weight = inputs.get(1).shape();
    return 2L * output.elements(rows) * (weight.size() / weight.dimension(0));
  }

  private static ImageKernels images(Frame frame) {
    return frame.kernels().images();
  }

  private static int outputs(Frame frame) {
    return frame.inputForm(1).shape().dimension(0);
  }

  private static boolean biased(Frame frame) {
    return frame.arity() == 3;
  }
}
