package ijen.check;

import ijen.check.SanityReport.Level;
import ijen.data.Dataset;
import ijen.loss.Loss;
import ijen.plot.Digits;

/// Whether the first loss is that of one who knows nothing.
final class InitialLoss {
  private static final String CHECK = "initial loss";

  private InitialLoss() {}

  /// Adds what is to be said of `first`, a finite loss.
  ///
  /// @param trained whether the network has learned already
  static void add(double first, Loss loss, Dataset data, boolean trained, Findings findings) {
    String is = Digits.significant(first, 4);
    double expected = expected(loss, data);
    if (trained || Double.isNaN(expected)) {
      findings.add(CHECK, Level.FINE, is + (trained ? ", of a trained network" : ""));
      return;
    }
    String should =
        "%s; knowing nothing gives ln %s = %s"
            .formatted(is, Math.max(2, data.classes().size()), Digits.significant(expected, 4));
    if (first > 1.5 * expected + 0.5) {
      findings.add(
          CHECK,
          Level.LOOK,
          should
              + ": the network begins sure of itself and wrong; are the first weights, or the"
              + " inputs, too large?");
    } else if (first < 0.5 * expected) {
      findings.add(
          CHECK,
          Level.LOOK,
          should
              + ": it knows more than it can; is the target among the inputs, or one class nearly"
              + " all there is?");
    } else {
      findings.add(CHECK, Level.FINE, should);
    }
  }

  /// The loss of one who knows nothing; NaN where there is no such number.
  private static double expected(Loss loss, Dataset data) {
    String name = loss.name().split(":", 2)[0]; // without its settings
    int classes = data.classes().size();
    return switch (name) {
      case "cross-entropy" -> classes == 0 ? Double.NaN : StrictMath.log(classes);
      case "binary-cross-entropy", "binary-cross-entropy-of-probabilities" -> StrictMath.log(2);
      default -> Double.NaN;
    };
  }
}
