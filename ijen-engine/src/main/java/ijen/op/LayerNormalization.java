package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Mode;
import ijen.graph.Op;
import java.util.List;

/// Layer normalisation over the last dimension: each row is brought to mean 0 and variance 1, then
/// scaled and shifted number by number: y = γ∘x̂ + β with x̂ = (x − μ)/√(σ² + ε), μ = Σxᵢ/n, σ² =
/// Σ(xᵢ − μ)²/n over the n numbers of the row. Training and evaluation are the same.
///
/// **Derivation.** With r = 1/√(σ² + ε), d = ∂L/∂y and, over all rows, ∂L/∂β = Σd and ∂L/∂γ = Σ
/// d∘x̂. Within a row the Jacobian of x̂ is that of [BatchNormalization], over another set of
/// numbers: ∂x̂ᵢ/∂xⱼ = r·(δᵢⱼ − 1/n − x̂ᵢ·x̂ⱼ/n). With g = ∂L/∂x̂ = d∘γ, which here differs from
/// number to number within a sum: ∂L/∂xⱼ = r·(gⱼ − Σg/n − x̂ⱼ·Σ(g·x̂)/n).
///
/// Forward mode: ẏ = γ∘r·(ẋ − Σẋ/n − x̂·Σ(ẋ·x̂)/n) + γ̇∘x̂ + β̇.
///
/// **Shapes:** x `[…, n]`; scale γ and shift β `[n]`, shared; y as x.
///
/// **Source:** Ba, Kiros, Hinton, "Layer normalization", arXiv:1607.06450, 2016.
///
/// @param epsilon ε > 0
public record LayerNormalization(double epsilon) implements Op {
  public LayerNormalization {
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("layernorm: expected an epsilon above 0, got " + epsilon);
    }
  }

  @Override
  public String name() {
    return "layernorm";
  }

  @Override
  public Form infer(List<Form> inputs) {
    Forms.count(inputs, 3);
    Form x = inputs.getFirst();
    if (x.shape().rank() == 0) {
      throw new IllegalArgumentException(
          "input " + x + " has no dimension to normalise over: expected […, n]");
    }
    int n = x.shape().dimension(-1);
    String[] names = {"input", "scale", "shift"};
    for (int i = 1; i < names.length; i++) {
      Form form = inputs.get(i);
      if (form.batched() || form.shape().rank() != 1 || form.shape().size() != n) {
        throw new IllegalArgumentException(
            "%s %s does not fit input %s: expected [%d], the same for all"
                .formatted(names[i], form, x, n));
      }
    }
    return x;
  }

  @Override
  public void forward(Frame frame) {
    int n = columns(frame);
    frame
        .kernels()
        .norms()
        .layer(
            frame.input(0),
            frame.input(1),
            frame.input(2),
            epsilon,
            frame.saved(0),
            frame.saved(1),
            frame.output(),
            frame.count() / n,
            n);
  }

  @Override
  public void backward(Frame frame) {
    int n = columns(frame);
    frame
        .kernels()
        .norms()
        .layerGradient(
            frame.input(0),
            frame.gradient(),
            frame.input(1),
            frame.saved(0),
            frame.saved(1),
            frame.wants(0) ? frame.inputGradient(0) : null,
            frame.wants(1) ? frame.inputGradient(1) : frame.saved(2),
            frame.wants(2) ? frame.inputGradient(2) : frame.saved(3),
            frame.count() / n,
            n);
  }

  @Override
  public void tangent(Frame frame) {
    int n = columns(frame);
    frame
        .kernels()
        .norms()
        .layerTangent(
            frame.input(0),
            frame.hasTangent(0) ? frame.inputTangent(0) : null,
            frame.input(1),
            frame.hasTangent(1) ? frame.inputTangent(1) : null,
            frame.hasTangent(2) ? frame.inputTangent(2) : null,
            frame.saved(0),
            frame.saved(1),
            frame.tangent(),
            frame.count() / n,
            n);
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  /// μ and r of each row.
  @Override
  public int[] savedPerRow(List<Form> inputs, Mode mode) {
    Form x = inputs.getFirst();
    int rows = x.shape().size() / x.shape().dimension(-1);
    return new int[] {rows, rows};
  }

  /// Room for gradients that nobody wants.
  @Override
  public int[] savedPerBatch(List<Form> inputs, Mode mode) {
    int n = inputs.getFirst().shape().dimension(-1);
    return new int[] {n, n};
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
    return 8L * output.elements(rows);
  }

  private static int columns(Frame frame) {
    return frame.outputForm().shape().dimension(-1);
  }
}
