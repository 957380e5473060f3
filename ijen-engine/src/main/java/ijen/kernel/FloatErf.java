package ijen.kernel;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The error function in `float`, for one number and for an array by the same operations, and its
/// gradient.
///
/// Polynomials are minimax and errors are measured, both as in [FloatMath]; see [Lanes] for why the
/// loops look as they do.
final class FloatErf {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;

  private static final float SMALL = 1;
  private static final float S0 = 0x1.06eba8p-3f;
  private static final float S1 = -0x1.81273ep-2f;
  private static final float S2 = 0x1.ce2ce6p-4f;
  private static final float S3 = -0x1.b7f71ap-6f;
  private static final float S4 = 0x1.53f224p-8f;
  private static final float S5 = -0x1.a3515ep-11f;
  private static final float S6 = 0x1.4771fep-14f;

  private static final float MIDDLE = 2.4375f;
  private static final float M0 = 0x1.ffb5bep-1f;
  private static final float M1 = 0x1.84b806p-9f;
  private static final float M2 = -0x1.d9c43ep-8f;
  private static final float M3 = 0x1.609378p-7f;
  private static final float M4 = -0x1.5eabdep-7f;
  private static final float M5 = 0x1.d7ebap-8f;
  private static final float M6 = -0x1.89c27ap-9f;
  private static final float M7 = 0x1.984444p-12f;
  private static final float M8 = 0x1.b690a8p-12f;
  private static final float M9 = -0x1.4b013ap-12f;
  private static final float M10 = 0x1.21de4ep-14f;
  private static final float M11 = 0x1.eb4208p-16f;
  private static final float M12 = -0x1.222476p-16f;
  private static final float M13 = -0x1.f84664p-23f;
  private static final float M14 = 0x1.24fbf8p-20f;

  private static final float ONE_FROM = 3.92f; // from here on, 1 is the nearest float

  private static final float SLOPE = 0x1.20dd76p0f; // 2/√π, the slope at 0
  private static final float FLAT_FROM = 12; // e^−144 is 0 in float

  private FloatErf() {}

  /// The sign of x times, with `a = |x|`: below 1, `a + a·P(a²)`; from there on, `Q(a − 39/16)`;
  /// from 3.92 on, 1.
  ///
  /// P has degree 6 and an error of 0.03·2⁻²⁴, Q has degree 14 and one of 0.12·2⁻²⁴. The erf of
  /// 39/16 lies so close to a `float` that the lowest coefficient of Q costs next to nothing; the
  /// difference is exact, and every other term of Q is so small that only the last addition rounds
  /// visibly.
  ///
  /// **Range:** within 0.99 units in the last place, over all floats; odd, never beyond ±1, and NaN
  /// stays NaN.
  static float erf(float x) {
    float a = Math.abs(x);
    float s = a * a;
    float p = Math.fma(Math.fma(Math.fma(S6, s, S5), s, S4), s, S3);
    p = Math.fma(Math.fma(Math.fma(p, s, S2), s, S1), s, S0);
    float t = a - MIDDLE;
    float q = Math.fma(Math.fma(Math.fma(Math.fma(M14, t, M13), t, M12), t, M11), t, M10);
    q = Math.fma(Math.fma(Math.fma(Math.fma(Math.fma(q, t, M9), t, M8), t, M7), t, M6), t, M5);
    q = Math.fma(Math.fma(Math.fma(Math.fma(Math.fma(q, t, M4), t, M3), t, M2), t, M1), t, M0);
    float y = a >= SMALL ? q : Math.fma(a, p, a);
    return Math.copySign(a >= ONE_FROM ? 1 : y, x);
  }

