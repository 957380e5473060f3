package ijen.kernel;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Functions that are x times a probability: GELU in both forms, SiLU; and their gradients.
///
/// Numbers so far out that the probability is 0 in `float` are taken as the nearest of those: the
/// products with infinities that have no value do not arise. See [FloatActivations] for how scratch
/// memory is used, [FloatMath] for how polynomials are found and errors measured, and [Lanes] for
/// why the loops look as they do.
final class FloatGelu {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;

  private static final float FAR = 16; // e^−128 is 0 in float
  private static final float DENSITY = 0x1.988454p-2f; // 1/√(2π), the normal density at 0
  private static final float R0 = 0x1.e361eap-2f;
  private static final float R1 = -0x1.8c18f2p-4f;
  private static final float R2 = 0x1.cac1dp-7f;
  private static final float R3 = 0x1.d49736p-6f;
  private static final float R4 = -0x1.07d186p-5f;
  private static final float R5 = 0x1.25cbfep-6f;
  private static final float R6 = -0x1.461a3ap-8f;
  private static final float R7 = -0x1.10e268p-12f;
  private static final float R8 = 0x1.5d6bf6p-11f;
  private static final float R9 = -0x1.12c6fep-13f;
  private static final float R10 = -0x1.aafbbep-14f;

  private static final float SILU_FAR = 128;
  private static final float TANH_FAR = 20;
  private static final float TANH_SLOPE = 0x1.988454p0f; // 2√(2/π)
  private static final float TANH_CUBE = 0x1.2444f2p-4f; // 2√(2/π)·0.044715
  private static final float TANH_SQUARE = 0x1.b6676cp-3f; // three times that

  private FloatGelu() {}

  // ---------------------------------------------------------------- x·Φ(x)

  /// `y = x·Φ(x)`.
  ///
  /// With `a = |x|`, `Φ(−a) = e^{−a²/2}·M(a)`, and `M(a)·(1 + a)` is a polynomial in `(a − 4)/(a +
  /// 4)` of degree 10, with an error of 0.23·2⁻²⁴. The exponent is made as in [FloatErf]: with `l`
  /// the rounding error of `h = a²/2`, `e^{−a²/2} = e^{−h}·(1 − l)`. For x ≥ 0, `Φ(x) = 1 − Φ(−x)`.
  ///
  /// **Range:** within 4.84 units in the last place, over all floats, or 20 of the smallest
  /// subnormal (below −13); ∞ at ∞, −0 at −∞; NaN stays NaN.
  ///
  /// **Source:** the transform of a: Shepherd, Laframboise, "Chebyshev approximation of (1 +
  /// 2x)exp(x²)erfc x in 0 ≤ x < ∞", Mathematics of Computation 36, 1981.
  static void gelu(Buffer x, Buffer y, float[] scratch, int from, int to) {
    for (int i = from; i < to; i += scratch.length) {
      int n = Math.min(scratch.length, to - i);
      int xo = x.offset + i;
      minusHalfSquare(x.floats(), xo, scratch, n);
      FloatMath.exp(scratch, 0, scratch, 0, n);
      geluOf(x.floats(), xo, scratch, y.floats(), y.offset + i, n);
    }
  }

