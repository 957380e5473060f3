package ijen.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
  /// where a node has several consumers the plan adds up. Nobody reads [Frame#gradient] afterwards:
  /// the rule may use it as it likes.
  void backward(Frame frame);

  /// Writes [Frame#tangent] from the [Frame#inputTangent]s that are there ([Frame#hasTangent]; the
  /// others are zero, which may be another set in another run, but never all). [#forward] has just
  /// run on the same frame. Where tangents come from one scalar of θ, a rule may use that they are
  /// zero but for one entry or column ([Frame#tangentEntry], [Frame#tangentColumn]) and pass that
  /// on ([Frame#limitTangent]).
  void tangent(Frame frame);

  /// Whether the output is a differentiable function of that input; class numbers, for example, are
  /// not.
  default boolean differentiable(int input) {
    return true;
  }

  /// The op that computes `next`, whose one input is this op's output, from this op's inputs in one
  /// go; null if there is none. A plan takes it where nobody else reads what lies between.
  ///
  /// It has to give the bits of the two after one another. An op that draws random numbers is not
  /// to be fused with a next one, whose node gives its name to the stream.
  default @Nullable Op fuse(Op next) {
    return null;
  }

  /// Whether the op works in place: if the plan wants it, the output lies in the memory of input 0,
  /// and likewise [Frame#inputGradient] 0 in that of [Frame#gradient], and [Frame#tangent] in that
  /// of [Frame#inputTangent] 0. The plan wants it only where as many numbers come out as go in,
  /// input 0 is not another input as well and nobody reads it later: [#backward] and [#tangent] of
  /// this op do so only if [#backwardReadsInput] says it.
  default boolean inPlace() {
    return false;
  }

  /// Whether the output is the same numbers as input 0, in the same order. Such an op works in
  /// place even where others still read its input: nobody can tell them apart.
  default boolean isView() {
    return false;
  }

  /// Whether [#backward] can take a step of gradient descent for that input, a parameter, itself:
  /// it does where [Frame#descends] says so, after its last use of the value, and need not write
  /// the gradient then. The plan asks for it where nobody else reads the parameter.
  default boolean descends(int input) {
    return false;
  }

  /// The buffers that the op keeps from forward to backward or tangent, [Frame#saved] 0, 1, …: for
  /// each, how many numbers per row of the output.
  default int[] savedPerRow(List<Form> inputs, Mode mode) {
    return new int[0];
  }

  /// Further buffers that the op keeps, numbered on after those of [#savedPerRow]: for each, how
  /// many numbers, whatever the number of rows. Their content lasts until the workspace's next run,
  /// so that [#settle] can read what the op saw.
  default int[] savedPerBatch(List<Form> inputs, Mode mode) {
    return new int[0];
  }

  /// After a step of training, moves the running statistics among the inputs ([Graph#statistic]) by
  /// what the op saw in the latest run, which [#savedPerBatch] buffers hold; nothing else of that
  /// run is there any more. This is the only rule that changes an input.
  default void settle(Frame frame) {}

  /// How many numbers per row of the output the op needs for intermediate results, [Frame#scratch]:
  /// within [#backward] for a gradient plan, within [#tangent] for a tangent plan.
  default int scratchPerRow(List<Form> inputs, Plan.Purpose purpose) {
    return 0;
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
