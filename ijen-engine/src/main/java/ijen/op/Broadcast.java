package ijen.op;

import ijen.graph.Frame;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;

/// How an element-by-element op of two inputs treats one that is shared by the whole batch: going
/// forward its one row is used for every sample, going backward the samples' gradients are summed.
final class Broadcast {
  private Broadcast() {}

  /// One of the kernels that combine two matrices element by element.
  @FunctionalInterface
  interface Combination {
    void apply(
        Kernels kernels,
        Buffer a,
        int strideA,
        Buffer b,
        int strideB,
        Buffer out,
        int rows,
        int columns);
  }

  /// Combines `a` and `b`, which have the forms of the two inputs, into the form of the output.
  static void combine(Frame frame, Combination kernel, Buffer a, Buffer b, Buffer out) {
    kernel.apply(
        frame.kernels(),
        a,
        stride(frame, 0),
        b,
        stride(frame, 1),
        out,
        frame.rows(),
        frame.outputForm().shape().size());
  }

  /// The distance between the rows of input `i`: 0 if its one row serves them all.
  static int stride(Frame frame, int i) {
    return shared(frame, i) ? 0 : frame.outputForm().shape().size();
  }

  /// Writes `x`, which has the form of input `i`, in the form of the output.
  static void spread(Frame frame, int i, Buffer x, Buffer out) {
    if (shared(frame, i)) {
      frame.kernels().fillRows(x, out, frame.rows(), frame.outputForm().shape().size());
    } else {
      frame.kernels().copy(x, out, frame.count());
    }
  }

  /// Writes `d`, which has the form of the output, to the gradient of input `i`.
  static void collect(Frame frame, int i, Buffer d) {
    Buffer out = frame.inputGradient(i);
    if (shared(frame, i)) {
      frame.kernels().sumColumns(d, out, frame.rows(), frame.outputForm().shape().size());
    } else {
      frame.kernels().copy(d, out, frame.count());
    }
  }

  /// Whether the one row of input `i` serves every sample.
  static boolean shared(Frame frame, int i) {
    return frame.outputForm().batched() && !frame.inputForm(i).batched();
  }
}
