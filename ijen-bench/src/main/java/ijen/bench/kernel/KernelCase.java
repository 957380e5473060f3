package ijen.bench.kernel;

import ijen.kernel.Buffer;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import java.util.List;

/// One kernel at one size: what to call, what a call costs, and how its answer is proved.
///
/// @param group the table it stands in
/// @param kernel what is called
/// @param shape at which size
/// @param cost what a call costs
/// @param threaded whether a call can use more than one thread
/// @param tolerance how far a number of the answer may lie from the reference kernels', relative to
///   that number or, if it is smaller, to 1
/// @param preparation makes a call
record KernelCase(
    String group,
    String kernel,
    String shape,
    Cost cost,
    boolean threaded,
    double tolerance,
    Preparation preparation) {

  /// Makes operands and a call on them.
  @FunctionalInterface
  interface Preparation {
    Call prepare(Operands operands);
  }

  /// A call that can be repeated, and where its answer is after the first time.
  record Call(Runnable run, List<Buffer> answers) {
    static Call of(Runnable run, Buffer... answers) {
      return new Call(run, List.of(answers));
    }
  }

  /// What patterns are matched with, and what a measuring JVM is told.
  String name() {
    return (group + " " + kernel + " " + shape).strip();
  }

  /// A call in `float`, made once and found right.
  ///
  /// @throws IllegalStateException naming the first wrong number
  Call verified(Workers workers) {
    Call call = preparation.prepare(new Operands(Precision.FLOAT, workers));
    Call truth = preparation.prepare(new Operands(Precision.DOUBLE, workers));
    call.run().run();
    truth.run().run();
    verify(call.answers(), truth.answers());
    return call;
  }

  /// Compares answers, number by number.
  ///
  /// @throws IllegalStateException naming the first wrong number, or if there is nothing to compare
  void verify(List<Buffer> got, List<Buffer> want) {
    if (want.isEmpty() || got.size() != want.size()) {
      throw new IllegalStateException(
          "%s: expected answers to compare, got %s and %s of the reference kernels"
              .formatted(name(), got.size(), want.size()));
    }
    for (int b = 0; b < want.size(); b++) {
      Buffer mine = got.get(b);
      Buffer truth = want.get(b);
      if (truth.length() == 0 || mine.length() != truth.length()) {
        throw new IllegalStateException(
            "%s: answer %s has %s numbers, the reference kernels' has %s"
                .formatted(name(), b, mine.length(), truth.length()));
      }
      for (int i = 0; i < truth.length(); i++) {
        double expected = truth.get(i);
        double allowed = tolerance * Math.max(1, Math.abs(expected));
        if (!(Math.abs(mine.get(i) - expected) <= allowed)) { // NaN fails too
          throw new IllegalStateException(
              "%s: number %s of answer %s is %s, expected %s ± %s by the reference kernels; a wrong"
                      .formatted(name(), i, b, mine.get(i), expected, allowed)
                  + " answer's time is not worth taking");
        }
      }
    }
  }
}
