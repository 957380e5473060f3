package ijen.data;

import ijen.random.RandomStream;

/// The random numbers of one digit, in the order in which they are asked for.
final class DigitDice {
  private final RandomStream stream;
  private long drawn;

  DigitDice(RandomStream stream) {
    this.stream = stream;
  }

  /// A number in [0, 1).
  double uniform() {
    return stream.uniform(drawn++);
  }

  /// A nearly normal number, of mean 0 and variance 1, never beyond ±3.47: the sum of four
  /// uniforms.
  ///
  /// No logarithm, and no outliers, which nobody would take for a digit.
  double normal() {
    long bits = stream.bits(drawn++);
    long sum =
        (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48 & 0xFFFF);
    return (sum - 131070) * (1.7320508075688772 / 65536);
  }
}
