package ijen.kernel;

import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Maps of `n` neighbouring columns of a matrix, for normalisations: each column has coefficients
/// of its own, read once for four rows.
final class FloatColumns {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;

  private FloatColumns() {}

  /// `y = factor·(x − mean) + shift` over some rows, and 0 where that is not above `limit`: 0, or
  /// NaN for none.
  static void apply(
      float[] xs,
      int xo,
      float[] ms,
      int mo,
      float[] fs,
      int fo,
      float[] bs,
      int bo,
      float limit,
      float[] ys,
      int yo,
      int stride,
      int rows,
      int n) {
    int r = 0;
    for (; r + 4 <= rows; r += 4) {
      int i = r * stride;
      apply4(xs, xo + i, ms, mo, fs, fo, bs, bo, limit, ys, yo + i, stride, n);
    }
    for (; r < rows; r++) {
      int i = r * stride;
      apply1(xs, xo + i, ms, mo, fs, fo, bs, bo, limit, ys, yo + i, n);
    }
  }

  private static void apply4(
      float[] xs,
      int x0,
      float[] ms,
      int mo,
      float[] fs,
      int fo,
      float[] bs,
      int bo,
      float limit,
      float[] ys,
      int y0,
      int stride,
      int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector m = FloatVector.fromArray(F, ms, mo + i);
      FloatVector f = FloatVector.fromArray(F, fs, fo + i);
      FloatVector b = FloatVector.fromArray(F, bs, bo + i);
      int x = x0 + i;
      int y = y0 + i;
      FloatVector v0 = FloatVector.fromArray(F, xs, x).sub(m).fma(f, b);
      FloatVector v1 = FloatVector.fromArray(F, xs, x + stride).sub(m).fma(f, b);
      FloatVector v2 = FloatVector.fromArray(F, xs, x + 2 * stride).sub(m).fma(f, b);
      FloatVector v3 = FloatVector.fromArray(F, xs, x + 3 * stride).sub(m).fma(f, b);
      v0.blend(0, v0.compare(LE, limit)).intoArray(ys, y);
      v1.blend(0, v1.compare(LE, limit)).intoArray(ys, y + stride);
      v2.blend(0, v2.compare(LE, limit)).intoArray(ys, y + 2 * stride);
      v3.blend(0, v3.compare(LE, limit)).intoArray(ys, y + 3 * stride);
    }
    for (; i < n; i++) {
      for (int j = i, r = 0; r < 4; r++, j += stride) {
        float y = Math.fma(xs[x0 + j] - ms[mo + i], fs[fo + i], bs[bo + i]);
        ys[y0 + j] = y <= limit ? 0 : y;
      }
    }
  }

  private static void apply1(
      float[] xs,
      int xo,
      float[] ms,
      int mo,
      float[] fs,
      int fo,
      float[] bs,
      int bo,
      float limit,
      float[] ys,
      int yo,
      int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector y =
          FloatVector.fromArray(F, xs, xo + i)
              .sub(FloatVector.fromArray(F, ms, mo + i))
              .fma(FloatVector.fromArray(F, fs, fo + i), FloatVector.fromArray(F, bs, bo + i));
      y.blend(0, y.compare(LE, limit)).intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      float y = Math.fma(xs[xo + i] - ms[mo + i], fs[fo + i], bs[bo + i]);
      ys[yo + i] = y <= limit ? 0 : y;
    }
  }

  /// `d = 0` where [#apply] gave 0, in one row.
  static void mask(
      float[] xs,
      int xo,
      float[] ms,
      int mo,
      float[] fs,
      int fo,
      float[] bs,
      int bo,
      float[] ds,
      int dd,
      int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector y =
          FloatVector.fromArray(F, xs, xo + i)
              .sub(FloatVector.fromArray(F, ms, mo + i))
              .fma(FloatVector.fromArray(F, fs, fo + i), FloatVector.fromArray(F, bs, bo + i));
      FloatVector.fromArray(F, ds, dd + i).blend(0, y.compare(LE, 0)).intoArray(ds, dd + i);
    }
    for (; i < n; i++) {
      float y = Math.fma(xs[xo + i] - ms[mo + i], fs[fo + i], bs[bo + i]);
      ds[dd + i] = y <= 0 ? 0 : ds[dd + i];
    }
  }

  /// `out = factor·d + slope·(x − mean) + level` over some rows.
  static void combine(
      float[] xs,
      int xo,
      float[] ms,
      int mo,
      float[] ds,
      int dd,
      float[] fs,
      int fo,
      float[] ss,
      int so,
      float[] ls,
      int lo,
      float[] os,
      int oo,
      int stride,
      int rows,
      int n) {
    int r = 0;
    for (; r + 4 <= rows; r += 4) {
      int i = r * stride;
      combine4(xs, xo + i, ms, mo, ds, dd + i, fs, fo, ss, so, ls, lo, os, oo + i, stride, n);
    }
    for (; r < rows; r++) {
      int i = r * stride;
      combine1(xs, xo + i, ms, mo, ds, dd + i, fs, fo, ss, so, ls, lo, os, oo + i, n);
    }
  }

  private static void combine4(
      float[] xs,
      int x0,
      float[] ms,
      int mo,
      float[] ds,
      int d0,
      float[] fs,
      int fo,
      float[] ss,
      int so,
      float[] ls,
      int lo,
      float[] os,
      int o0,
      int stride,
      int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector m = FloatVector.fromArray(F, ms, mo + i);
      FloatVector f = FloatVector.fromArray(F, fs, fo + i);
      FloatVector s = FloatVector.fromArray(F, ss, so + i);
      FloatVector l = FloatVector.fromArray(F, ls, lo + i);
      int x = x0 + i;
      int d = d0 + i;
      int o = o0 + i;
      FloatVector l0 = FloatVector.fromArray(F, ds, d).fma(f, l);
      FloatVector l1 = FloatVector.fromArray(F, ds, d + stride).fma(f, l);
      FloatVector l2 = FloatVector.fromArray(F, ds, d + 2 * stride).fma(f, l);
      FloatVector l3 = FloatVector.fromArray(F, ds, d + 3 * stride).fma(f, l);
      FloatVector.fromArray(F, xs, x).sub(m).fma(s, l0).intoArray(os, o);
      FloatVector.fromArray(F, xs, x + stride).sub(m).fma(s, l1).intoArray(os, o + stride);
      FloatVector.fromArray(F, xs, x + 2 * stride).sub(m).fma(s, l2).intoArray(os, o + 2 * stride);
      FloatVector.fromArray(F, xs, x + 3 * stride).sub(m).fma(s, l3).intoArray(os, o + 3 * stride);
    }
    for (; i < n; i++) {
      for (int j = i, r = 0; r < 4; r++, j += stride) {
        float level = Math.fma(ds[d0 + j], fs[fo + i], ls[lo + i]);
        os[o0 + j] = Math.fma(xs[x0 + j] - ms[mo + i], ss[so + i], level);
      }
    }
  }

  private static void combine1(
      float[] xs,
      int xo,
      float[] ms,
      int mo,
      float[] ds,
      int dd,
      float[] fs,
      int fo,
      float[] ss,
      int so,
      float[] ls,
      int lo,
      float[] os,
      int oo,
      int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector level =
          FloatVector.fromArray(F, ds, dd + i)
              .fma(FloatVector.fromArray(F, fs, fo + i), FloatVector.fromArray(F, ls, lo + i));
      FloatVector.fromArray(F, xs, xo + i)
          .sub(FloatVector.fromArray(F, ms, mo + i))
          .fma(FloatVector.fromArray(F, ss, so + i), level)
          .intoArray(os, oo + i);
    }
    for (; i < n; i++) {
      float level = Math.fma(ds[dd + i], fs[fo + i], ls[lo + i]);
      os[oo + i] = Math.fma(xs[xo + i] - ms[mo + i], ss[so + i], level);
    }
  }

  /// `out = 1/√(x + epsilon)`.
  static void inverseRoot(float[] xs, int xo, float epsilon, float[] os, int oo, int n) {
    FloatVector one = FloatVector.broadcast(F, 1);
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      one.div(FloatVector.fromArray(F, xs, xo + i).add(epsilon).sqrt()).intoArray(os, oo + i);
    }
    for (; i < n; i++) {
      os[oo + i] = 1 / (float) Math.sqrt(xs[xo + i] + epsilon);
    }
  }

  /// `out = x / divisor`.
  static void divide(float[] xs, int xo, float divisor, float[] os, int oo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector.fromArray(F, xs, xo + i).div(divisor).intoArray(os, oo + i);
    }
    for (; i < n; i++) {
      os[oo + i] = xs[xo + i] / divisor;
    }
  }

  /// `out = −(a·b) / divisor`, which may be any of them.
  static void through(
      float[] as, int ao, float[] bs, int bo, float divisor, float[] os, int oo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector.fromArray(F, as, ao + i)
          .mul(FloatVector.fromArray(F, bs, bo + i))
          .div(-divisor)
          .intoArray(os, oo + i);
    }
    for (; i < n; i++) {
      os[oo + i] = as[ao + i] * bs[bo + i] / -divisor;
    }
  }
}
