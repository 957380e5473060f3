package ijen.kernel;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Exponential, `eˣ − 1` and logarithm in `float`, each twice: for one number and for an array, by
/// the same operations in the same order, so that both give the same bits.
///
/// The polynomials are minimax: their coefficients minimise the largest relative error of the
/// result on the reduced range, found by Lawson's iteration and rounded to `float` one after the
/// other, from the lowest degree up, each time with the rest fitted anew. The errors stated are
/// measured over all 2³² floats, against the same function of [StrictMath] in `double`.
///
/// `ln 2` is split into a short part of 9 bits, whose product with a whole number of 8 bits is
/// exact, and the rest.
final class FloatMath {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;

  private static final float LOG2_E = 0x1.715476p0f;
  private static final float LN2_HIGH = 0x1.63p-1f; // 355/512: a whole number times it is exact
  private static final float LN2_LOW = -0x1.bd0106p-13f; // ln 2 − LN2_HIGH
  private static final float ROUND = 0x1.8p23f;
  private static final int ROUND_BITS = 0x4b400000;
  private static final float EXP_OVER = 89;
  private static final float EXP_UNDER = -105;
  private static final float EXPM1_UNDER = -20; // less than half an ulp of 1 is missing from −1

  private static final float E2 = 0x1.fffffcp-2f;
  private static final float E3 = 0x1.555492p-3f;
  private static final float E4 = 0x1.5558acp-5f;
  private static final float E5 = 0x1.12398p-7f;
  private static final float E6 = 0x1.6a518cp-10f;

  private static final int SQRT_HALF_BITS = 0x3f3504f3;
  private static final float L3 = 0x1.555554p-2f;
  private static final float L4 = -0x1.000228p-2f;
  private static final float L5 = 0x1.99a028p-3f;
  private static final float L6 = -0x1.54720cp-3f;
  private static final float L7 = 0x1.22d792p-3f;
  private static final float L8 = -0x1.0d854cp-3f;
  private static final float L9 = 0x1.056c24p-3f;
  private static final float L10 = -0x1.38dc48p-4f;

  private FloatMath() {}