  /// [#erf(float)] of `n` numbers.
  static void erf(float[] xs, int xo, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector x = FloatVector.fromArray(F, xs, xo + i);
      FloatVector a = x.abs();
      FloatVector s = a.mul(a);
      FloatVector p = FloatVector.broadcast(F, S6).fma(s, FloatVector.broadcast(F, S5));
      p = p.fma(s, FloatVector.broadcast(F, S4));
      p = p.fma(s, FloatVector.broadcast(F, S3));
      p = p.fma(s, FloatVector.broadcast(F, S2));
      p = p.fma(s, FloatVector.broadcast(F, S1));
      p = p.fma(s, FloatVector.broadcast(F, S0));
      FloatVector t = a.sub(MIDDLE);
      FloatVector q = FloatVector.broadcast(F, M14).fma(t, FloatVector.broadcast(F, M13));
      q = q.fma(t, FloatVector.broadcast(F, M12));
      q = q.fma(t, FloatVector.broadcast(F, M11));
      q = q.fma(t, FloatVector.broadcast(F, M10));
      q = q.fma(t, FloatVector.broadcast(F, M9));
      q = q.fma(t, FloatVector.broadcast(F, M8));
      q = q.fma(t, FloatVector.broadcast(F, M7));
      q = q.fma(t, FloatVector.broadcast(F, M6));
      q = q.fma(t, FloatVector.broadcast(F, M5));
      q = q.fma(t, FloatVector.broadcast(F, M4));
      q = q.fma(t, FloatVector.broadcast(F, M3));
      q = q.fma(t, FloatVector.broadcast(F, M2));
      q = q.fma(t, FloatVector.broadcast(F, M1));
      q = q.fma(t, FloatVector.broadcast(F, M0));
      a.fma(p, a)
          .blend(q, a.compare(GE, SMALL))
          .blend(1, a.compare(GE, ONE_FROM))
          .reinterpretAsInts()
          .or(x.reinterpretAsInts().and(0x80000000))
          .reinterpretAsFloats()
          .intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      ys[yo + i] = erf(xs[xo + i]);
    }
  }

  /// `out = d·2/√π·e^{−x²}` for the numbers `from` to `to − 1`, block by block in scratch memory.
  ///
  /// With `h` the rounded square of x and `l = x² − h` its rounding error, which a fused
  /// multiply-add finds exactly, `e^{−x²} = e^{−h}·(1 − l)`.
  ///
  /// **Range:** what `d` is multiplied by lies within 2.8 units in the last place, or 2.2 of the
  /// smallest subnormal.
  static void gradient(Buffer x, Buffer d, Buffer out, float[] scratch, int from, int to) {
    for (int i = from; i < to; i += scratch.length) {
      int n = Math.min(scratch.length, to - i);
      int xo = x.offset + i;
      minusSquare(x.floats(), xo, scratch, n);
      FloatMath.exp(scratch, 0, scratch, 0, n);
      gradientOf(
          x.floats(), xo, scratch, d.floats(), d.offset + i, out.floats(), out.offset + i, n);
    }
  }

  /// `y = −x²`, or −144 for large x, which spares infinities.
  private static void minusSquare(float[] xs, int xo, float[] ys, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector a = FloatVector.fromArray(F, xs, xo + i).abs();
      a = a.blend(FLAT_FROM, a.compare(GT, FLAT_FROM));
      a.mul(a).neg().intoArray(ys, i);
    }
    for (; i < n; i++) {
      float a = Math.abs(xs[xo + i]);
      a = a > FLAT_FROM ? FLAT_FROM : a;
      ys[i] = -(a * a);
    }
  }

  /// The gradient from `e = e^{−h}`.
  private static void gradientOf(
      float[] xs, int xo, float[] es, float[] ds, int dd, float[] os, int oo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector a = FloatVector.fromArray(F, xs, xo + i).abs();
      a = a.blend(FLAT_FROM, a.compare(GT, FLAT_FROM));
      FloatVector minusLow = a.neg().fma(a, a.mul(a));
      FloatVector e = FloatVector.fromArray(F, es, i);
      e = e.fma(minusLow, e).mul(SLOPE);
      FloatVector.fromArray(F, ds, dd + i).mul(e).intoArray(os, oo + i);
    }
    for (; i < n; i++) {
      float a = Math.abs(xs[xo + i]);
      a = a > FLAT_FROM ? FLAT_FROM : a;
      float e = Math.fma(es[i], Math.fma(-a, a, a * a), es[i]) * SLOPE;
      os[oo + i] = ds[dd + i] * e;
    }
  }
}
