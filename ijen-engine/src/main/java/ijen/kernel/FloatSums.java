package ijen.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Sums in an order that depends on the length alone.
///
/// Over the largest multiple of 16 numbers, sixteen partial sums run side by side (number `i` goes
/// to partial sum `i mod 16`) and are combined in a tree; the up to 15 numbers that remain are
/// added to the result in order. The sixteen are four vectors of four on every machine: wider ones
/// would have to imitate that order, and reading the numbers is what takes the time.
final class FloatSums {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_128;

  private FloatSums() {}

  static float sum(float[] xs, int xo, int n) {
    float sum = 0;
    int i = 0;
    if (n >= 16) {
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int end = n & -16; i < end; i += 16) {
        s0 = s0.add(FloatVector.fromArray(S, xs, xo + i));
        s1 = s1.add(FloatVector.fromArray(S, xs, xo + i + 4));
        s2 = s2.add(FloatVector.fromArray(S, xs, xo + i + 8));
        s3 = s3.add(FloatVector.fromArray(S, xs, xo + i + 12));
      }
      FloatVector s = s0.add(s1).add(s2.add(s3));
      sum = (s.lane(0) + s.lane(1)) + (s.lane(2) + s.lane(3));
    }
    for (; i < n; i++) {
      sum += xs[xo + i];
    }
    return sum;
  }

  static float dot(float[] as, int ao, float[] bs, int bo, int n) {
    float sum = 0;
    int i = 0;
    if (n >= 16) {
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int end = n & -16; i < end; i += 16) {
        s0 = FloatVector.fromArray(S, as, ao + i).fma(FloatVector.fromArray(S, bs, bo + i), s0);
        s1 =
            FloatVector.fromArray(S, as, ao + i + 4)
                .fma(FloatVector.fromArray(S, bs, bo + i + 4), s1);
        s2 =
            FloatVector.fromArray(S, as, ao + i + 8)
                .fma(FloatVector.fromArray(S, bs, bo + i + 8), s2);
        s3 =
            FloatVector.fromArray(S, as, ao + i + 12)
                .fma(FloatVector.fromArray(S, bs, bo + i + 12), s3);
      }
      FloatVector s = s0.add(s1).add(s2.add(s3));
      sum = (s.lane(0) + s.lane(1)) + (s.lane(2) + s.lane(3));
    }
    for (; i < n; i++) {
      sum = Math.fma(as[ao + i], bs[bo + i], sum);
    }
    return sum;
  }

  /// The largest of `n` numbers, NaN if there is one, −∞ if there are none.
  static float max(float[] xs, int xo, int n) {
    float max = Float.NEGATIVE_INFINITY;
    int i = 0;
    if (n >= 16) {
      FloatVector m0 = FloatVector.fromArray(S, xs, xo);
      FloatVector m1 = FloatVector.fromArray(S, xs, xo + 4);
      FloatVector m2 = FloatVector.fromArray(S, xs, xo + 8);
      FloatVector m3 = FloatVector.fromArray(S, xs, xo + 12);
      i = 16;
      for (int end = n & -16; i < end; i += 16) {
        m0 = m0.max(FloatVector.fromArray(S, xs, xo + i));
        m1 = m1.max(FloatVector.fromArray(S, xs, xo + i + 4));
        m2 = m2.max(FloatVector.fromArray(S, xs, xo + i + 8));
        m3 = m3.max(FloatVector.fromArray(S, xs, xo + i + 12));
      }
      FloatVector m = m0.max(m1).max(m2.max(m3));
      max = Math.max(Math.max(m.lane(0), m.lane(1)), Math.max(m.lane(2), m.lane(3)));
    }
    for (; i < n; i++) {
      float x = xs[xo + i];
      max = x > max || Float.isNaN(x) ? x : max;
    }
    return max;
  }

  /// The sum of `n` numbers in `double`: four partial sums side by side, then as above.
  static double exactSum(float[] xs, int xo, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (int end = n & -4; i < end; i += 4) {
      s0 += xs[xo + i];
      s1 += xs[xo + i + 1];
      s2 += xs[xo + i + 2];
      s3 += xs[xo + i + 3];
    }
    double sum = (s0 + s1) + (s2 + s3);
    for (; i < n; i++) {
      sum += xs[xo + i];
    }
    return sum;
  }

  static double exactDot(float[] as, int ao, float[] bs, int bo, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (int end = n & -4; i < end; i += 4) {
      s0 += (double) as[ao + i] * bs[bo + i]; // a product of two floats is exact in double
      s1 += (double) as[ao + i + 1] * bs[bo + i + 1];
      s2 += (double) as[ao + i + 2] * bs[bo + i + 2];
      s3 += (double) as[ao + i + 3] * bs[bo + i + 3];
    }
    double sum = (s0 + s1) + (s2 + s3);
    for (; i < n; i++) {
      sum += (double) as[ao + i] * bs[bo + i];
    }
    return sum;
  }

  /// The index of the first NaN, or else of the first of the largest of `n` numbers.
  static int argmax(float[] xs, int xo, int n) {
    int best = 0;
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      float x = xs[xo + i];
      if (Float.isNaN(x)) {
        return i;
      }
      boolean larger = x > largest; // by selection: as a branch it would be guessed wrong
      largest = larger ? x : largest;
      best = larger ? i : best;
    }
    return best;
  }
}
