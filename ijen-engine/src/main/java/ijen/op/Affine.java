package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import java.util.List;

/// Affine map, the heart of a dense layer: y = W·x + b, with or without b.
///
/// **Derivation.** For a batch as rows, Y = X·Wᵀ + 1·bᵀ, so Yₙⱼ = Σᵢ Xₙᵢ Wⱼᵢ + bⱼ. With D = ∂L/∂Y:
/// - ∂L/∂Xₙᵢ = Σⱼ Dₙⱼ Wⱼᵢ, that is ∂L/∂X = D·W;
/// - ∂L/∂Wⱼᵢ = Σₙ Dₙⱼ Xₙᵢ, that is ∂L/∂W = Dᵀ·X;
/// - ∂L/∂bⱼ = Σₙ Dₙⱼ, the column sums of D.
///
/// Forward mode, by the product rule: Ẏ = Ẋ·Wᵀ + X·Ẇᵀ + 1·ḃᵀ.
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
    int in = in(frame);
    int out = out(frame);
    int rows = frame.count() / out;
    Kernels k = frame.kernels();
    boolean bias = biased(frame);
    if (bias) {
      k.fillRows(frame.input(2), frame.output(), rows, out);
    }
    k.gemm(false, true, rows, out, in, frame.input(0), frame.input(1), frame.output(), bias);
  }

  @Override
  public void backward(Frame frame) {
    int in = in(frame);
    int out = out(frame);
    int rows = frame.count() / out;
    Kernels k = frame.kernels();
    Buffer d = frame.gradient(); // [rows, out]
    if (frame.wants(0)) {
      k.gemm(false, false, rows, in, out, d, frame.input(1), frame.inputGradient(0), false);
    }
    if (frame.wants(1)) {
      k.gemm(true, false, out, in, rows, d, frame.input(0), frame.inputGradient(1), false);
    }
    if (biased(frame) && frame.wants(2)) {
      k.sumColumns(d, frame.inputGradient(2), rows, out);
    }
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
    }
    if (frame.hasTangent(0)) {
      k.gemm(false, true, rows, out, in, frame.inputTangent(0), frame.input(1), t, add);
      add = true;
    }
    if (frame.hasTangent(1)) {
      k.gemm(false, true, rows, out, in, frame.input(0), frame.inputTangent(1), t, add);
    }
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
