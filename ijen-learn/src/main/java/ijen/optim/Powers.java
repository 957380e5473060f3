package ijen.optim;

/// Whole powers, the same on every machine.
final class Powers {
  private Powers() {}

  /// `base` to the power of `exponent`, 0 or more, by squaring: at most 2·log₂ exponent roundings.
  /// Not `StrictMath.pow`, which allocates, as a training step must not.
  static double of(double base, long exponent) {
    double result = 1;
    double square = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }
}
