package ijen.kernel;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Activations and their gradients over the numbers `from` to `to − 1`.
///
/// Those that need an exponential or a logarithm make it block by block in scratch memory, which
/// stays in the first-level cache: the output may be the input, so it cannot hold it. See [Lanes]
/// for why the loops look as they do.
final class FloatActivations {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;

  private static final float TANH_SMALL = 0.625f;
  private static final float T3 = -0x1.555532p-2f;
  private static final float T5 = 0x1.1106f6p-3f;
  private static final float T7 = -0x1.b835a4p-5f;
  private static final float T9 = 0x1.51f8cep-6f;
  private static final float T11 = -0x1.750ce2p-8f;

  private FloatActivations() {}

  /// `y = f(y)`.
  static void apply(Pointwise f, Buffer y, float[] scratch, int from, int to) {
    switch (f) {
      case NONE -> {}
      case RELU -> relu(y, y, from, to);
      case SIGMOID -> sigmoid(y, y, scratch, from, to);
      case TANH -> tanh(y, y, scratch, from, to);
    }
  }

  /// `out = d∘f′`, with f′ found from `y = f(x)`.
  static void gradient(Pointwise f, Buffer y, Buffer d, Buffer out, int from, int to) {
    switch (f) {
      case NONE -> {
        if (!d.isSamePlace(out)) {
          int n = to - from;
          System.arraycopy(d.floats(), d.offset + from, out.floats(), out.offset + from, n);
        }
      }
      case RELU -> reluGradient(y, d, out, from, to);
      case SIGMOID -> sigmoidGradient(y, d, out, from, to);
      case TANH -> tanhGradient(y, d, out, from, to);
    }
  }

