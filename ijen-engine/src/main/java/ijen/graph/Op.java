package ijen.graph;

import java.util.List;

/// A differentiable function of one or more nodes, with its derivative in both directions.
///
/// An op holds settings (a rate, a shape) and no data: what it reads and writes in a run comes in a
/// [Frame]. Each op is written once, against [ijen.kernel.Kernels], and so runs in `float` and in
/// `double`. Users add ops by implementing this interface; nothing has to be registered.
///
/// With y = f(x₁, …, xₘ) and a loss L:
/// - [#forward] computes y;
/// - [#backward] gets ∂L/∂y and computes each wanted ∂L/∂xᵢ = Jᵢᵀ·∂L/∂y;
/// - [#tangent] gets the ẋᵢ and computes ẏ = Σ Jᵢ·ẋᵢ.
public interface Op {
  /// The op's name in messages, for example `affine`.
  String name();

  /// The form of the output for inputs of the given forms.
  ///
  /// @throws IllegalArgumentException if the forms do not fit, saying what was expected and what
  ///   arrived; the graph puts the layer's name before it
  Form infer(List<Form> inputs);

  /// Writes [Frame#output] from the [Frame#input]s.
  void forward(Frame frame);

  /// Writes each [Frame#inputGradient] that [Frame#wants], from [Frame#gradient]. It overwrites:
  /// where a node has several consumers the plan adds up.
  void backward(Frame frame);

  /// Writes [Frame#tangent] from the [Frame#inputTangent]s that are there ([Frame#hasTangent]; the
  /// others are zero). [#forward] has just run on the same frame.
  void tangent(Frame frame);

  /// Whether the output is a differentiable function of that input; class numbers, for example, are
  /// not.
  default boolean differentiable(int input) {
    return true;
  }

  /// The buffers that the op keeps from forward to backward or tangent, [Frame#saved] 0, 1, …: for
  /// each, how many numbers per row of the output.
  default int[] savedPerRow(List<Form> inputs) {
    return new int[0];
  }

  /// Whether [#backward] reads the value of that input. If not, its memory may be used again.
  default boolean backwardReadsInput(int input) {
    return true;
  }

  /// Whether [#backward] reads the output. If not, its memory may be used again.
  default boolean backwardReadsOutput() {
    return true;
  }

  /// Floating-point operations of one forward pass over a batch of `rows` samples.
  default long flops(List<Form> inputs, Form output, int rows) {
    return output.elements(rows);
  }
}
