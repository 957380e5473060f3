package ijen.bench.peer;

import java.util.Arrays;
import java.util.Collection;

/// Several measurements of one thing: their median, and how far they lie apart.
///
/// @param median the middle one, of an even number the mean of the middle two
/// @param count how many there are, 1 or more
public record Spread(double median, double least, double most, int count) {
  /// The spread of these.
  ///
  /// @throws IllegalArgumentException if there is none, or one is no number
  public static Spread of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted); // NaN comes last
    int n = sorted.length;
    if (n == 0 || Double.isNaN(sorted[n - 1])) {
      throw new IllegalArgumentException(
          "spread: expected one or more numbers, got " + Arrays.toString(values));
    }
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return new Spread(median, sorted[0], sorted[n - 1], n);
  }

  public static Spread of(Collection<Double> values) {
    return of(values.stream().mapToDouble(value -> value).toArray());
  }
}
