package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Mode;
import ijen.graph.Op;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Batch normalisation: each channel is brought to mean 0 and variance 1 over the batch and all
/// positions, then scaled and shifted: y = γ·x̂ + β with x̂ = (x − μ)/√(σ² + ε). If `rectified`,
/// max(y, 0) of that in the same go: a plan makes it so where a [Relu] is the only reader.
///
/// In training μ and σ² are those of the batch: μ = Σxᵢ/N and σ² = Σ(xᵢ − μ)²/N over the N =
/// samples × positions numbers of the channel. In evaluation they are the running statistics, and y
/// is an affine function of x: no sample depends on the others.
///
/// **Statistics.** After each step ([Op#settle]) with batch statistics μ, σ² and momentum m: `mean
/// ← (1 − m)·mean + m·μ` and `variance ← (1 − m)·variance + m·σ²·N/(N − 1)`, the second with the
/// unbiased variance.
///
/// **One number in a channel** (N = 1, as in a last batch of one sample) has no variance: x̂ is 0,
/// y is β, x and γ get no gradient, and the statistics stay as they are. Where batches never hold
/// more, training would learn nothing; that is refused.
///
/// **Derivation.** Let r = 1/√(σ² + ε), d = ∂L/∂y, and all sums go over the N numbers of one
/// channel. From y = γ·x̂ + β: ∂L/∂β = Σd, ∂L/∂γ = Σ d·x̂, and g = ∂L/∂x̂ = γ·d. Now x̂ᵢ = (xᵢ −
/// μ)·r, in which μ and r depend on every xⱼ:
/// - ∂μ/∂xⱼ = 1/N;
/// - ∂σ²/∂xⱼ = (2/N)·Σᵢ(xᵢ − μ)(δᵢⱼ − 1/N) = (2/N)(xⱼ − μ), because Σᵢ(xᵢ − μ) = 0;
/// - ∂r/∂xⱼ = −r³/2·∂σ²/∂xⱼ = −r³(xⱼ − μ)/N = −r²·x̂ⱼ/N.
///
/// Hence ∂x̂ᵢ/∂xⱼ = (δᵢⱼ − 1/N)·r + (xᵢ − μ)·∂r/∂xⱼ = r·(δᵢⱼ − 1/N − x̂ᵢ·x̂ⱼ/N), which is symmetric
/// in i and j, and
/// - ∂L/∂xⱼ = Σᵢ gᵢ·∂x̂ᵢ/∂xⱼ = γ·r·(dⱼ − Σd/N − x̂ⱼ·Σ(d·x̂)/N) = γ·r·(dⱼ − (∂L/∂β + x̂ⱼ·∂L/∂γ)/N):
///   what d has in common with a constant and with x̂ itself is taken out of it, because neither
///   moves the result. In evaluation μ and r are constants, and ∂L/∂xⱼ = γ·r·dⱼ.
///
/// Forward mode, by the same symmetric matrix: ẏ = γ·r·(ẋ − Σẋ/N − x̂·Σ(ẋ·x̂)/N) + γ̇·x̂ + β̇.
///
/// With a ReLU at the end, d is first set to 0 where y ≤ 0, which is computed again from x; ẏ is 0
/// there.
///
/// **Shapes:** x `[channels, …]` for each sample, features `[n]` being n channels of one position;
/// scale γ, shift β, mean and variance `[channels]`, shared; y as x. Mean and variance are running
/// statistics ([ijen.graph.Graph#statistic]).
///
/// **Source:** Ioffe, Szegedy, "Batch normalization: accelerating deep network training by reducing
/// internal covariate shift", ICML 2015, algorithms 1 and 2.
///
/// @param epsilon ε > 0
/// @param momentum m in (0, 1]: how much of the running statistics each step replaces
/// @param rectified whether max(y, 0) is the result
public record BatchNormalization(double epsilon, double momentum, boolean rectified) implements Op {
  public BatchNormalization {
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("batchnorm: expected an epsilon above 0, got " + epsilon);
    }
    if (!(momentum > 0 && momentum <= 1)) {
      throw new IllegalArgumentException(
          "batchnorm: expected a momentum above 0 and at most 1, got " + momentum);
    }
  }

  @Override
  public String name() {
    return rectified ? "batchnorm+relu" : "batchnorm";
  }

  @Override
  public Form infer(List<Form> inputs) {
    Forms.count(inputs, 5);
    Form x = inputs.getFirst();
    if (!x.batched() || x.shape().rank() == 0) {
      throw new IllegalArgumentException(
          "input " + x + " cannot be normalised over the batch: expected [batch, channels, …]");
    }
    int channels = x.shape().dimension(0);
    String[] names = {"input", "scale", "shift", "mean", "variance"};
    for (int i = 1; i < names.length; i++) {
      Form form = inputs.get(i);
      if (form.batched() || form.shape().rank() != 1 || form.shape().size() != channels) {
        throw new IllegalArgumentException(
            "%s %s does not fit input %s: expected [%d], the same for all"
                .formatted(names[i], form, x, channels));
      }
    }
    return x;
  }

  @Override
  public void forward(Frame frame) {
    boolean given = frame.mode() == Mode.EVALUATION;
    int channels = channels(frame);
    if (!given && frame.count() == channels && frame.output().length() == channels) {
      throw new IllegalArgumentException(
          name()
              + " '"
              + frame.name()
              + "': batches of one sample with one number for each channel have no variance:"
              + " expected training in batches of 2 or more samples");
    }
    frame
        .kernels()
        .norms()
        .batch(
            frame.input(0),
            frame.input(1),
            frame.input(2),
            epsilon,
            given,
            mean(frame),
            given ? frame.input(4) : frame.saved(3),
            frame.saved(0),
            rectified,
            frame.output(),
            frame.rows(),
            channels,
            positions(frame));
  }

  @Override
  public void backward(Frame frame) {
    int channels = channels(frame);
    frame
        .kernels()
        .norms()
        .batchGradient(
            frame.input(0),
            frame.gradient(),
            frame.input(1),
            frame.input(2),
            frame.mode() == Mode.EVALUATION,
            mean(frame),
            frame.saved(0),
            rectified,
            frame.wants(0) ? frame.inputGradient(0) : null,
            frame.wants(1) ? frame.inputGradient(1) : frame.saved(1),
            frame.wants(2) ? frame.inputGradient(2) : frame.saved(2),
            frame.rows(),
            channels,
            positions(frame));
    if (frame.count() == channels && frame.mode() == Mode.TRAINING && frame.wants(0)) {
      frame.kernels().fill(frame.inputGradient(0), channels, 0); // without even rounding errors
    }
  }

  @Override
  public void tangent(Frame frame) {
    frame
        .kernels()
        .norms()
        .batchTangent(
            frame.input(0),
            frame.hasTangent(0) ? frame.inputTangent(0) : null,
            frame.input(1),
            frame.hasTangent(1) ? frame.inputTangent(1) : null,
            frame.input(2),
            frame.hasTangent(2) ? frame.inputTangent(2) : null,
            frame.mode() == Mode.EVALUATION,
            mean(frame),
            frame.saved(0),
            rectified,
            frame.tangent(),
            frame.rows(),
            channels(frame),
            positions(frame));
  }

  @Override
  public void settle(Frame frame) {
    int channels = channels(frame);
    double count = frame.count() / (double) channels;
    if (count > 1) {
      move(frame.kernels(), frame.input(3), mean(frame), 1, channels);
      move(frame.kernels(), frame.input(4), frame.saved(3), count / (count - 1), channels);
    }
  }

  /// `statistic ← (1 − momentum)·statistic + momentum·factor·seen`.
  private void move(Kernels kernels, Buffer statistic, Buffer seen, double factor, int n) {
    kernels.scale(statistic, 1 - momentum, statistic, n);
    kernels.addScaled(seen, momentum * factor, statistic, n);
  }

  @Override
  public boolean differentiable(int input) {
    return input < 3;
  }

  @Override
  public @Nullable Op fuse(Op next) {
    return next instanceof Relu && !rectified
        ? new BatchNormalization(epsilon, momentum, true)
        : null;
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  /// r; room for two sums; in training the batch's σ² and μ.
  @Override
  public int[] savedPerBatch(List<Form> inputs, Mode mode) {
    int n = inputs.getFirst().shape().dimension(0);
    return mode == Mode.TRAINING ? new int[] {n, n, n, n, n} : new int[] {n, n, n};
  }

  @Override
  public boolean backwardReadsInput(int input) {
    return input != 2 || rectified;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public long flops(List<Form> inputs, Form output, int rows) {
    return 8L * output.elements(rows);
  }

  private static Buffer mean(Frame frame) {
    return frame.mode() == Mode.EVALUATION ? frame.input(3) : frame.saved(4);
  }

  private static int channels(Frame frame) {
    return frame.outputForm().shape().dimension(0);
  }

  private static int positions(Frame frame) {
    return frame.outputForm().shape().size() / channels(frame);
  }
}
