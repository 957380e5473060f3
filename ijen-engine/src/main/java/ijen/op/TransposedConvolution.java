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

/// 2-D transposed convolution: every number of x puts a weighted copy of the window into y, where
/// copies add up; with or without a bias. With a stride above 1 it makes images larger.
///
/// y[o, i·s − p + k·δ, j·s − p + l·δ] = bₒ + Σ_c W꜀ₒₖₗ·x꜀ᵢⱼ, summed over all (i, k) and (j, l) that
/// meet there, for stride s, padding p and dilation δ.
///
/// **Derivation.** It is ∂L/∂x of a [Convolution] from y's shape to x's, with the same W, and so
/// its own derivatives are the convolution. With D = ∂L/∂y:
/// - ∂L/∂x = conv(D, W);
/// - ∂L/∂W is that of this convolution, D being what it is applied to and x its output's gradient;
/// - ∂L/∂bₒ = Σ of Dₒ over samples and places.
///
/// Forward mode, by the product rule: ẏ = convᵀ(ẋ, W, ḃ) + convᵀ(x, Ẇ).
///
/// **Shapes:** x `[channels, height, width]`, W `[channels, outputs/groups, window height, window
/// width]`, b `[outputs]`; y `[outputs, rows, columns]` with `rows = (height − 1)·s − 2p +
/// δ·(window height − 1) + 1 + outputPadding`. Several heights have the same ⌊·⌋ in the shape of a
/// convolution: outputPadding says which of them y has.
///
/// **Source:** Zeiler, Krishnan, Taylor, Fergus, "Deconvolutional networks", CVPR 2010; Dumoulin,
/// Visin, "A guide to convolution arithmetic for deep learning", 2016, §4.
///
/// @param window what is put, and how it moves
/// @param outputPadding rows and columns added below and on the right, fewer than the stride
/// @param groups into how many parts channels and outputs are cut
public record TransposedConvolution(Window window, int outputPadding, int groups) implements Op {
  public TransposedConvolution {
    if (outputPadding < 0 || outputPadding >= window.stride()) {
      throw new IllegalArgumentException(
          "transposed convolution: expected an output padding of 0 or more and below the stride "
              + window.stride()
              + ", got "
              + outputPadding);
    }
    if (groups < 1) {
      throw new IllegalArgumentException(
          "transposed convolution: expected 1 or more groups, got " + groups);
    }
  }

  @Override
  public String name() {
    return "transposedConvolution";
  }

  @Override
  public Form infer(List<Form> inputs) {
    if (inputs.size() != 3) {
      Forms.count(inputs, 2);
    }
    Form x = inputs.get(0);
    Form w = inputs.get(1);
    ImageForms.image(x);
    Shape weight = ImageForms.weight(w, window, "[channels, outputs/groups");
    int channels = weight.dimension(0);
    if (x.shape().dimension(0) != channels || channels % groups != 0) {
      throw new IllegalArgumentException(
          "input "
              + x.shape()
              + " does not fit weight "
              + weight
              + " in "
              + groups
              + (groups == 1 ? " group" : " groups")
              + ": expected "
              + channels
              + " channels, which the groups divide");
    }
    int outputs = Math.multiplyExact(weight.dimension(1), groups);
    if (inputs.size() == 3) {
      ImageForms.bias(inputs.get(2), outputs);
    }
    long rows = put(x.shape().dimension(1), window.height());
    long columns = put(x.shape().dimension(2), window.width());
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "input "
              + x.shape()
              + " would become "
              + rows
              + "×"
              + columns
              + " by the kernel "
              + window.kernel()
              + " with padding "
              + window.padding()
              + ": expected less padding");
    }
    Form y = x.withShape(Shape.of(outputs, Math.toIntExact(rows), Math.toIntExact(columns)));
    ImageForms.padded(y, window);
    ImageForms.padded(x, window);
    return y;
  }

  private long put(int numbers, int kernel) {
    return (numbers - 1L) * window.stride()
        - 2L * window.padding()
        + (long) window.dilation() * (kernel - 1)
        + 1
        + outputPadding;
  }

  @Override
  public void forward(Frame frame) {
    Buffer bias = biased(frame) ? frame.input(2) : null;
    transpose(frame, frame.input(0), frame.input(1), bias, frame.output());
  }

  private void transpose(Frame frame, Buffer x, Buffer weight, @Nullable Buffer bias, Buffer y) {
    Shape out = frame.outputForm().shape();
    images(frame)
        .convolveInput(
            window,
            groups,
            frame.rows(),
            out.dimension(0),
            out.dimension(1),
            out.dimension(2),
            channels(frame),
            x,
            weight,
            bias,
            y);
  }

  @Override
  public void backward(Frame frame) {
    Buffer d = frame.gradient();
    Shape out = frame.outputForm().shape();
    if (biased(frame) && frame.wants(2)) {
      int plane = out.size() / out.dimension(0);
      images(frame)
          .convolutionDelta(
              Pointwise.NONE,
              d,
              d,
              d,
              frame.inputGradient(2),
              frame.rows(),
              out.dimension(0),
              plane);
    }
    if (frame.wants(0)) {
      images(frame)
          .convolve(
              window,
              groups,
              frame.rows(),
              out.dimension(0),
              out.dimension(1),
              out.dimension(2),
              channels(frame),
              d,
              frame.input(1),
              null,
              Pointwise.NONE,
              frame.inputGradient(0));
    }
    if (frame.wants(1)) {
      images(frame)
          .convolveWeight(
              window,
              groups,
              frame.rows(),
              out.dimension(0),
              out.dimension(1),
              out.dimension(2),
              channels(frame),
              d,
              frame.input(0),
              frame.inputGradient(1));
    }
  }

  @Override
  public void tangent(Frame frame) {
    Buffer t = frame.tangent();
    Buffer bias = biased(frame) && frame.hasTangent(2) ? frame.inputTangent(2) : null;
    if (frame.hasTangent(0)) {
      transpose(frame, frame.inputTangent(0), frame.input(1), bias, t);
      if (frame.hasTangent(1)) {
        transpose(frame, frame.input(0), frame.inputTangent(1), null, frame.scratch());
        frame.kernels().addScaled(frame.scratch(), 1, t, frame.count());
      }
    } else if (frame.hasTangent(1)) {
      transpose(frame, frame.input(0), frame.inputTangent(1), bias, t);
    } else if (bias != null) {
      Shape out = frame.outputForm().shape();
      int plane = out.size() / out.dimension(0);
      images(frame).fillChannels(bias, t, frame.rows(), out.dimension(0), plane);
    }
  }

  /// One of two terms of the tangent.
  @Override
  public int scratchPerRow(List<Form> inputs, Purpose purpose) {
    return purpose == Purpose.TANGENT ? infer(inputs).shape().size() : 0;
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
    return 2L * inputs.get(0).elements(rows) * (weight.size() / weight.dimension(0));
  }

  private static ImageKernels images(Frame frame) {
    return frame.kernels().images();
  }

  private static int channels(Frame frame) {
    return frame.inputForm(1).shape().dimension(0);
  }

  private static boolean biased(Frame frame) {
    return frame.arity() == 3;
  }
}
