package ijen.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The comparison of one tensor in the making; what is not known is NaN.
final class Work {
  final Slot slot;
  final double[] theta;
  final double scale;
  final double[] reverse;
  final double[] forward;
  final double[] numeric;
  final double[] doubt;
  final List<TensorCheck.SweepPoint> sweep = new ArrayList<>();
  final List<String> causes = new ArrayList<>(); // what was found out by running, not by numbers
  double step = Double.NaN;
  int compared;
  int kinks;
  int unresolved;
  int wrong;
  int forwardWrong;
  double absoluteError;
  double relativeError;
  double leastWrong = Double.POSITIVE_INFINITY;
  double mostWrong;
  double forwardError;
  double floatError = Double.NaN;

  Work(Slot slot, double[] theta, double[] reverse) {
    this.slot = slot;
    this.theta = theta;
    this.scale = Differences.scale(theta);
    this.reverse = reverse;
    this.forward = unknown(slot.size());
    this.numeric = unknown(slot.size());
    this.doubt = unknown(slot.size());
  }

  private static double[] unknown(int size) {
    double[] values = new double[size];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  boolean isWrong() {
    return wrong > 0 || forwardWrong > 0 || !causes.isEmpty();
  }

  /// The relative distance of two numbers.
  static double relative(double a, double b) {
    double size = Math.max(Math.abs(a), Math.abs(b));
    return size == 0 ? 0 : Math.abs(a - b) / size;
  }
}
