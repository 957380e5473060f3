package ijen.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.kernel.PointwiseCases.Exact;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Pointwise functions in `float`: how exact they are over a sweep through all floats
/// (`-Dijen.stride=1` takes every one), and what they say at the ends of the line.
class PointwiseTest {
  private static final int STRIDE = Integer.getInteger("ijen.stride", 8191);
  private static final int CHUNK = 4096;
  private static final Workers ONE = Workers.of(1);
  private static final Kernels FLOAT = Kernels.vector(ONE);
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;
  private static final float MAX = Float.MAX_VALUE;
  private static final float MIN = Float.MIN_VALUE;

  @AfterAll
  static void closeWorkers() {
    ONE.close();
  }

  static List<Exact> list() {
    return PointwiseCases.list();
  }

  @FunctionalInterface
  private interface Wrongness {
    /// How wrong a number is, in what is allowed.
    double of(float x, float y, float factor);
  }

  /// The largest error over the sweep.
  private static void sweep(Exact exact, String what, Wrongness error) {
    Buffer x = FLOAT.allocate(CHUNK);
    Buffer y = FLOAT.allocate(CHUNK);
    Buffer ones = FLOAT.allocate(CHUNK);
    Buffer factor = FLOAT.allocate(CHUNK);
    ones.fill(1);
    double worst = 0;
    float worstAt = 0;
    long bits = 0;
    while (bits < 1L << 32) {
      for (int i = 0; i < CHUNK; i++, bits += STRIDE) {
        x.set(i, Float.intBitsToFloat((int) bits)); // the last chunk begins again from 0
      }
      FLOAT.apply(exact.f(), x, y, CHUNK);
      FLOAT.gradient(exact.f(), x, y, ones, factor, CHUNK);
      for (int i = 0; i < CHUNK; i++) {
        double e = error.of((float) x.get(i), (float) y.get(i), (float) factor.get(i));
        if (!(e <= worst)) {
          worst = e;
          worstAt = (float) x.get(i);
        }
      }
    }
    assertThat(worst).as("%s of %s at %s", what, exact.f(), worstAt).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("list")
  void valuesAreAsExactAsStated(Exact exact) {
    sweep(
        exact,
        "error of the value",
        (x, y, factor) -> {
          double want = ReferencePointwise.value(exact.f(), x);
          float rounded = (float) want;
          if (Float.isNaN(rounded) || Float.isInfinite(rounded) || want == 0) {
            return Float.floatToIntBits(y) == Float.floatToIntBits(rounded) ? 0 : 1e9;
          }
          double allowed =
              exact.ulps() * Math.ulp(rounded)
                  + (x < 0 ? exact.least() * MIN + exact.absolute() * Check.ROUNDING : 0);
          return Math.abs(y - want) == 0 ? 0 : Math.abs(y - want) / allowed;
        });
  }

  @ParameterizedTest
  @MethodSource("list")
  void derivativesAreAsExactAsStated(Exact exact) {
    sweep(
        exact,
        "error of the derivative",
        (x, y, factor) -> {
          double want = ReferencePointwise.gradient(exact.f(), x, y, 1);
          if (Double.isNaN(want)) {
            return Float.isNaN(factor) ? 0 : 1e9;
          }
          if (Float.isInfinite((float) want)) {
            return factor == (float) want ? 0 : 1e9;
          }
          double allowed =
              Math.ulp((float) want) + exact.factor() * Check.ROUNDING + 3 * (double) MIN;
          return Math.abs(factor - want) / allowed;
        });
  }

  @Test
  void endsOfTheLine() {
    // of            0, −0, ∞, −∞, NaN, largest, −largest, smallest, −smallest
    ends(Pointwise.NONE, 0f, -0f, INF, -INF, NAN, MAX, -MAX, MIN, -MIN);
    ends(Pointwise.STEP, 0f, 0f, 1, 0, NAN, 1, 0, 1, 0);
    ends(Pointwise.RELU, 0f, 0f, INF, 0, NAN, MAX, 0, MIN, 0);
    ends(Pointwise.leakyRelu(0.5), 0f, -0f, INF, -INF, NAN, MAX, -MAX / 2, MIN, -0f);
    ends(Pointwise.leakyRelu(-0.5), -0f, 0f, INF, INF, NAN, MAX, MAX / 2, MIN, 0f);
    ends(Pointwise.elu(1), 0f, -0f, INF, -1, NAN, MAX, -1, MIN, -MIN);
    ends(Pointwise.SELU, 0f, -0f, INF, -1.7580993f, NAN, INF, -1.7580993f, MIN, -2 * MIN);
    ends(Pointwise.GELU, 0f, -0f, INF, -0f, NAN, MAX, -0f, 0f, -0f);
    ends(Pointwise.GELU_TANH, 0f, -0f, INF, -0f, NAN, MAX, -0f, 0f, -0f);
    ends(Pointwise.SILU, 0f, -0f, INF, -0f, NAN, MAX, -0f, 0f, -0f);
    float ln2 = 0.6931472f;
    ends(Pointwise.SOFTPLUS, ln2, ln2, INF, 0, NAN, MAX, 0, ln2, ln2);
    ends(Pointwise.SIGMOID, 0.5f, 0.5f, 1, 0, NAN, 1, 0, 0.5f, 0.5f);
    ends(Pointwise.TANH, 0f, -0f, 1, -1, NAN, 1, -1, MIN, -MIN);
    ends(Pointwise.ERF, 0f, -0f, 1, -1, NAN, 1, -1, MIN, -MIN);
    ends(Pointwise.EXP, 1, 1, INF, 0, NAN, INF, 0, 1, 1);
    ends(Pointwise.LOG, -INF, -INF, INF, NAN, NAN, 88.72284f, NAN, -103.27893f, NAN);
  }

  private static void ends(Pointwise f, float... want) {
    float[] x = {0f, -0f, INF, -INF, NAN, MAX, -MAX, MIN, -MIN};
    for (int n : new int[] {1, x.length}) { // by single numbers, and by vectors
      Buffer in = Buffer.of(new float[32]);
      Buffer out = Buffer.of(new float[32]);
      for (int at = 0; at < x.length; at += n) {
        for (int i = 0; i < 32; i++) {
          in.set(i, x[(at + i) % x.length]);
        }
        FLOAT.apply(f, in, out, n == 1 ? 1 : 32);
        for (int i = 0; i < n; i++) {
          assertThat(Float.valueOf((float) out.get(i))) // as objects: NaN is NaN, −0 is not 0
              .as("%s of %s", f, x[at + i])
              .isEqualTo(Float.valueOf(want[at + i]));
        }
      }
    }
  }

  @Test
  void derivativesAtTheEndsAreTheirLimits() {
    Buffer x = Buffer.of(new float[] {INF, -INF, NAN, MAX, -MAX, 0, -0f});
    Buffer ones = Buffer.of(new float[] {1, 1, 1, 1, 1, 1, 1});
    for (Kernels k : List.of(FLOAT, Kernels.reference())) {
      Buffer in = k.allocate(7);
      Buffer y = k.allocate(7);
      Buffer d = k.allocate(7);
      in.copyFrom(x);
      d.copyFrom(ones);
      for (Pointwise f :
          List.of(
              Pointwise.elu(1),
              Pointwise.GELU,
              Pointwise.GELU_TANH,
              Pointwise.SILU,
              Pointwise.SOFTPLUS)) {
        k.apply(f, in, y, 7);
        k.gradient(f, in, y, d, y, 7);
        float atZero = f.equals(Pointwise.elu(1)) ? 1 : 0.5f;
        float[] got = y.toFloats();
        for (int i : new int[] {1, 4}) {
          got[i] = Math.abs(got[i]); // 0 from either side
        }
        assertThat(got).as("%s", f).containsExactly(1, 0, NAN, 1, 0, atZero, atZero);
      }
    }
  }

  @Test
  void whatADerivativeIsMadeOf() {
    for (Exact exact : list()) {
      Pointwise f = exact.f();
      assertThat(f.readsInput() && f.readsOutput()).as("%s", f).isFalse();
    }
    assertThat(Pointwise.STEP.readsInput() || Pointwise.STEP.readsOutput()).isFalse();
    assertThat(Pointwise.leakyRelu(0).readsOutput()).isTrue();
    assertThat(Pointwise.leakyRelu(-1).readsInput()).isTrue();
    assertThat(Pointwise.leakyRelu(0.01)).hasToString("leaky-relu:0.01");
    assertThat(Pointwise.GELU_TANH).hasToString("gelu-tanh");
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> Pointwise.elu(0))
        .hasMessage("elu: expected a finite alpha above 0, got 0.0");
    assertThatThrownBy(() -> Pointwise.leakyRelu(Double.NaN))
        .hasMessage("leaky-relu: expected a finite slope, got NaN");
    assertThatThrownBy(() -> new Pointwise(Pointwise.Function.TANH, 1))
        .hasMessage("tanh: expected no setting, got 1.0");
  }
}
