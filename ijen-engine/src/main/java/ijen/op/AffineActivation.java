package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import ijen.kernel.Pointwise;
import java.util.List;

/// Affine map and activation in one go: y = f(W·x + b), with or without b. A plan puts it where an
/// activation is the only reader of an [Affine] ([Op#fuse]); the bits are those of the two.
///
/// **Derivation.** With z = W·x + b and D = ∂L/∂y, the chain rule gives ∂L/∂z = Δ = D∘f′(z), and
/// each f here has an f′ that is a function of y, such as 1[y > 0], y(1 − y) or 1 − y². From Δ on
/// all is as in [Affine]: ∂L/∂X = Δ·W, ∂L/∂W = Δᵀ·X, ∂L/∂b = the column sums of Δ. Δ is written
/// over D, which nobody reads again.
///
/// Forward mode: ẏ = f′(z)∘ż with the ż of [Affine].
///
/// **Shapes:** x `[…, in]`, W `[out, in]`, b `[out]`; y `[…, out]`. W and b are shared by the
/// batch.
///
/// @param f the activation, whose derivative must not be made of its input
public record AffineActivation(Pointwise f) implements Op {
  private static final Affine AFFINE = new Affine();

  public AffineActivation {
    if (f.readsInput()) {
      throw new IllegalArgumentException(
          "affine+" + f + ": its derivative needs z, which is written over; apply it by itself");
    }
  }

  @Override
  public String name() {
    return AFFINE.name() + "+" + f;
  }

  @Override
  public Form infer(List<Form> inputs) {
    return AFFINE.infer(inputs);
  }

  @Override
  public void forward(Frame frame) {
    Affine.forward(frame, f);
  }

  @Override
  public void backward(Frame frame) {
    Affine.backward(frame, f);
  }

  @Override
  public void tangent(Frame frame) {
    AFFINE.tangent(frame);
    Affine.delta(frame, f, frame.tangent(), null); // 0 stays 0: still one column, if it was
  }

  @Override
  public boolean descends(int input) {
    return input == 1;
  }

  @Override
  public boolean backwardReadsInput(int input) {
    return AFFINE.backwardReadsInput(input);
  }

  @Override
  public long flops(List<Form> inputs, Form output, int rows) {
    return AFFINE.flops(inputs, output, rows) + output.elements(rows);
  }
}