  /// `e^x = 2^k·e^r`, with `k = x / ln 2` rounded to a whole number, and `r = x − k·ln 2` in ± ½ ln
  /// 2.
  ///
  /// Adding 1.5·2²³ does the rounding and leaves k in the lowest bits of the sum. `e^r = 1 + r +
  /// r²·Q(r)`, with Q of degree 4 and an error of 0.05·2⁻²⁴. The factor `2^k` is applied in two
  /// halves, each of which is a normal number, so that the result is rounded once even where it is
  /// subnormal.
  ///
  /// **Range:** within 1.02 units in the last place, subnormal results included; ∞ from 88.73 on, 0
  /// below −104; NaN stays NaN.
  static float exp(float x) {
    float t = Math.fma(x, LOG2_E, ROUND);
    float k = t - ROUND;
    float r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, x));
    float q = Math.fma(Math.fma(Math.fma(Math.fma(E6, r, E5), r, E4), r, E3), r, E2);
    float p = Math.fma(q, r * r, r) + 1;
    int power = Float.floatToRawIntBits(t) - ROUND_BITS;
    int half = power >> 1;
    float y =
        p
            * Float.intBitsToFloat((half + 127) << 23)
            * Float.intBitsToFloat((power - half + 127) << 23);
    y = x > EXP_OVER ? Float.POSITIVE_INFINITY : y;
    return x < EXP_UNDER ? 0 : y;
  }

  /// [#exp(float)] of `n` numbers.
  static void exp(float[] xs, int xo, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector x = FloatVector.fromArray(F, xs, xo + i);
      FloatVector round = FloatVector.broadcast(F, ROUND);
      FloatVector t = x.fma(FloatVector.broadcast(F, LOG2_E), round);
      FloatVector k = t.sub(round);
      FloatVector r = k.fma(FloatVector.broadcast(F, -LN2_HIGH), x);
      r = k.fma(FloatVector.broadcast(F, -LN2_LOW), r);
      FloatVector q = FloatVector.broadcast(F, E6).fma(r, FloatVector.broadcast(F, E5));
      q = q.fma(r, FloatVector.broadcast(F, E4));
      q = q.fma(r, FloatVector.broadcast(F, E3));
      q = q.fma(r, FloatVector.broadcast(F, E2));
      FloatVector p = q.fma(r.mul(r), r).add(1);
      IntVector power = t.reinterpretAsInts().sub(ROUND_BITS);
      IntVector half = power.lanewise(ASHR, 1);
      IntVector rest = power.sub(half);
      FloatVector y =
          p.mul(half.add(127).lanewise(LSHL, 23).reinterpretAsFloats())
              .mul(rest.add(127).lanewise(LSHL, 23).reinterpretAsFloats());
      y.blend(Float.POSITIVE_INFINITY, x.compare(GT, EXP_OVER))
          .blend(0, x.compare(LT, EXP_UNDER))
          .intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      ys[yo + i] = exp(xs[xo + i]);
    }
  }

  /// `e^x − 1 = 2^k·(e^r − 1) + (2^k − 1)` for x ≤ 0, with k and r as in [#exp(float)].
  ///
  /// `2^k − 1` is exact, and `e^r − 1 = r + r²·Q(r)` keeps its digits near 0.
  ///
  /// **Range:** within 0.94 units in the last place for x < 0; −1 at −∞; NaN stays NaN. What it
  /// says of a positive number is of no use.
  static float expm1(float x) {
    float a = x < EXPM1_UNDER ? EXPM1_UNDER : x;
    float t = Math.fma(a, LOG2_E, ROUND);
    float k = t - ROUND;
    float r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, a));
    float q = Math.fma(Math.fma(Math.fma(Math.fma(E6, r, E5), r, E4), r, E3), r, E2);
    float p = Math.fma(q, r * r, r);
    float scale = Float.intBitsToFloat((Float.floatToRawIntBits(t) - ROUND_BITS + 127) << 23);
    return Math.fma(scale, p, scale - 1);
  }

  /// [#expm1(float)] of `n` numbers.
  static void expm1(float[] xs, int xo, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector x = FloatVector.fromArray(F, xs, xo + i);
      x = x.blend(EXPM1_UNDER, x.compare(LT, EXPM1_UNDER));
      FloatVector round = FloatVector.broadcast(F, ROUND);
      FloatVector t = x.fma(FloatVector.broadcast(F, LOG2_E), round);
      FloatVector k = t.sub(round);
      FloatVector r = k.fma(FloatVector.broadcast(F, -LN2_HIGH), x);
      r = k.fma(FloatVector.broadcast(F, -LN2_LOW), r);
      FloatVector q = FloatVector.broadcast(F, E6).fma(r, FloatVector.broadcast(F, E5));
      q = q.fma(r, FloatVector.broadcast(F, E4));
      q = q.fma(r, FloatVector.broadcast(F, E3));
      q = q.fma(r, FloatVector.broadcast(F, E2));
      FloatVector p = q.fma(r.mul(r), r);
      FloatVector scale =
          t.reinterpretAsInts().sub(ROUND_BITS - 127).lanewise(LSHL, 23).reinterpretAsFloats();
      scale.fma(p, scale.sub(1)).intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      ys[yo + i] = expm1(xs[xo + i]);
    }
  }

  /// `ln x = k·ln 2 + ln(1 + f)`, with `x = 2^k·(1 + f)` and `1 + f` from √½ to √2.
  ///
  /// Subnormal numbers are first multiplied by 2²³. Subtracting the bits of √½ from those of x
  /// gives k in the exponent field, and in the lower bits those of `1 + f`. `ln(1 + f) = f − f²/2 +
  /// f³·P(f)`, with P of degree 7 and an error of 0.1·2⁻²⁴.
  ///
  /// **Range:** within 0.87 units in the last place; −∞ at 0, NaN below.
  static float log(float x) {
    boolean tiny = x < Float.MIN_NORMAL;
    float y = tiny ? x * 0x1p23f : x;
    int bits = Float.floatToRawIntBits(y) - SQRT_HALF_BITS;
    float k = (float) (bits >> 23) - (tiny ? 23f : 0f);
    float f = Float.intBitsToFloat((bits & 0x7fffff) + SQRT_HALF_BITS) - 1;
    float f2 = f * f;
    float q = Math.fma(Math.fma(Math.fma(L10, f, L9), f, L8), f, L7);
    q = Math.fma(Math.fma(Math.fma(Math.fma(q, f, L6), f, L5), f, L4), f, L3);
    float low = Math.fma(k, LN2_LOW, Math.fma(f2 * f, q, f2 * -0.5f));
    float result = Math.fma(k, LN2_HIGH, f + low);
    result = x < Float.POSITIVE_INFINITY ? result : x; // ∞ and NaN stay
    result = x == 0 ? Float.NEGATIVE_INFINITY : result;
    return x < 0 ? Float.NaN : result;
  }

  /// [#log(float)] of `n` numbers.
  static void log(float[] xs, int xo, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector x = FloatVector.fromArray(F, xs, xo + i);
      VectorMask<Float> tiny = x.compare(LT, Float.MIN_NORMAL);
      IntVector bits = x.blend(x.mul(0x1p23f), tiny).reinterpretAsInts().sub(SQRT_HALF_BITS);
      FloatVector k = (FloatVector) bits.lanewise(ASHR, 23).convert(I2F, 0);
      k = k.sub(FloatVector.zero(F).blend(23, tiny));
      FloatVector f = bits.and(0x7fffff).add(SQRT_HALF_BITS).reinterpretAsFloats().sub(1);
      FloatVector f2 = f.mul(f);
      FloatVector q = FloatVector.broadcast(F, L10).fma(f, FloatVector.broadcast(F, L9));
      q = q.fma(f, FloatVector.broadcast(F, L8));
      q = q.fma(f, FloatVector.broadcast(F, L7));
      q = q.fma(f, FloatVector.broadcast(F, L6));
      q = q.fma(f, FloatVector.broadcast(F, L5));
      q = q.fma(f, FloatVector.broadcast(F, L4));
      q = q.fma(f, FloatVector.broadcast(F, L3));
      FloatVector low = f2.mul(f).fma(q, f2.mul(-0.5f));
      low = k.fma(FloatVector.broadcast(F, LN2_LOW), low);
      FloatVector y = k.fma(FloatVector.broadcast(F, LN2_HIGH), f.add(low));
      x.blend(y, x.compare(LT, Float.POSITIVE_INFINITY)) // ∞ and NaN stay
          .blend(Float.NEGATIVE_INFINITY, x.eq(0))
          .blend(Float.NaN, x.compare(LT, 0))
          .intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      ys[yo + i] = log(xs[xo + i]);
    }
  }
}
