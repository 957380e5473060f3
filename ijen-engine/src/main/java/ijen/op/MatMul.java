package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import java.util.List;

/// Matrix product: Y = A·B, Yᵢⱼ = Σₗ Aᵢₗ Bₗⱼ.
///
/// **Derivation.** With D = ∂L/∂Y: ∂L/∂Aᵢₗ = Σⱼ Dᵢⱼ Bₗⱼ, that is D·Bᵀ; ∂L/∂Bₗⱼ = Σᵢ Aᵢₗ Dᵢⱼ, that
/// is Aᵀ·D. Forward mode: Ẏ = Ȧ·B + A·Ḃ, where a Ȧ of one column or a Ḃ of one entry is done by
/// itself, as in [Affine].
///
/// **Shapes:** A `[…, k]`, one for each sample or shared; B `[k, n]`, shared; Y `[…, n]`. The rows
/// of all samples are one tall matrix.
public record MatMul() implements Op {
  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public Form infer(List<Form> inputs) {
    Forms.count(inputs, 2);
    Form a = inputs.get(0);
    Form b = inputs.get(1);
    if (b.batched() || b.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "right factor " + b + ": expected [k, n], the same for the whole batch");
    }
    if (a.shape().rank() == 0 || a.shape().dimension(-1) != b.shape().dimension(0)) {
      throw new IllegalArgumentException(
          "inner sizes differ, "
              + a
              + " × "
              + b
              + ": expected "
              + b.shape().dimension(0)
              + " as the last dimension of the left factor");
    }
    return a.withShape(a.shape().withLast(b.shape().dimension(1)));
  }

  @Override
  public void forward(Frame frame) {
    int inner = inner(frame);
    int n = columns(frame);
    frame
        .kernels()
        .gemm(
            false,
            false,
            frame.count() / n,
            n,
            inner,
            frame.input(0),
            frame.input(1),
            frame.output(),
            false);
  }

  @Override
  public void backward(Frame frame) {
    int inner = inner(frame);
    int n = columns(frame);
    int rows = frame.count() / n;
    Kernels k = frame.kernels();
    if (frame.wants(0)) {
      k.gemm(
          false,
          true,
          rows,
          inner,
          n,
          frame.gradient(),
          frame.input(1),
          frame.inputGradient(0),
          false);
    }
    if (frame.wants(1)) {
      k.gemm(
          true,
          false,
          inner,
          n,
          rows,
          frame.input(0),
          frame.gradient(),
          frame.inputGradient(1),
          false);
    }
  }

  @Override
  public void tangent(Frame frame) {
    int inner = inner(frame);
    int n = columns(frame);
    int rows = frame.count() / n;
    Kernels k = frame.kernels();
    Buffer t = frame.tangent();
    if (frame.hasTangent(0)) {
      Buffer da = frame.inputTangent(0);
      Buffer b = frame.input(1);
      int column = frame.tangentColumn(0);
      if (column >= 0) {
        OneColumn.outer(da, column, inner, b, column * n, 1, t, n, rows);
      } else {
        k.gemm(false, false, rows, n, inner, da, b, t, false);
      }
    }
    if (frame.hasTangent(1)) {
      Buffer a = frame.input(0);
      Buffer db = frame.inputTangent(1);
      boolean add = frame.hasTangent(0);
      int entry = frame.tangentEntry(1);
      if (entry >= 0) {
        OneColumn.add(frame, db.get(entry), a, entry / n, inner, entry % n, n, add);
      } else {
        k.gemm(false, false, rows, n, inner, a, db, t, add);
      }
    }
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public long flops(List<Form> inputs, Form output, int rows) {
    return 2L * output.elements(rows) * inputs.get(1).shape().dimension(0);
  }

  private static int inner(Frame frame) {
    return frame.inputForm(1).shape().dimension(0);
  }

  private static int columns(Frame frame) {
    return frame.inputForm(1).shape().dimension(1);
  }
}
