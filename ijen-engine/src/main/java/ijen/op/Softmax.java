package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.kernel.Buffer;
import java.util.List;

/// Softmax over the last dimension: yᵢ = e^{xᵢ} / Σⱼ e^{xⱼ}, positive and summing to 1.
///
/// The maximum is subtracted first, which changes nothing and avoids overflow.
///
/// **Derivation.** ∂yᵢ/∂xⱼ = yᵢ(δᵢⱼ − yⱼ): the quotient rule gives e^{xᵢ}δᵢⱼ/S − e^{xᵢ}e^{xⱼ}/S².
/// This matrix is symmetric, so the products from either side are the same: J·d = y∘(d − ⟨y, d⟩).
///
/// **Shapes:** `[…, k]`; the output has the input's.
public record Softmax() implements SymmetricOp {
  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public Form infer(List<Form> inputs) {
    Form x = Forms.only(inputs);
    if (x.shape().rank() == 0) {
      throw new IllegalArgumentException(
          "input " + x + " has no dimension to normalise over: expected […, k]");
    }
    return x;
  }

  @Override
  public void forward(Frame frame) {
    int k = frame.outputForm().shape().dimension(-1);
    frame.kernels().softmax(frame.input(0), frame.output(), frame.count() / k, k);
  }

  @Override
  public void derive(Frame frame, Buffer d, Buffer out) {
    int k = frame.outputForm().shape().dimension(-1);
    frame.kernels().softmaxGradient(frame.output(), d, out, frame.count() / k, k);
  }

  @Override
  public boolean backwardReadsInput(int input) {
    return false;
  }

  @Override
  public long flops(List<Form> inputs, Form output, int rows) {
    return 4L * output.elements(rows);
  }
}