  /// `y = −x²/2`.
  private static void minusHalfSquare(float[] xs, int xo, float[] ys, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector a = FloatVector.fromArray(F, xs, xo + i).abs();
      a = a.blend(FAR, a.compare(GT, FAR));
      a.mul(a).mul(-0.5f).intoArray(ys, i);
    }
    for (; i < n; i++) {
      float a = Math.abs(xs[xo + i]);
      a = a > FAR ? FAR : a;
      ys[i] = a * a * -0.5f;
    }
  }

  /// From `e = e^{−h}`.
  private static void geluOf(float[] xs, int xo, float[] es, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector x = FloatVector.fromArray(F, xs, xo + i);
      FloatVector a = x.abs();
      a = a.blend(FAR, a.compare(GT, FAR));
      FloatVector u = a.sub(4).div(a.add(4));
      FloatVector q = FloatVector.broadcast(F, R10).fma(u, FloatVector.broadcast(F, R9));
      q = q.fma(u, FloatVector.broadcast(F, R8));
      q = q.fma(u, FloatVector.broadcast(F, R7));
      q = q.fma(u, FloatVector.broadcast(F, R6));
      q = q.fma(u, FloatVector.broadcast(F, R5));
      q = q.fma(u, FloatVector.broadcast(F, R4));
      q = q.fma(u, FloatVector.broadcast(F, R3));
      q = q.fma(u, FloatVector.broadcast(F, R2));
      q = q.fma(u, FloatVector.broadcast(F, R1));
      q = q.fma(u, FloatVector.broadcast(F, R0));
      FloatVector e = FloatVector.fromArray(F, es, i);
      e = e.fma(a.neg().fma(a, a.mul(a)).mul(0.5f), e);
      FloatVector tail = q.div(a.add(1)).mul(e);
      FloatVector above = x.mul(FloatVector.broadcast(F, 1).sub(tail));
      a.neg().mul(tail).blend(above, x.compare(GE, 0)).intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      float x = xs[xo + i];
      float a = Math.abs(x);
      a = a > FAR ? FAR : a;
      float q = mills((a - 4) / (a + 4));
      float e = Math.fma(es[i], Math.fma(-a, a, a * a) * 0.5f, es[i]);
      float tail = q / (a + 1) * e;
      ys[yo + i] = x >= 0 ? x * (1 - tail) : -a * tail;
    }
  }

  /// `M(a)·(1 + a)` from `u = (a − 4)/(a + 4)`.
  private static float mills(float u) {
    float q = Math.fma(Math.fma(Math.fma(Math.fma(R10, u, R9), u, R8), u, R7), u, R6);
    q = Math.fma(Math.fma(Math.fma(q, u, R5), u, R4), u, R3);
    return Math.fma(Math.fma(Math.fma(q, u, R2), u, R1), u, R0);
  }

  /// `out = d·(Φ(x) + x·φ(x))`: with `w = e^{−a²/2}·(M(a) − a/√(2π))`, the factor is `1 − w` from 0
  /// up and w below.
  ///
  /// **Range:** the factor is within 2.5·2⁻²⁴ of the true one.
  static void geluGradient(Buffer x, Buffer d, Buffer out, float[] scratch, int from, int to) {
    for (int i = from; i < to; i += scratch.length) {
      int n = Math.min(scratch.length, to - i);
      int xo = x.offset + i;
      minusHalfSquare(x.floats(), xo, scratch, n);
      FloatMath.exp(scratch, 0, scratch, 0, n);
      geluGradientOf(
          x.floats(), xo, scratch, d.floats(), d.offset + i, out.floats(), out.offset + i, n);
    }
  }

  private static void geluGradientOf(
      float[] xs, int xo, float[] es, float[] ds, int dd, float[] os, int oo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector x = FloatVector.fromArray(F, xs, xo + i);
      FloatVector a = x.abs();
      a = a.blend(FAR, a.compare(GT, FAR));
      FloatVector u = a.sub(4).div(a.add(4));
      FloatVector q = FloatVector.broadcast(F, R10).fma(u, FloatVector.broadcast(F, R9));
      q = q.fma(u, FloatVector.broadcast(F, R8));
      q = q.fma(u, FloatVector.broadcast(F, R7));
      q = q.fma(u, FloatVector.broadcast(F, R6));
      q = q.fma(u, FloatVector.broadcast(F, R5));
      q = q.fma(u, FloatVector.broadcast(F, R4));
      q = q.fma(u, FloatVector.broadcast(F, R3));
      q = q.fma(u, FloatVector.broadcast(F, R2));
      q = q.fma(u, FloatVector.broadcast(F, R1));
      q = q.fma(u, FloatVector.broadcast(F, R0));
      FloatVector e = FloatVector.fromArray(F, es, i);
      e = e.fma(a.neg().fma(a, a.mul(a)).mul(0.5f), e);
      FloatVector w = a.neg().fma(FloatVector.broadcast(F, DENSITY), q.div(a.add(1))).mul(e);
      w = w.blend(FloatVector.broadcast(F, 1).sub(w), x.compare(GE, 0));
      FloatVector.fromArray(F, ds, dd + i).mul(w).intoArray(os, oo + i);
    }
    for (; i < n; i++) {
      float x = xs[xo + i];
      float a = Math.abs(x);
      a = a > FAR ? FAR : a;
      float q = mills((a - 4) / (a + 4));
      float e = Math.fma(es[i], Math.fma(-a, a, a * a) * 0.5f, es[i]);
      float w = Math.fma(-a, DENSITY, q / (a + 1)) * e;
      os[oo + i] = ds[dd + i] * (x >= 0 ? 1 - w : w);
    }
  }

  // ---------------------------------------------------------------- x·σ(v)

  /// `y = x·σ(x)`.
  ///
  /// **Range:** within 3.0 units in the last place, over all floats, or 60 of the smallest
  /// subnormal (below −87); ∞ at ∞, −0 at −∞; NaN stays NaN.
  static void silu(Buffer x, Buffer y, float[] scratch, int from, int to) {
    for (int i = from; i < to; i += scratch.length) {
      int n = Math.min(scratch.length, to - i);
      int xo = x.offset + i;
      FloatActivations.minusAbsolute(x.floats(), xo, scratch, n);
      FloatMath.exp(scratch, 0, scratch, 0, n);
      timesSigmoid(x.floats(), xo, scratch, SILU_FAR, y.floats(), y.offset + i, n);
    }
  }

  /// `y = x·σ(v)` with `v = 2√(2/π)·(x + 0.044715x³)`.
  ///
  /// **Range:** within 0.9·2⁻²⁴ of the true number below 0, 1.92 units in the last place from there
  /// up; in relative terms the lower tail loses digits as v grows. ∞ at ∞, −0 at −∞; NaN stays NaN.
  static void geluTanh(Buffer x, Buffer y, float[] scratch, int from, int to) {
    for (int i = from; i < to; i += scratch.length) {
      int n = Math.min(scratch.length, to - i);
      int xo = x.offset + i;
      minusInner(x.floats(), xo, scratch, n);
      FloatMath.exp(scratch, 0, scratch, 0, n);
      timesSigmoid(x.floats(), xo, scratch, TANH_FAR, y.floats(), y.offset + i, n);
    }
  }

  /// `y = −|v|`.
  private static void minusInner(float[] xs, int xo, float[] ys, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector a = FloatVector.fromArray(F, xs, xo + i).abs();
      FloatVector slope =
          a.mul(a).fma(FloatVector.broadcast(F, TANH_CUBE), FloatVector.broadcast(F, TANH_SLOPE));
      a.mul(slope).neg().intoArray(ys, i);
    }
    for (; i < n; i++) {
      float a = Math.abs(xs[xo + i]);
      ys[i] = -(a * Math.fma(a * a, TANH_CUBE, TANH_SLOPE));
    }
  }

  /// `y = x·σ(v)` from `e = e^−|v|`, where v has the sign of x.
  private static void timesSigmoid(
      float[] xs, int xo, float[] es, float far, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector x = FloatVector.fromArray(F, xs, xo + i);
      FloatVector e = FloatVector.fromArray(F, es, i);
      FloatVector below = x.blend(-far, x.compare(LT, -far)).mul(e);
      x.blend(below, x.compare(LT, 0)).div(e.add(1)).intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      float x = xs[xo + i];
      float below = (x < -far ? -far : x) * es[i];
      ys[yo + i] = (x < 0 ? below : x) / (es[i] + 1);
    }
  }

  /// `out = d·σ(x)·(1 + x·σ(−x))`.
  ///
  /// **Range:** the factor is within 3.7·2⁻²⁴ of the true one.
  static void siluGradient(Buffer x, Buffer d, Buffer out, float[] scratch, int from, int to) {
    for (int i = from; i < to; i += scratch.length) {
      int n = Math.min(scratch.length, to - i);
      int xo = x.offset + i;
      FloatActivations.minusAbsolute(x.floats(), xo, scratch, n);
      FloatMath.exp(scratch, 0, scratch, 0, n);
      timesSigmoidGradient(
          x.floats(),
          xo,
          scratch,
          SILU_FAR,
          1,
          0,
          d.floats(),
          d.offset + i,
          out.floats(),
          out.offset + i,
          n);
    }
  }

  /// `out = d·σ(v)·(1 + x·v′·σ(−v))`.
  ///
  /// **Range:** the factor is within 3.9·2⁻²⁴ of the true one.
  static void geluTanhGradient(Buffer x, Buffer d, Buffer out, float[] scratch, int from, int to) {
    for (int i = from; i < to; i += scratch.length) {
      int n = Math.min(scratch.length, to - i);
      int xo = x.offset + i;
      minusInner(x.floats(), xo, scratch, n);
      FloatMath.exp(scratch, 0, scratch, 0, n);
      timesSigmoidGradient(
          x.floats(),
          xo,
          scratch,
          TANH_FAR,
          TANH_SLOPE,
          TANH_SQUARE,
          d.floats(),
          d.offset + i,
          out.floats(),
          out.offset + i,
          n);
    }
  }

  /// From `e = e^−|v|`, with `v′ = slope + square·x²`.
  private static void timesSigmoidGradient(
      float[] xs,
      int xo,
      float[] es,
      float far,
      float slope,
      float square,
      float[] ds,
      int dd,
      float[] os,
      int oo,
      int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector x = FloatVector.fromArray(F, xs, xo + i);
      x = x.blend(-far, x.compare(LT, -far)).blend(far, x.compare(GT, far));
      FloatVector e = FloatVector.fromArray(F, es, i);
      FloatVector one = FloatVector.broadcast(F, 1);
      FloatVector sigma = one.blend(e, x.compare(LT, 0)).div(e.add(1));
      FloatVector rest = e.blend(one, x.compare(LT, 0)).div(e.add(1));
      FloatVector inner =
          x.mul(x).fma(FloatVector.broadcast(F, square), FloatVector.broadcast(F, slope));
      FloatVector factor = x.mul(inner).fma(rest, one).mul(sigma);
      FloatVector.fromArray(F, ds, dd + i).mul(factor).intoArray(os, oo + i);
    }
    for (; i < n; i++) {
      float x = xs[xo + i];
      x = x < -far ? -far : x;
      x = x > far ? far : x;
      float sigma = (x < 0 ? es[i] : 1) / (es[i] + 1);
      float rest = (x < 0 ? 1 : es[i]) / (es[i] + 1);
      float inner = Math.fma(x * x, square, slope);
      float factor = Math.fma(x * inner, rest, 1f) * sigma;
      os[oo + i] = ds[dd + i] * factor;
    }
  }
}
