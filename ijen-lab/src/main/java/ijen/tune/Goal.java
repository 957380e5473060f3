package ijen.tune;

/// Which values are better.
public enum Goal {
  /// Lower ones: losses.
  MINIMISE,
  /// Higher ones: accuracies.
  MAXIMISE;

  /// A value as a loss: the lower, the better; what is no number is worse than all others.
  double loss(double value) {
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : this == MINIMISE ? value : -value;
  }

  /// Whether `value` is better than `other`; NaN is better than nothing.
  public boolean isBetter(double value, double other) {
    return this == MINIMISE ? value < other : value > other;
  }
}
