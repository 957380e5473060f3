package ijen.kernel;

import ijen.random.Philox;
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

  /// `y = x / divisor`.
  static void divide(float[] xs, int xo, float divisor, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector.fromArray(F, xs, xo + i).div(divisor).intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      ys[yo + i] = xs[xo + i] / divisor;
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

  /// The numbers `from` to `to − 1` of a dropout mask, see [Kernels#dropoutMask].
  static void dropoutMask(Buffer out, double keep, long seed, long stream, int from, int to) {
    float[] ys = out.floats();
    int yo = out.offset;
    long threshold = Math.round(keep * 0x1p32);
    float kept = (float) (1 / keep);
    int i = from;
    while (i < to) {
      boolean low = (i & 2) == 0; // words 0 and 1 of a block, or 2 and 3
      long pair = low ? Philox.low(seed, stream, i >>> 2) : Philox.high(seed, stream, i >>> 2);
      if ((i & 1) == 0) {
        ys[yo + i++] = (pair & 0xFFFFFFFFL) < threshold ? kept : 0;
      }
      if (i < to) {
        ys[yo + i++] = (pair >>> 32) < threshold ? kept : 0;
      }
    }
  }
}
