package ijen.kernel;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Pointwise functions and their gradients over the numbers `from` to `to − 1`: which loop is
/// whose, and the loops of the oldest three. The others stand in [FloatElu], [FloatGelu],
/// [FloatErf] and [FloatMath].
///
/// Those that need an exponential or a logarithm make it block by block in scratch memory, which
/// stays in the first-level cache: the output may be the input, so it cannot hold it. See [Lanes]
/// for why the loops look as they do.
final class FloatActivations {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;

  private static final double SELU_SCALE = Pointwise.SELU_SCALE;
  private static final double SELU_LOW = Pointwise.SELU_SCALE * Pointwise.SELU_ALPHA;

  private static final float TANH_SMALL = 0.625f;
  private static final float T3 = -0x1.555532p-2f;
  private static final float T5 = 0x1.1106f6p-3f;
  private static final float T7 = -0x1.b835a4p-5f;
  private static final float T9 = 0x1.51f8cep-6f;
  private static final float T11 = -0x1.750ce2p-8f;

  private FloatActivations() {}

  /// `y = f(y)`.
  static void apply(Pointwise f, Buffer y, float[] scratch, int from, int to) {
    apply(f, y, y, scratch, from, to);
  }

  /// `y = f(x)`.
  static void apply(Pointwise f, Buffer x, Buffer y, float[] scratch, int from, int to) {
    value(f.function()).run(f, x, y, scratch, from, to);
  }

  /// `out = d∘f′`, with f′ found from x or from `y = f(x)`, as f says.
  static void gradient(
      Pointwise f, Buffer x, Buffer y, Buffer d, Buffer out, float[] scratch, int from, int to) {
    gradient(f.function()).run(f, x, y, d, out, scratch, from, to);
  }

  // Each function is a class of its own to the compiler. In one method with a branch for each, all
  // branches that a program takes are compiled together, and soon are too much for inlining.
  // (Lambdas
  // that capture nothing are made once.)

  @FunctionalInterface
  private interface Value {
    void run(Pointwise f, Buffer x, Buffer y, float[] scratch, int from, int to);
  }

  @FunctionalInterface
  private interface Gradient {
    void run(
        Pointwise f, Buffer x, Buffer y, Buffer d, Buffer out, float[] scratch, int from, int to);
  }

  private static Value value(Pointwise.Function function) {
    return switch (function) {
      case NONE -> (f, x, y, scratch, from, to) -> copy(x, y, from, to);
      case STEP -> (f, x, y, scratch, from, to) -> FloatElu.step(x, y, from, to);
      case RELU -> (f, x, y, scratch, from, to) -> relu(x, y, from, to);
      case LEAKY_RELU ->
          (f, x, y, scratch, from, to) -> FloatElu.leaky(x, (float) f.parameter(), y, from, to);
      case ELU ->
          (f, x, y, scratch, from, to) -> FloatElu.elu(x, 1, f.parameter(), y, scratch, from, to);
      case SELU ->
          (f, x, y, scratch, from, to) ->
              FloatElu.elu(x, SELU_SCALE, SELU_LOW, y, scratch, from, to);
      case GELU -> (f, x, y, scratch, from, to) -> FloatGelu.gelu(x, y, scratch, from, to);
      case GELU_TANH -> (f, x, y, scratch, from, to) -> FloatGelu.geluTanh(x, y, scratch, from, to);
      case SILU -> (f, x, y, scratch, from, to) -> FloatGelu.silu(x, y, scratch, from, to);
      case SOFTPLUS -> (f, x, y, scratch, from, to) -> FloatElu.softplus(x, y, scratch, from, to);
      case SIGMOID -> (f, x, y, scratch, from, to) -> sigmoid(x, y, scratch, from, to);
      case TANH -> (f, x, y, scratch, from, to) -> tanh(x, y, scratch, from, to);
      case ERF ->
          (f, x, y, scratch, from, to) ->
              FloatErf.erf(x.floats(), x.offset + from, y.floats(), y.offset + from, to - from);
      case EXP ->
          (f, x, y, scratch, from, to) ->
              FloatMath.exp(x.floats(), x.offset + from, y.floats(), y.offset + from, to - from);
      case LOG ->
          (f, x, y, scratch, from, to) ->
              FloatMath.log(x.floats(), x.offset + from, y.floats(), y.offset + from, to - from);
    };
  }

