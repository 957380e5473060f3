package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.kernel.Pointwise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Affine map, the heart of a dense layer: y = W·x + b, with or without b.
///
/// **Derivation.** For a batch as rows, Y = X·Wᵀ + 1·bᵀ, so Yₙⱼ = Σᵢ Xₙᵢ Wⱼᵢ + bⱼ. With D = ∂L/∂Y:
/// - ∂L/∂Xₙᵢ = Σⱼ Dₙⱼ Wⱼᵢ, that is ∂L/∂X = D·W;
/// - ∂L/∂Wⱼᵢ = Σₙ Dₙⱼ Xₙᵢ, that is ∂L/∂W = Dᵀ·X;
/// - ∂L/∂bⱼ = Σₙ Dₙⱼ, the column sums of D.
///
/// Forward mode, by the product rule: Ẏ = Ẋ·Wᵀ + X·Ẇᵀ + 1·ḃᵀ. By one scalar Wⱼᵢ alone, X·Ẇᵀ is
/// column i of X, put into column j; and if Ẋ is zero but for one column i, Ẋ·Wᵀ is the outer
/// product of that column with the column i of W.
///
/// **Shapes:** x `[…, in]`, W `[out, in]`, b `[out]`; y `[…, out]`. W and b are shared by the
/// batch.
public record Affine() implements Op {
  @Override
  public String name() {
    return "affine";
  }

  @Override
  public Form infer(List<Form> inputs) {
    if (inputs.size() != 3) {
      Forms.count(inputs, 2);
    }
    Form x = inputs.get(0);
    Form w = inputs.get(1);
    if (w.batched() || w.shape().rank() != 2) {
      throw new IllegalArgumentException("weight " + w + ": expected [out, in], the same for all");
    }
    int in = w.shape().dimension(1);
    int out = w.shape().dimension(0);
    if (x.shape().rank() == 0 || x.shape().dimension(-1) != in) {
      throw new IllegalArgumentException(
          "input " + x + " does not fit weight " + w + ": expected " + in + " features");
    }
    if (inputs.size() == 3) {
      Form b = inputs.get(2);
      if (b.batched() || b.shape().rank() != 1 || b.shape().size() != out) {
        throw new IllegalArgumentException(
            "bias " + b + " does not fit weight " + w + ": expected [" + out + "]");
      }
    }
    return x.withShape(x.shape().withLast(out));
  }

  @Override
  public void forward(Frame frame) {
    forward(frame, Pointwise.NONE);
  }

  /// Y = f(X·Wᵀ + 1·bᵀ).
  static void forward(Frame frame, Pointwise f) {
    int out = out(frame);
    frame
        .kernels()
        .affine(
            frame.count() / out,
            out,
            in(frame),
            frame.input(0),
            frame.input(1),
            biased(frame) ? frame.input(2) : null,
            f,
            frame.output());
  }

  @Override
  public void backward(Frame frame) {
    backward(frame, Pointwise.NONE);
  }

  /// The gradients through f and the product; D becomes D∘f′.
  static void backward(Frame frame, Pointwise f) {
    int in = in(frame);
    int out = out(frame);
    int rows = frame.count() / out;
    Kernels k = frame.kernels();
    Buffer d = frame.gradient(); // [rows, out]
    delta(frame, f, d, biased(frame) && frame.wants(2) ? frame.inputGradient(2) : null);
    if (frame.wants(0)) {
      k.gemm(false, false, rows, in, out, d, frame.input(1), frame.inputGradient(0), false);
    }
    if (frame.wants(1)) {
      Buffer x = frame.input(0);
      Buffer gradient = frame.inputGradient(1);
      if (frame.descends(1)) {
        Buffer weight = frame.input(1);
        k.gemmDescend(
            true, false, out, in, rows, d, x, gradient, weight, frame.rate(), frame.decay(1));
      } else {
        k.gemm(true, false, out, in, rows, d, x, gradient, false);
      }
    }
  }

  /// `d ← d∘f′`, and its column sums.
  static void delta(Frame frame, Pointwise f, Buffer d, @Nullable Buffer sums) {
    int out = out(frame);
    frame.kernels().affineDelta(f, frame.output(), d, d, sums, frame.count() / out, out);
  }

  @Override
  public void tangent(Frame frame) {
    int in = in(frame);
    int out = out(frame);
    int rows = frame.count() / out;
    Kernels k = frame.kernels();
    Buffer t = frame.tangent(); // [rows, out]
    boolean add = biased(frame) && frame.hasTangent(2);
    if (add) {
      k.fillRows(frame.inputTangent(2), t, rows, out);
      frame.limitTangent(frame.tangentEntry(2));
    }
    if (frame.hasTangent(0)) {
      Buffer dx = frame.inputTangent(0);
      Buffer w = frame.input(1);
      int column = frame.tangentColumn(0);
      if (column >= 0 && !add) {
        OneColumn.outer(dx, column, in, w, column, in, t, out, rows);
      } else {
        k.gemm(false, true, rows, out, in, dx, w, t, add);
      }
      frame.limitTangent(-1);
      add = true;
    }
    if (frame.hasTangent(1)) {
      Buffer x = frame.input(0);
      Buffer dw = frame.inputTangent(1);
      int entry = frame.tangentEntry(1);
      if (entry >= 0) {
        OneColumn.add(frame, dw.get(entry), x, entry % in, in, entry / in, out, add);
      } else {
        k.gemm(false, true, rows, out, in, x, dw, t, add);
        frame.limitTangent(-1);
      }
    }
  }

  /// An activation whose derivative can be told from its output is done on the way out.
  @Override
  public @Nullable Op fuse(Op next) {
    return next instanceof PointwiseOp op && !op.function().readsInput()
        ? new AffineActivation(op.function())
        : null;
  }

  @Override
  public boolean descends(int input) {
    return input == 1;
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
    return 2L * output.elements(rows) * inputs.get(1).shape().dimension(1);
  }

  private static int in(Frame frame) {
    return frame.inputForm(1).shape().dimension(1);
  }

  private static int out(Frame frame) {
    return frame.inputForm(1).shape().dimension(0);
  }

  private static boolean biased(Frame frame) {
    return frame.arity() == 3;
  }
}
