package ijen.op;

import ijen.graph.Form;
import ijen.graph.Frame;
import ijen.graph.Op;
import ijen.kernel.Buffer;
import java.util.List;

/// An op of one input whose Jacobian is symmetric, above all one that maps each number by the same
/// function, yᵢ = f(xᵢ), where it is diagonal.
///
/// Both directions are then the same product, ∂L/∂x = J·∂L/∂y and ẏ = J·ẋ, which such an op states
/// once, in [#derive].
public interface SymmetricOp extends Op {
  /// Writes the product of the Jacobian with `d`, for the whole batch; `out` may be `d`.
  void derive(Frame frame, Buffer d, Buffer out);

  @Override
  default Form infer(List<Form> inputs) {
    return Forms.only(inputs);
  }

  @Override
  default void backward(Frame frame) {
    derive(frame, frame.gradient(), frame.inputGradient(0));
  }

  @Override
  default void tangent(Frame frame) {
    derive(frame, frame.inputTangent(0), frame.tangent());
  }
}
