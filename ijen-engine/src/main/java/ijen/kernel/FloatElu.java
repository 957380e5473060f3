package ijen.kernel;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Functions that treat the two sides of 0 differently: step, leaky ReLU (with one slope or many),
/// ELU, softplus; and their gradients.
///
/// See [FloatActivations] for how they use scratch memory, and [Lanes] for why the loops look as
/// they do.
final class FloatElu {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;

  private FloatElu() {}

  /// `y = 1` above 0, else 0; NaN stays NaN.
  static void step(Buffer x, Buffer y, int from, int to) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xo = x.offset + from;
    int yo = y.offset + from;
    int n = to - from;
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector v = FloatVector.fromArray(F, xs, xo + i);
      v.blend(0, v.compare(LE, 0)).blend(1, v.compare(GT, 0)).intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      float v = xs[xo + i];
      ys[yo + i] = v > 0 ? 1 : v <= 0 ? 0 : v;
    }
  }

  /// `y = x` above 0, else `slope·x`.
  static void leaky(Buffer x, float slope, Buffer y, int from, int to) {
    leakyGradient(x, slope, x, y, from, to);
  }

  /// `out = d` where `side > 0`, else `slope·d`.
  static void leakyGradient(Buffer side, float slope, Buffer d, Buffer out, int from, int to) {
    int n = to - from;
    rectify(
        side.floats(),
        side.offset + from,
        slope,
        1,
        d.floats(),
        d.offset + from,
        out.floats(),
        out.offset + from,
        n);
  }

  /// `out = positive·d` where `x > 0`, else `slope·d`.
  private static void rectify(
      float[] xs,
      int xo,
      float slope,
      float positive,
      float[] ds,
      int dd,
      float[] os,
      int oo,
      int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector x = FloatVector.fromArray(F, xs, xo + i);
      FloatVector d = FloatVector.fromArray(F, ds, dd + i);
      FloatVector factor = FloatVector.broadcast(F, slope).blend(positive, x.compare(GT, 0));
      d.mul(factor).intoArray(os, oo + i);
    }
    for (; i < n; i++) {
      os[oo + i] = ds[dd + i] * (xs[xo + i] > 0 ? positive : slope);
    }
  }

  /// The same with a slope for each number.
  private static void rectify(
      float[] xs,
      int xo,
      float[] slopes,
      int so,
      float positive,
      float[] ds,
      int dd,
      float[] os,
      int oo,
      int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector x = FloatVector.fromArray(F, xs, xo + i);
      FloatVector d = FloatVector.fromArray(F, ds, dd + i);
      FloatVector factor =
          FloatVector.fromArray(F, slopes, so + i).blend(positive, x.compare(GT, 0));
      d.mul(factor).intoArray(os, oo + i);
    }
    for (; i < n; i++) {
      os[oo + i] = ds[dd + i] * (xs[xo + i] > 0 ? positive : slopes[so + i]);
    }
  }

  /// As [Kernels#rectify], for the rows `from` to `to − 1`.
  static void rectify(
      Buffer x,
      Buffer slopes,
      float positive,
      Buffer d,
      Buffer out,
      int channels,
      int inner,
      int from,
      int to) {
    float[] ss = slopes.floats();
    for (int r = from; r < to; r++) {
      if (inner == 1) {
        int at = r * channels;
        rectify(
            x.floats(),
            x.offset + at,
            ss,
            slopes.offset,
            positive,
            d.floats(),
            d.offset + at,
            out.floats(),
            out.offset + at,
            channels);
        continue;
      }
      for (int c = 0; c < channels; c++) {
        int at = (r * channels + c) * inner;
        rectify(
            x.floats(),
            x.offset + at,
            ss[slopes.offset + c],
            positive,
            d.floats(),
            d.offset + at,
            out.floats(),
            out.offset + at,
            inner);
      }
    }
  }

  /// `y = high·x` from 0 up, else `low·(eˣ − 1)`.
  ///
  /// **Range:** within 0.95 units in the last place for the ELU with α = 1, 1.9 for the SELU, 3.4
  /// for any α, over all floats; NaN stays NaN.
  static void elu(Buffer x, double high, double low, Buffer y, float[] scratch, int from, int to) {
    for (int i = from; i < to; i += scratch.length) {
      int n = Math.min(scratch.length, to - i);
      int xo = x.offset + i;
      FloatMath.expm1(x.floats(), xo, scratch, 0, n);
      eluOf(x.floats(), xo, scratch, (float) high, (float) low, y.floats(), y.offset + i, n);
    }
  }

  /// From `e = eˣ − 1`.
  private static void eluOf(
      float[] xs, int xo, float[] es, float high, float low, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector x = FloatVector.fromArray(F, xs, xo + i);
      FloatVector e = FloatVector.fromArray(F, es, i).mul(low);
      e.blend(x.mul(high), x.compare(GE, 0)).intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      float x = xs[xo + i];
      ys[yo + i] = x >= 0 ? x * high : es[i] * low;
    }
  }

  /// `out = d·high` where `y > 0`, else `d·(y + low)`.
  ///
  /// **Range:** the factor is within 2⁻²⁴·low of that of the given y.
  static void gradient(Buffer y, double high, double low, Buffer d, Buffer out, int from, int to) {
    float[] ys = y.floats();
    float[] ds = d.floats();
    float[] os = out.floats();
    int yo = y.offset + from;
    int dd = d.offset + from;
    int oo = out.offset + from;
    float h = (float) high;
    float l = (float) low;
    int n = to - from;
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector v = FloatVector.fromArray(F, ys, yo + i);
      FloatVector delta = FloatVector.fromArray(F, ds, dd + i);
      delta.mul(v.add(l).blend(h, v.compare(GT, 0))).intoArray(os, oo + i);
    }
    for (; i < n; i++) {
      float v = ys[yo + i];
      os[oo + i] = ds[dd + i] * (v > 0 ? h : v + l);
    }
  }

  /// `y = max(x, 0) + ln(1 + e^−|x|)`, which overflows nowhere.
  ///
  /// **Range:** within 2.12 units in the last place, over all floats; ∞ at ∞, 0 at −∞; NaN stays
  /// NaN.
  static void softplus(Buffer x, Buffer y, float[] scratch, int from, int to) {
    int half = scratch.length / 2;
    for (int i = from; i < to; i += half) {
      int n = Math.min(half, to - i);
      int xo = x.offset + i;
      FloatActivations.minusAbsolute(x.floats(), xo, scratch, n);
      FloatMath.exp(scratch, 0, scratch, 0, n);
      FloatLosses.logOnePlus(scratch, 0, scratch, half, n);
      addPositive(x.floats(), xo, scratch, half, y.floats(), y.offset + i, n);
    }
  }

  /// `y = max(x, 0) + l`.
  private static void addPositive(
      float[] xs, int xo, float[] ls, int lo, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector x = FloatVector.fromArray(F, xs, xo + i);
      x.blend(0, x.compare(LT, 0)).add(FloatVector.fromArray(F, ls, lo + i)).intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      float x = xs[xo + i];
      ys[yo + i] = (x < 0 ? 0 : x) + ls[lo + i];
    }
  }

  /// `out = d·(1 − e⁻ʸ)`, which is `d·σ(x)`.
  ///
  /// **Range:** the factor is within 0.94 units in the last place of that of the given y.
  static void softplusGradient(Buffer y, Buffer d, Buffer out, float[] scratch, int from, int to) {
    for (int i = from; i < to; i += scratch.length) {
      int n = Math.min(scratch.length, to - i);
      int dd = d.offset + i;
      FloatElements.scale(y.floats(), y.offset + i, -1, scratch, 0, n);
      FloatMath.expm1(scratch, 0, scratch, 0, n);
      FloatElements.scale(scratch, 0, -1, scratch, 0, n);
      FloatElements.multiply(scratch, 0, d.floats(), dd, out.floats(), out.offset + i, n);
    }
  }
}
