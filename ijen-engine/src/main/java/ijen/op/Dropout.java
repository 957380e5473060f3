package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Mode;
import ijen.kernel.Buffer;
import java.util.List;

/// Inverted dropout: in training each number becomes 0 with probability `rate` and is divided by 1
/// − rate otherwise, so that its expectation stays; in evaluation nothing happens.
///
/// yᵢ = mᵢ·xᵢ with mᵢ = 0 or 1/(1 − rate). The mask is a pure function of (seed, step, op, i): two
/// evaluations within one step see the same network.
///
/// **Derivation.** For a drawn mask the function is linear, f′ = mᵢ: ∂L/∂xᵢ = mᵢ·∂L/∂yᵢ. The mask
/// is kept.
///
/// **Shapes:** any; the output has the input's.
///
/// **Source:** Srivastava et al., "Dropout: a simple way to prevent neural networks from
/// overfitting", JMLR 15, 2014, §10 (scaling while training).
///
/// @param rate the probability of zero, in [0, 1)
public record Dropout(double rate) implements SymmetricOp {
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("dropout: expected a rate in [0, 1), got " + rate);
    }
  }

  @Override
  public String name() {
    return "dropout";
  }

  @Override
  public void forward(Frame frame) {
    int n = frame.count();
    if (frame.mode() == Mode.TRAINING) {
      frame
          .kernels()
          .randoms()
          .dropoutMask(frame.saved(0), n, 1 - rate, frame.seed(), frame.stream());
    }
    derive(frame, frame.input(0), frame.output());
  }

  @Override
  public void derive(Frame frame, Buffer d, Buffer out) {
    int n = frame.count();
    if (frame.mode() == Mode.TRAINING) {
      frame.kernels().multiply(frame.saved(0), n, d, n, out, 1, n);
    } else {
      frame.kernels().copy(d, out, n);
    }
  }

  @Override
  public int[] savedPerRow(List<Form> inputs, Mode mode) {
    return mode == Mode.TRAINING ? new int[] {inputs.getFirst().shape().size()} : new int[0];
  }

  /// Zeros stay zeros: a tangent of one column stays one.
  @Override
  public void tangent(Frame frame) {
    SymmetricOp.super.tangent(frame);
    frame.limitTangent(frame.tangentColumn(0));
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public boolean backwardReadsInput(int input) {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
