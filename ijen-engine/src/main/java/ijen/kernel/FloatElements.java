package ijen.kernel;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Element-wise arithmetic: runs of `n` numbers, from given places of their arrays on.
final class FloatElements {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;

  private FloatElements() {}

  static void add(float[] as, int ao, float[] bs, int bo, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector.fromArray(F, as, ao + i)
          .add(FloatVector.fromArray(F, bs, bo + i))
          .intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      ys[yo + i] = as[ao + i] + bs[bo + i];
    }
  }

  static void subtract(float[] as, int ao, float[] bs, int bo, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector.fromArray(F, as, ao + i)
          .sub(FloatVector.fromArray(F, bs, bo + i))
          .intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      ys[yo + i] = as[ao + i] - bs[bo + i];
    }
  }

  static void multiply(float[] as, int ao, float[] bs, int bo, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector.fromArray(F, as, ao + i)
          .mul(FloatVector.fromArray(F, bs, bo + i))
          .intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      ys[yo + i] = as[ao + i] * bs[bo + i];
    }
  }

  static void divide(float[] as, int ao, float[] bs, int bo, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector.fromArray(F, as, ao + i)
          .div(FloatVector.fromArray(F, bs, bo + i))
          .intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      ys[yo + i] = as[ao + i] / bs[bo + i];
    }
  }

  /// `y = x − shift`.
  static void shift(float[] xs, int xo, float shift, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector.fromArray(F, xs, xo + i).sub(shift).intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      ys[yo + i] = xs[xo + i] - shift;
    }
  }

  /// `y = x·factor`.
  static void scale(float[] xs, int xo, float factor, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector.fromArray(F, xs, xo + i).mul(factor).intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      ys[yo + i] = xs[xo + i] * factor;
    }
  }

  /// `y += factor·x`, by a fused multiply-add.
  static void addScaled(float[] xs, int xo, float factor, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector.fromArray(F, xs, xo + i)
          .fma(FloatVector.broadcast(F, factor), FloatVector.fromArray(F, ys, yo + i))
          .intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      ys[yo + i] = Math.fma(xs[xo + i], factor, ys[yo + i]);
    }
  }

  /// `y += factor·sign x`, the sign of 0 being 0.
  static void addSign(float[] xs, int xo, float factor, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector x = FloatVector.fromArray(F, xs, xo + i);
      FloatVector sign = // NaN is neither, and x itself
          x.blend(1, x.compare(GT, 0)).blend(-1, x.compare(LT, 0));
      sign.fma(FloatVector.broadcast(F, factor), FloatVector.fromArray(F, ys, yo + i))
          .intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      ys[yo + i] = Math.fma(Math.signum(xs[xo + i]), factor, ys[yo + i]);
    }
  }
}