  static void relu(Buffer x, Buffer y, int from, int to) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xo = x.offset + from;
    int yo = y.offset + from;
    int n = to - from;
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector v = FloatVector.fromArray(F, xs, xo + i);
      v.blend(0, v.compare(LE, 0)).intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      ys[yo + i] = xs[xo + i] <= 0 ? 0 : xs[xo + i];
    }
  }

  static void reluGradient(Buffer y, Buffer d, Buffer out, int from, int to) {
    float[] ys = y.floats();
    float[] ds = d.floats();
    float[] os = out.floats();
    int yo = y.offset + from;
    int dd = d.offset + from;
    int oo = out.offset + from;
    int n = to - from;
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector v = FloatVector.fromArray(F, ys, yo + i);
      FloatVector delta = FloatVector.fromArray(F, ds, dd + i);
      FloatVector.zero(F).blend(delta, v.compare(GT, 0)).intoArray(os, oo + i);
    }
    for (; i < n; i++) {
      os[oo + i] = ys[yo + i] > 0 ? ds[dd + i] : 0;
    }
  }

  /// With `e = e^−|x|`, which cannot overflow: `1 / (1 + e)` for x ≥ 0, `e / (1 + e)` below.
  ///
  /// **Range:** within 2.41 units in the last place, over all floats.
  static void sigmoid(Buffer x, Buffer y, float[] scratch, int from, int to) {
    for (int i = from; i < to; i += scratch.length) {
      int n = Math.min(scratch.length, to - i);
      int xo = x.offset + i;
      minusAbsolute(x.floats(), xo, scratch, n);
      FloatMath.exp(scratch, 0, scratch, 0, n);
      sigmoidOf(x.floats(), xo, scratch, y.floats(), y.offset + i, n);
    }
  }

  /// `y = −|x|`.
  static void minusAbsolute(float[] xs, int xo, float[] ys, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector.fromArray(F, xs, xo + i).abs().neg().intoArray(ys, i);
    }
    for (; i < n; i++) {
      ys[i] = -Math.abs(xs[xo + i]);
    }
  }

  /// The sigmoid of x from `e = e^−|x|`.
  static void sigmoidOf(float[] xs, int xo, float[] es, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector x = FloatVector.fromArray(F, xs, xo + i);
      FloatVector e = FloatVector.fromArray(F, es, i);
      FloatVector.broadcast(F, 1).blend(e, x.compare(LT, 0)).div(e.add(1)).intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      ys[yo + i] = (xs[xo + i] < 0 ? es[i] : 1) / (es[i] + 1);
    }
  }

  static void sigmoidGradient(Buffer y, Buffer d, Buffer out, int from, int to) {
    float[] ys = y.floats();
    float[] ds = d.floats();
    float[] os = out.floats();
    int yo = y.offset + from;
    int dd = d.offset + from;
    int oo = out.offset + from;
    int n = to - from;
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector s = FloatVector.fromArray(F, ys, yo + i);
      FloatVector delta = FloatVector.fromArray(F, ds, dd + i);
      delta.mul(s).mul(FloatVector.broadcast(F, 1).sub(s)).intoArray(os, oo + i);
    }
    for (; i < n; i++) {
      os[oo + i] = ds[dd + i] * ys[yo + i] * (1 - ys[yo + i]);
    }
  }

  /// The sign of x times: below 0.625, `a + a³·P(a²)` with `a = |x|`; from there on, `1 − 2 / (e^2a
  /// + 1)`.
  ///
  /// P has degree 4 and is minimax, as in [FloatMath]; its error is 0.08·2⁻²⁴.
  ///
  /// **Range:** within 1.34 units in the last place, over all floats; odd, and NaN stays NaN.
  static void tanh(Buffer x, Buffer y, float[] scratch, int from, int to) {
    for (int i = from; i < to; i += scratch.length) {
      int n = Math.min(scratch.length, to - i);
      int xo = x.offset + i;
      twiceAbsolute(x.floats(), xo, scratch, n);
      FloatMath.exp(scratch, 0, scratch, 0, n);
      tanhOf(x.floats(), xo, scratch, y.floats(), y.offset + i, n);
    }
  }

  /// `y = 2|x|`.
  private static void twiceAbsolute(float[] xs, int xo, float[] ys, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector.fromArray(F, xs, xo + i).abs().mul(2).intoArray(ys, i);
    }
    for (; i < n; i++) {
      ys[i] = 2 * Math.abs(xs[xo + i]);
    }
  }

  /// The hyperbolic tangent of x from `e = e^2|x|`.
  private static void tanhOf(float[] xs, int xo, float[] es, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector x = FloatVector.fromArray(F, xs, xo + i);
      FloatVector a = x.abs();
      FloatVector a2 = a.mul(a);
      FloatVector q = FloatVector.broadcast(F, T11).fma(a2, FloatVector.broadcast(F, T9));
      q = q.fma(a2, FloatVector.broadcast(F, T7));
      q = q.fma(a2, FloatVector.broadcast(F, T5));
      q = q.fma(a2, FloatVector.broadcast(F, T3));
      FloatVector small = a2.mul(q).fma(a, a);
      FloatVector quotient =
          FloatVector.broadcast(F, 2).div(FloatVector.fromArray(F, es, i).add(1));
      FloatVector large = FloatVector.broadcast(F, 1).sub(quotient);
      small
          .blend(large, a.compare(GE, TANH_SMALL))
          .reinterpretAsInts()
          .or(x.reinterpretAsInts().and(0x80000000))
          .reinterpretAsFloats()
          .intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      float a = Math.abs(xs[xo + i]);
      float a2 = a * a;
      float q = Math.fma(Math.fma(Math.fma(Math.fma(T11, a2, T9), a2, T7), a2, T5), a2, T3);
      float y = a >= TANH_SMALL ? 1 - 2 / (es[i] + 1) : Math.fma(a2 * q, a, a);
      ys[yo + i] = Math.copySign(y, xs[xo + i]);
    }
  }

  static void tanhGradient(Buffer y, Buffer d, Buffer out, int from, int to) {
    float[] ys = y.floats();
    float[] ds = d.floats();
    float[] os = out.floats();
    int yo = y.offset + from;
    int dd = d.offset + from;
    int oo = out.offset + from;
    int n = to - from;
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector t = FloatVector.fromArray(F, ys, yo + i);
      FloatVector delta = FloatVector.fromArray(F, ds, dd + i);
      delta.mul(t.neg().fma(t, FloatVector.broadcast(F, 1))).intoArray(os, oo + i);
    }
    for (; i < n; i++) {
      os[oo + i] = ds[dd + i] * Math.fma(-ys[yo + i], ys[yo + i], 1f);
    }
  }
}
