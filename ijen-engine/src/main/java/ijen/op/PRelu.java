package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import ijen.graph.Plan.Purpose;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.kernel.Pointwise;
import java.util.List;

/// Parametric rectified linear unit: y = x where x > 0, else a·x, with a learned slope a, one for
/// all or one for each channel.
///
/// **Derivation.** With c(i) the channel of number i, ∂yᵢ/∂xᵢ = 1 or a_c(i), by the sign of xᵢ (at
/// 0 Ijen takes a), and ∂yᵢ/∂a_c = xᵢ where xᵢ ≤ 0 and c = c(i), else 0. Hence ∂L/∂xᵢ = ∂L/∂yᵢ or
/// a_c(i)·∂L/∂yᵢ, and ∂L/∂a_c = Σᵢ xᵢ·∂L/∂yᵢ over all samples and all i of that channel with xᵢ ≤
/// 0. Forward mode: ẏᵢ = ẋᵢ or a·ẋᵢ + ȧ·xᵢ.
///
/// **Shapes:** x `[channels, …]`, slope `[channels]` or `[1]`, shared by the batch; the output has
/// the shape of x. Of features `[n]`, each is a channel.
///
/// **Source:** He, Zhang, Ren, Sun, "Delving deep into rectifiers: surpassing human-level
/// performance on ImageNet classification", ICCV 2015, §2.1.
public record PRelu() implements Op {
  @Override
  public String name() {
    return "pRelu";
  }

  @Override
  public Form infer(List<Form> inputs) {
    Forms.count(inputs, 2);
    Form x = inputs.get(0);
    Form slope = inputs.get(1);
    Shape own = slope.shape();
    boolean one = own.rank() == 1 && own.size() == 1;
    boolean each = x.shape().rank() > 0 && own.equals(Shape.of(x.shape().dimension(0)));
    if (slope.batched() || !(one || each)) {
      String channels = x.shape().rank() > 0 ? " or [" + x.shape().dimension(0) + "]" : "";
      throw new IllegalArgumentException(
          "slope "
              + slope
              + " does not fit input "
              + x
              + ": expected [1]"
              + channels
              + ", the same for all samples");
    }
    return x;
  }

  @Override
  public void forward(Frame frame) {
    rectify(frame, frame.input(1), 1, frame.input(0), frame.output());
  }

  @Override
  public void backward(Frame frame) {
    Buffer d = frame.gradient();
    if (frame.wants(0)) {
      rectify(frame, frame.input(1), 1, d, frame.inputGradient(0));
    }
    if (frame.wants(1)) {
      Kernels k = frame.kernels();
      Buffer x = frame.input(0);
      Buffer product = frame.scratch();
      int n = frame.count();
      k.gradient(Pointwise.RELU, x, x, d, product, n); // d where x > 0
      k.subtract(d, n, product, n, product, 1, n); // d where x ≤ 0
      k.multiply(x, n, product, n, product, 1, n);
      int inner = inner(frame);
      int sums = frame.rows() * channels(frame);
      if (inner > 1) {
        k.sumRows(product, 1, d, sums, inner); // d is not needed again
      }
      k.sumColumns(inner > 1 ? d : product, frame.inputGradient(1), frame.rows(), channels(frame));
    }
  }

  @Override
  public void tangent(Frame frame) {
    Kernels k = frame.kernels();
    if (frame.hasTangent(0)) {
      rectify(frame, frame.input(1), 1, frame.inputTangent(0), frame.tangent());
    } else {
      k.fill(frame.tangent(), frame.count(), 0);
    }
    if (frame.hasTangent(1)) {
      rectify(frame, frame.inputTangent(1), 0, frame.input(0), frame.scratch());
      k.addScaled(frame.scratch(), 1, frame.tangent(), frame.count());
    }
  }

  /// The product of x and ∂L/∂y below 0; in forward mode, of x and ȧ.
  @Override
  public int scratchPerRow(List<Form> inputs, Purpose purpose) {
    return inputs.getFirst().shape().size();
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  private static void rectify(Frame frame, Buffer slopes, double positive, Buffer d, Buffer out) {
    frame
        .kernels()
        .rectify(
            frame.input(0), slopes, positive, d, out, frame.rows(), channels(frame), inner(frame));
  }

  private static int channels(Frame frame) {
    return frame.inputForm(1).shape().size();
  }

  /// How many numbers of a sample share a slope.
  private static int inner(Frame frame) {
    return frame.inputForm(0).shape().size() / channels(frame);
  }
}
