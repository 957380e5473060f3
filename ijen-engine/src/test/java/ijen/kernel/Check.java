package ijen.kernel;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The results of one kernel call, with how far a `float` result may lie from the `double` one.
final class Check {
  /// Half the distance from 1 to the next `float`: what one rounding costs.
  static final double ROUNDING = 0x1p-24;

  private static final class Result {
    final String name;
    final double[] values;
    final double ulps;
    final double @Nullable [] slack;

    Result(String name, double[] values, double ulps, double @Nullable [] slack) {
      this.name = name;
      this.values = values;
      this.ulps = ulps;
      this.slack = slack;
    }
  }

  private final List<Result> results = new ArrayList<>();

  /// Results that may differ by `ulps` units in the last place of the `float` result.
  void out(String name, Buffer values, double ulps) {
    out(name, values, ulps, null);
  }

  /// Results that may differ by `ulps` units in the last place and, number by number, by `slack`.
  void out(String name, Buffer values, double ulps, double @Nullable [] slack) {
    double[] copy = new double[values.length()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = values.get(i);
    }
    results.add(new Result(name, copy, ulps, slack));
  }

  /// One number that may differ by `slack`.
  void value(String name, double value, double slack) {
    results.add(new Result(name, new double[] {value}, 0, new double[] {slack}));
  }

  /// What is wrong with these results, of which `reference` are the true ones; null if nothing is.
  @Nullable String compare(Check reference) {
    for (int r = 0; r < results.size(); r++) {
      Result got = results.get(r);
      Result want = reference.results.get(r);
      for (int i = 0; i < want.values.length; i++) {
        double slack = want.slack == null ? 0 : want.slack[i];
        if (!near(got.values[i], want.values[i], want.ulps, slack)) {
          return String.format(
              Locale.ROOT,
              "%s[%d] of %d: expected %s, got %s (allowed: %s ulp + %s)",
              want.name,
              i,
              want.values.length,
              want.values[i],
              got.values[i],
              want.ulps,
              slack);
        }
      }
    }
    return null;
  }

  private static boolean near(double got, double want, double ulps, double slack) {
    float rounded = (float) want;
    if (Double.isNaN(want) || Double.isNaN(got)) {
      return Double.isNaN(want) && Double.isNaN(got);
    }
    if (Float.isInfinite(rounded)) {
      return got == rounded
          || (Double.isFinite(want) && got == Math.copySign(Float.MAX_VALUE, want));
    }
    return Math.abs(got - want) <= ulps * Math.ulp(rounded) + slack;
  }

  /// Adds the bits of all results to a digest, every NaN as the same one.
  void digest(MessageDigest digest) {
    for (Result result : results) {
      ByteBuffer bytes = ByteBuffer.allocate(8 * result.values.length);
      for (double value : result.values) {
        bytes.putLong(Double.doubleToLongBits(value));
      }
      digest.update(bytes.array());
    }
  }

  /// The first difference in bits from other results; null if there is none.
  @Nullable String difference(Check other) {
    for (int r = 0; r < results.size(); r++) {
      double[] mine = results.get(r).values;
      double[] theirs = other.results.get(r).values;
      for (int i = 0; i < mine.length; i++) {
        if (Double.doubleToLongBits(mine[i]) != Double.doubleToLongBits(theirs[i])) {
          return results.get(r).name + "[" + i + "]: " + mine[i] + " and " + theirs[i];
        }
      }
    }
    return null;
  }
}
