package ijen.check;

import java.util.Map;
import java.util.function.IntUnaryOperator;

/// What is known of one wrong tensor: the numbers under suspicion, and the right ones as far as
/// differences of the loss tell them. What is not known is NaN.
///
/// @param slot the tensor
/// @param suspect the numbers that are wrong
/// @param right the numbers that differences give
/// @param doubt how far these may be off
/// @param theta the tensor's own values
/// @param counts the sizes that a wrong factor may come from
@SuppressWarnings("ArrayRecordComponent") // never compared
record Evidence(
    Slot slot,
    double[] suspect,
    double[] right,
    double[] doubt,
    double[] theta,
    Map<String, Integer> counts) {
  private static final double CLOSE = 1e-4;

  int size() {
    return suspect.length;
  }

  /// Whether the right value of number `i` is known, and it can be compared.
  boolean known(int i) {
    return Double.isFinite(right[i]) && Double.isFinite(suspect[i]);
  }

  /// Whether all numbers are known.
  boolean complete() {
    for (int i = 0; i < size(); i++) {
      if (!known(i)) {
        return false;
      }
    }
    return true;
  }

  /// Whether number `i` is what it should be.
  boolean isRight(int i) {
    return isClose(suspect[i], right[i], i);
  }

  /// Whether two values of number `i` agree.
  boolean isClose(double a, double b, int i) {
    double doubt = Double.isFinite(this.doubt[i]) ? this.doubt[i] : 0;
    return Math.abs(a - b) <= CLOSE * Math.max(Math.abs(a), Math.abs(b)) + 10 * doubt;
  }

  /// Whether the suspect numbers are those of `prediction`, wherever both are known.
  boolean isExplainedBy(double[] prediction) {
    return compare(prediction, i -> i, 1) && differs(prediction);
  }

  /// Whether each right number stands at another place of the suspect ones: number `i` at
  /// `place(i)`; −1 for none.
  boolean isExplainedByMoving(IntUnaryOperator place) {
    return compare(right, place, 1);
  }

  /// The factor by which the suspect numbers are those of `prediction`; NaN if there is none. Fewer
  /// than three numbers tell no factor.
  double factor(double[] prediction) {
    double products = 0;
    double squares = 0;
    int count = 0;
    for (int i = 0; i < size(); i++) {
      if (Double.isFinite(prediction[i]) && Double.isFinite(suspect[i])) {
        products += suspect[i] * prediction[i];
        squares += prediction[i] * prediction[i];
        count += Math.abs(prediction[i]) > 0 ? 1 : 0;
      }
    }
    double factor = products / squares;
    boolean enough = count >= Math.min(3, size());
    return enough && factor != 0 && Double.isFinite(factor) && compare(prediction, i -> i, factor)
        ? factor
        : Double.NaN;
  }

  /// A prediction that is only the right gradient again explains nothing.
  private boolean differs(double[] prediction) {
    for (int i = 0; i < size(); i++) {
      if (known(i) && Double.isFinite(prediction[i]) && !isClose(prediction[i], right[i], i)) {
        return true;
      }
    }
    return false;
  }

  /// ‖suspect(place(i)) − factor·prediction(i)‖ ≤ 10⁻⁴·‖suspect‖, over all that is known.
  private boolean compare(double[] prediction, IntUnaryOperator place, double factor) {
    double off = 0;
    double whole = 0;
    double allowed = 0;
    int count = 0;
    for (int i = 0; i < size(); i++) {
      int at = place.applyAsInt(i);
      if (at < 0 || !Double.isFinite(prediction[i]) || !Double.isFinite(suspect[at])) {
        continue;
      }
      double distance = suspect[at] - factor * prediction[i];
      off += distance * distance;
      whole += suspect[at] * suspect[at];
      double doubt = Double.isFinite(this.doubt[i]) ? 10 * this.doubt[i] : 0;
      allowed += doubt * doubt;
      count++;
    }
    return count >= Math.min(2, size()) && whole > 0 && off <= CLOSE * CLOSE * whole + allowed;
  }
}
