package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Mode;
import ijen.graph.Op;
import ijen.graph.Plan.Purpose;
import ijen.graph.Shape;
import ijen.kernel.Kernels;
import ijen.kernel.LossKernels;
import java.util.Arrays;
import java.util.List;

/// Cross-entropy of softmax(z) against a target, in one stable step (natural logarithm).
///
/// Class number c: L = −ln softmax(z)_c = ln Σⱼ e^{zⱼ} − z_c. Distribution q: L = −Σⱼ qⱼ ln
/// softmax(z)ⱼ.
///
/// With **label smoothing** s the target is q′ = (1 − s)·q + s/k, a class number being the q that
/// is 1 there: certainty is not asked for, and logits do not grow without end.
///
/// **Derivation.** With a = softmax(z), ∂aⱼ/∂zᵢ = aⱼ(δᵢⱼ − aᵢ), so ∂L/∂zᵢ = −Σⱼ qⱼ(δᵢⱼ − aᵢ) = (Σⱼ
/// qⱼ)·aᵢ − qᵢ: for a class number aᵢ − 1[i = c]. This vector is kept. ∂L/∂qⱼ = −ln aⱼ; a class
/// number has no derivative. Forward mode: L̇ = ⟨∂L/∂z, ż⟩ − ⟨ln a, q̇⟩. Smoothed, q′ stands for q,
/// and ∂L/∂qⱼ = −(1 − s)·ln aⱼ.
///
/// **Shapes:** logits `[…, k]`; target `[…]` (class numbers 0 … k − 1) or `[…, k]` (weights,
/// usually summing to 1); L `[…]`.
///
/// **Throws:** when run, an error naming the row if a target is not a class number.
///
/// **Source:** smoothing: Szegedy, Vanhoucke, Ioffe, Shlens, Wojna, "Rethinking the Inception
/// architecture for computer vision", CVPR 2016, §7.
///
/// @param smoothing s, in [0, 1)
public record SoftmaxCrossEntropy(double smoothing) implements Op {
  public SoftmaxCrossEntropy {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "cross-entropy: expected a smoothing in [0, 1), got " + smoothing);
    }
  }

  /// Without smoothing.
  public SoftmaxCrossEntropy() {
    this(0);
  }

  @Override
  public String name() {
    return "softmaxCrossEntropy";
  }

  @Override
  public Form infer(List<Form> inputs) {
    Forms.count(inputs, 2);
    Form z = inputs.get(0);
    Form target = inputs.get(1);
    if (z.shape().rank() == 0) {
      throw new IllegalArgumentException("logits " + z + ": expected […, classes]");
    }
    int[] dimensions = z.shape().dimensions();
    Shape rows = Shape.of(Arrays.copyOf(dimensions, dimensions.length - 1));
    boolean fits = target.shape().equals(rows) || target.shape().equals(z.shape());
    if (!fits || target.batched() != z.batched()) {
      throw new IllegalArgumentException(
          "target "
              + target
              + " does not fit logits "
              + z
              + ": expected class numbers "
              + z.withShape(rows)
              + " or distributions "
              + z);
    }
    return z.withShape(rows);
  }

  @Override
  public void forward(Frame frame) {
    int classes = classes(frame);
    int rows = frame.count();
    LossKernels losses = frame.kernels().losses();
    if (ofDistribution(frame)) {
      losses.crossEntropyOfDistribution(
          frame.input(0),
          frame.input(1),
          smoothing,
          frame.saved(0),
          frame.saved(1),
          frame.output(),
          rows,
          classes);
    } else {
      losses.crossEntropy(
          frame.input(0), frame.input(1), smoothing, frame.saved(0), frame.output(), rows, classes);
    }
  }

  @Override
  public void backward(Frame frame) {
    int classes = classes(frame);
    Kernels k = frame.kernels();
    if (frame.wants(0)) {
      k.scaleRows(
          frame.gradient(), frame.saved(0), 1, frame.inputGradient(0), frame.count(), classes);
    }
    if (frame.wants(1)) {
      if (!ofDistribution(frame)) {
        // Reached only where class numbers are themselves computed from θ: they are constant almost
        // everywhere.
        k.fill(frame.inputGradient(1), frame.inputCount(1), 0);
        return;
      }
      k.scaleRows(
          frame.gradient(),
          frame.saved(1),
          smoothing - 1,
          frame.inputGradient(1),
          frame.count(),
          classes);
    }
  }

  @Override
  public void tangent(Frame frame) {
    int classes = classes(frame);
    int rows = frame.count();
    Kernels k = frame.kernels();
    if (frame.hasTangent(0)) {
      k.dotRows(frame.saved(0), frame.inputTangent(0), 1, frame.tangent(), rows, classes);
    } else {
      k.fill(frame.tangent(), rows, 0);
    }
    if (frame.hasTangent(1) && ofDistribution(frame)) {
      k.dotRows(
          frame.saved(1), frame.inputTangent(1), smoothing - 1, frame.scratch(), rows, classes);
      k.addScaled(frame.scratch(), 1, frame.tangent(), rows);
    }
  }

  /// ∂L/∂z; for a distribution also ln a.
  @Override
  public int[] savedPerRow(List<Form> inputs, Mode mode) {
    int size = inputs.get(0).shape().size();
    return distribution(inputs) ? new int[] {size, size} : new int[] {size};
  }

  /// One term of the tangent.
  @Override
  public int scratchPerRow(List<Form> inputs, Purpose purpose) {
    Shape z = inputs.get(0).shape();
    return purpose == Purpose.TANGENT && distribution(inputs) ? z.size() / z.dimension(-1) : 0;
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
    return 5L * inputs.getFirst().elements(rows);
  }

  private static int classes(Frame frame) {
    return frame.inputForm(0).shape().dimension(-1);
  }

  private static boolean distribution(List<Form> inputs) {
    return inputs.get(1).shape().equals(inputs.get(0).shape());
  }

  private static boolean ofDistribution(Frame frame) {
    return frame.inputForm(1).shape().equals(frame.inputForm(0).shape());
  }
}