  private static Gradient gradient(Pointwise.Function function) {
    return switch (function) {
      case NONE -> (f, x, y, d, out, scratch, from, to) -> copy(d, out, from, to);
      case STEP ->
          (f, x, y, d, out, scratch, from, to) ->
              Arrays.fill(out.floats(), out.offset + from, out.offset + to, 0f);
      case RELU -> (f, x, y, d, out, scratch, from, to) -> reluGradient(y, d, out, from, to);
      case LEAKY_RELU ->
          (f, x, y, d, out, scratch, from, to) ->
              FloatElu.leakyGradient(
                  f.readsInput() ? x : y, (float) f.parameter(), d, out, from, to);
      case ELU ->
          (f, x, y, d, out, scratch, from, to) ->
              FloatElu.gradient(y, 1, f.parameter(), d, out, from, to);
      case SELU ->
          (f, x, y, d, out, scratch, from, to) ->
              FloatElu.gradient(y, SELU_SCALE, SELU_LOW, d, out, from, to);
      case GELU ->
          (f, x, y, d, out, scratch, from, to) ->
              FloatGelu.geluGradient(x, d, out, scratch, from, to);
      case GELU_TANH ->
          (f, x, y, d, out, scratch, from, to) ->
              FloatGelu.geluTanhGradient(x, d, out, scratch, from, to);
      case SILU ->
          (f, x, y, d, out, scratch, from, to) ->
              FloatGelu.siluGradient(x, d, out, scratch, from, to);
      case SOFTPLUS ->
          (f, x, y, d, out, scratch, from, to) ->
              FloatElu.softplusGradient(y, d, out, scratch, from, to);
      case SIGMOID -> (f, x, y, d, out, scratch, from, to) -> sigmoidGradient(y, d, out, from, to);
      case TANH -> (f, x, y, d, out, scratch, from, to) -> tanhGradient(y, d, out, from, to);
      case ERF ->
          (f, x, y, d, out, scratch, from, to) -> FloatErf.gradient(x, d, out, scratch, from, to);
      case EXP ->
          (f, x, y, d, out, scratch, from, to) ->
              FloatElements.multiply(
                  y.floats(),
                  y.offset + from,
                  d.floats(),
                  d.offset + from,
                  out.floats(),
                  out.offset + from,
                  to - from);
      case LOG ->
          (f, x, y, d, out, scratch, from, to) ->
              FloatElements.divide(
                  d.floats(),
                  d.offset + from,
                  x.floats(),
                  x.offset + from,
                  out.floats(),
                  out.offset + from,
                  to - from);
    };
  }

  /// What one number of [#apply] costs, in additions.
  static int cost(Pointwise f) {
    return switch (f.function()) {
      case NONE, STEP, RELU, LEAKY_RELU -> 1;
      case EXP -> 4;
      case ERF, LOG -> 6;
      case ELU, SELU, SIGMOID, TANH -> 8;
      case SILU, GELU_TANH, SOFTPLUS -> 12;
      case GELU -> 16;
    };
  }

  /// What one number of [#gradient] costs, in additions.
  static int gradientCost(Pointwise f) {
    return switch (f.function()) {
      case NONE, STEP, RELU, LEAKY_RELU, ELU, SELU, SIGMOID, TANH, EXP -> 1;
      case LOG -> 2;
      case ERF, SOFTPLUS -> 8;
      case SILU, GELU_TANH -> 12;
      case GELU -> 16;
    };
  }

  private static void copy(Buffer x, Buffer y, int from, int to) {
    if (!x.isSamePlace(y)) {
      System.arraycopy(x.floats(), x.offset + from, y.floats(), y.offset + from, to - from);
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
