package ijen.kernel;

import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Normalisation of a strip of `n` numbers side by side that share a mean: one channel of an image,
/// or a row.
///
/// Sums are those of [FloatSums] over up to [#CHUNK] numbers, added up in `double`.
final class FloatStrips {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_128; // as in FloatSums

  /// Numbers that are summed in `float`.
  private static final int CHUNK = 1024;

  private FloatStrips() {}

  /// `Σ x`.
  static double sum(float[] xs, int xo, int n) {
    double sum = 0;
    for (int i = 0; i < n; i += CHUNK) {
      sum += FloatSums.sum(xs, xo + i, Math.min(CHUNK, n - i));
    }
    return sum;
  }

  /// `Σ (x − mean)²`.
  static double squares(float[] xs, int xo, float mean, int n) {
    double sum = 0;
    for (int i = 0; i < n; i += CHUNK) {
      sum += products(xs, xo + i, mean, xs, xo + i, mean, Math.min(CHUNK, n - i));
    }
    return sum;
  }

  /// `Σ d·(x − mean)`.
  static double products(float[] ds, int dd, float[] xs, int xo, float mean, int n) {
    double sum = 0;
    for (int i = 0; i < n; i += CHUNK) {
      sum += products(ds, dd + i, 0, xs, xo + i, mean, Math.min(CHUNK, n - i));
    }
    return sum;
  }

  /// `Σ (a − meanA)·(b − meanB)`.
  private static float products(
      float[] as, int ao, float meanA, float[] bs, int bo, float meanB, int n) {
    float sum = 0;
    int i = 0;
    if (n >= 16) {
      FloatVector ma = FloatVector.broadcast(S, meanA);
      FloatVector mb = FloatVector.broadcast(S, meanB);
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int end = n & -16; i < end; i += 16) {
        s0 =
            FloatVector.fromArray(S, as, ao + i)
                .sub(ma)
                .fma(FloatVector.fromArray(S, bs, bo + i).sub(mb), s0);
        s1 =
            FloatVector.fromArray(S, as, ao + i + 4)
                .sub(ma)
                .fma(FloatVector.fromArray(S, bs, bo + i + 4).sub(mb), s1);
        s2 =
            FloatVector.fromArray(S, as, ao + i + 8)
                .sub(ma)
                .fma(FloatVector.fromArray(S, bs, bo + i + 8).sub(mb), s2);
        s3 =
            FloatVector.fromArray(S, as, ao + i + 12)
                .sub(ma)
                .fma(FloatVector.fromArray(S, bs, bo + i + 12).sub(mb), s3);
      }
      FloatVector s = s0.add(s1).add(s2.add(s3));
      sum = (s.lane(0) + s.lane(1)) + (s.lane(2) + s.lane(3));
    }
    for (; i < n; i++) {
      sum = Math.fma(as[ao + i] - meanA, bs[bo + i] - meanB, sum);
    }
    return sum;
  }

  /// `y = factor·(x − mean) + shift`, and 0 where that is not above `limit`: 0, or NaN for none.
  static void apply(
      float[] xs,
      int xo,
      float mean,
      float factor,
      float shift,
      float limit,
      float[] ys,
      int yo,
      int n) {
    FloatVector m = FloatVector.broadcast(F, mean);
    FloatVector f = FloatVector.broadcast(F, factor);
    FloatVector b = FloatVector.broadcast(F, shift);
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector y = FloatVector.fromArray(F, xs, xo + i).sub(m).fma(f, b);
      y.blend(0, y.compare(LE, limit)).intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      float y = Math.fma(xs[xo + i] - mean, factor, shift);
      ys[yo + i] = y <= limit ? 0 : y;
    }
  }

  /// `d = 0` where [#apply] gave 0.
  static void mask(
      float[] xs, int xo, float mean, float factor, float shift, float[] ds, int dd, int n) {
    FloatVector m = FloatVector.broadcast(F, mean);
    FloatVector f = FloatVector.broadcast(F, factor);
    FloatVector b = FloatVector.broadcast(F, shift);
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector y = FloatVector.fromArray(F, xs, xo + i).sub(m).fma(f, b);
      FloatVector.fromArray(F, ds, dd + i).blend(0, y.compare(LE, 0)).intoArray(ds, dd + i);
    }
    for (; i < n; i++) {
      ds[dd + i] = Math.fma(xs[xo + i] - mean, factor, shift) <= 0 ? 0 : ds[dd + i];
    }
  }

  /// `out = factor·d + slope·(x − mean) + level`.
  static void combine(
      float[] xs,
      int xo,
      float mean,
      float[] ds,
      int dd,
      float factor,
      float slope,
      float level,
      float[] os,
      int oo,
      int n) {
    FloatVector m = FloatVector.broadcast(F, mean);
    FloatVector f = FloatVector.broadcast(F, factor);
    FloatVector s = FloatVector.broadcast(F, slope);
    FloatVector l = FloatVector.broadcast(F, level);
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector.fromArray(F, xs, xo + i)
          .sub(m)
          .fma(s, FloatVector.fromArray(F, ds, dd + i).fma(f, l))
          .intoArray(os, oo + i);
    }
    for (; i < n; i++) {
      os[oo + i] = Math.fma(xs[xo + i] - mean, slope, Math.fma(ds[dd + i], factor, level));
    }
  }

  /// `y = scale∘((x − mean)·inverse) + shift`.
  static void applyRow(
      float[] xs,
      int xo,
      float mean,
      float inverse,
      float[] gs,
      int go,
      float[] bs,
      int bo,
      float[] ys,
      int yo,
      int n) {
    FloatVector m = FloatVector.broadcast(F, mean);
    FloatVector r = FloatVector.broadcast(F, inverse);
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector.fromArray(F, xs, xo + i)
          .sub(m)
          .mul(r)
          .fma(FloatVector.fromArray(F, gs, go + i), FloatVector.fromArray(F, bs, bo + i))
          .intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      ys[yo + i] = Math.fma((xs[xo + i] - mean) * inverse, gs[go + i], bs[bo + i]);
    }
  }

  /// Adds: `out += scale∘((x − mean)·inverse)`.
  static void addRow(
      float[] xs,
      int xo,
      float mean,
      float inverse,
      float[] gs,
      int go,
      float[] os,
      int oo,
      int n) {
    applyRow(xs, xo, mean, inverse, gs, go, os, oo, os, oo, n);
  }
}
