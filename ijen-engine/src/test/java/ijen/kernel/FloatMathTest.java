package ijen.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// Exponential, logarithm, sigmoid and hyperbolic tangent against the `double` functions, over a
/// sweep through all floats: `-Dijen.stride=1` takes every one.
class FloatMathTest {
  private static final int STRIDE = Integer.getInteger("ijen.stride", 1031);
  private static final int CHUNK = 4096;

  @FunctionalInterface
  interface Function {
    void apply(Buffer x, Buffer y, int n);
  }

  private static final float[] SCRATCH = new float[1024];

  private static void exp(Buffer x, Buffer y, int n) {
    FloatMath.exp(x.floats(), x.offset, y.floats(), y.offset, n);
  }

  private static void log(Buffer x, Buffer y, int n) {
    FloatMath.log(x.floats(), x.offset, y.floats(), y.offset, n);
  }

  private static void sigmoid(Buffer x, Buffer y, int n) {
    FloatActivations.sigmoid(x, y, SCRATCH, 0, n);
  }

  private static void tanh(Buffer x, Buffer y, int n) {
    FloatActivations.tanh(x, y, SCRATCH, 0, n);
  }

  @Test
  void expIsWithinTwoUlps() {
    assertWithin(2, FloatMathTest::exp, StrictMath::exp);
  }

  @Test
  void logIsWithinTwoUlps() {
    assertWithin(2, FloatMathTest::log, StrictMath::log);
  }

  @Test
  void sigmoidIsWithinFourUlps() {
    assertWithin(
        4,
        FloatMathTest::sigmoid,
        x -> x < 0 ? StrictMath.exp(x) / (1 + StrictMath.exp(x)) : 1 / (1 + StrictMath.exp(-x)));
  }

  @Test
  void tanhIsWithinFourUlps() {
    assertWithin(4, FloatMathTest::tanh, StrictMath::tanh);
  }

  static void assertWithin(double ulps, Function function, DoubleUnaryOperator truth) {
    float[] x = new float[CHUNK];
    float[] y = new float[CHUNK];
    double worst = 0;
    float worstAt = 0;
    long bits = 0;
    while (bits < 1L << 32) {
      for (int i = 0; i < CHUNK; i++, bits += STRIDE) {
        x[i] = Float.intBitsToFloat((int) bits); // the last chunk begins again from 0
      }
      function.apply(Buffer.of(x), Buffer.of(y), CHUNK);
      for (int i = 0; i < CHUNK; i++) {
        double error = ulps(y[i], truth.applyAsDouble(x[i]));
        if (error > worst) {
          worst = error;
          worstAt = x[i];
        }
      }
    }
    assertThat(worst).as("error in ulps at %s", worstAt).isLessThanOrEqualTo(ulps);
  }

  /// NaN, infinities and zeros must be exactly right, the sign of a zero included.
  private static double ulps(float got, double want) {
    float rounded = (float) want;
    if (Float.isNaN(rounded) || Float.isInfinite(rounded) || want == 0) {
      return Float.floatToIntBits(got) == Float.floatToIntBits(rounded) ? 0 : Double.MAX_VALUE;
    }
    return Math.abs(got - want) / Math.ulp(rounded);
  }

  @Test
  void limits() {
    float inf = Float.POSITIVE_INFINITY;
    float nan = Float.NaN;
    assertThat(each(FloatMathTest::exp, 0, -0f, inf, -inf, nan, 89, -104, 0x1p126f))
        .containsExactly(1, 1, inf, 0, nan, inf, 0, inf);
    assertThat(each(FloatMathTest::log, 1, 0, -0f, -1, inf, -inf, nan))
        .containsExactly(0, -inf, -inf, nan, inf, nan, nan);
    assertThat(each(FloatMathTest::sigmoid, 0, inf, -inf, nan, 0x1p100f, -0x1p100f))
        .containsExactly(0.5f, 1, 0, nan, 1, 0);
    assertThat(each(FloatMathTest::tanh, 0, -0f, inf, -inf, nan, 0x1p-100f, -Float.MIN_VALUE))
        .containsExactly(0, -0f, 1, -1, nan, 0x1p-100f, -Float.MIN_VALUE);
  }

  static float[] each(Function function, float... x) {
    float[] y = new float[x.length];
    function.apply(Buffer.of(x), Buffer.of(y), x.length);
    return y;
  }

  /// Whole vectors and single numbers, which are what is left of a run, give the same bits.
  @Test
  void vectorsAgreeWithSingleNumbers() {
    Function[] functions = {
      FloatMathTest::exp,
      FloatMathTest::log,
      FloatMathTest::sigmoid,
      FloatMathTest::tanh,
      FloatErfTest::erf,
      FloatErfTest::gradient
    };
    float[] x = new float[CHUNK];
    float[] together = new float[CHUNK];
    float[] apart = new float[CHUNK];
    for (int i = 0; i < CHUNK; i++) {
      x[i] = Float.intBitsToFloat(i * 1_048_573);
    }
    for (Function function : functions) {
      for (int round = 0; round < 20; round++) { // compiled, too
        function.apply(Buffer.of(x), Buffer.of(together), CHUNK);
        for (int i = 0; i < CHUNK; i++) {
          function.apply(Buffer.of(x).slice(i, 1), Buffer.of(apart).slice(i, 1), 1);
        }
        assertThat(together).isEqualTo(apart);
      }
    }
    for (int i = 0; i < CHUNK; i++) {
      together[i] = FloatMath.exp(x[i]);
      apart[i] = FloatMath.log(x[i]);
    }
    assertThat(together).isEqualTo(each(FloatMathTest::exp, x));
    assertThat(apart).isEqualTo(each(FloatMathTest::log, x));
  }
}
