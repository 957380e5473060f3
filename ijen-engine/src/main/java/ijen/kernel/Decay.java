package ijen.kernel;

import java.util.Arrays;

/// How strongly each number of a vector decays in an update: a factor for each of some ranges.
///
/// Ranges follow each other from index 0; numbers after the last one do not decay. Neighbours with
/// equal factors are one range, so that an update is one loop where nothing distinguishes them.
public final class Decay {
  private static final Decay NONE = new Decay(new int[] {Integer.MAX_VALUE}, new double[] {0});

  private final int[] ends; // the last one is Integer.MAX_VALUE
  private final double[] factors;

  private Decay(int[] ends, double[] factors) {
    this.ends = ends;
    this.factors = factors;
  }

  /// No decay anywhere.
  public static Decay none() {
    return NONE;
  }

  /// Decay by `factor` everywhere.
  ///
  /// @throws IllegalArgumentException if it is not a number of 0 or more
  public static Decay of(double factor) {
    return of(new int[] {1}, new double[] {factor}).slice(0, 1);
  }

  /// Decay by `factors[i]` in the range that begins where the one before ends and ends before index
  /// `ends[i]`.
  ///
  /// @throws IllegalArgumentException if there are not as many ends as factors, an end does not lie
  ///   after the one before, or a factor is not a number of 0 or more
  public static Decay of(int[] ends, double[] factors) {
    if (ends.length != factors.length) {
      throw new IllegalArgumentException(
          "decay: expected a factor for each range, got " + factors.length + " for " + ends.length);
    }
    int[] mergedEnds = new int[ends.length + 1];
    double[] mergedFactors = new double[ends.length + 1];
    int ranges = 0;
    int begin = 0;
    for (int i = 0; i <= ends.length; i++) {
      int end = i < ends.length ? ends[i] : Integer.MAX_VALUE;
      double factor = i < ends.length ? factors[i] : 0;
      if (end <= begin) {
        throw new IllegalArgumentException(
            "decay: expected an end after " + begin + " for range " + i + ", got " + end);
      }
      if (!(factor >= 0 && Double.isFinite(factor))) {
        throw new IllegalArgumentException(
            "decay: expected a factor of 0 or more for range " + i + ", got " + factor);
      }
      if (ranges == 0 || factor != mergedFactors[ranges - 1]) {
        mergedFactors[ranges++] = factor;
      }
      mergedEnds[ranges - 1] = end;
      begin = end;
    }
    return new Decay(Arrays.copyOf(mergedEnds, ranges), Arrays.copyOf(mergedFactors, ranges));
  }

  /// The factor that holds for number `index`.
  public double at(int index) {
    int range = 0;
    while (index >= ends[range]) {
      range++;
    }
    return factors[range];
  }

  /// The decay of the numbers from `from` to before `to`, counted from `from` on.
  public Decay slice(int from, int to) {
    int first = 0;
    while (ends[first] <= from) {
      first++;
    }
    int last = first;
    while (ends[last] < to) {
      last++;
    }
    int[] sliced = Arrays.copyOfRange(ends, first, last + 1);
    for (int i = 0; i < sliced.length - 1; i++) {
      sliced[i] -= from;
    }
    sliced[sliced.length - 1] = Integer.MAX_VALUE;
    return new Decay(sliced, Arrays.copyOfRange(factors, first, last + 1));
  }

  /// Whether all numbers decay alike.
  public boolean isUniform() {
    return ends.length == 1;
  }

  /// The index after the last number of a range. The last range has no end.
  int end(int range) {
    return ends[range];
  }

  /// The factor of a range.
  double factor(int range) {
    return factors[range];
  }

  /// For example `decay 0.001 to 7840, 0.0 from there`.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("decay ");
    for (int range = 0; range < ends.length - 1; range++) {
      text.append(factors[range]).append(" to ").append(ends[range]).append(", ");
    }
    text.append(factors[ends.length - 1]);
    return text.append(ends.length > 1 ? " from there" : "").toString();
  }
}
