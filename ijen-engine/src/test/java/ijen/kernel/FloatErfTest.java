package ijen.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The error function and its gradient in `float` against the `double` reference, over the sweep of
/// [FloatMathTest], and the reference against numbers computed with 50 digits.
class FloatErfTest {
  private static final long SEED = Long.getLong("ijen.seed", System.nanoTime());
  private static final float[] SCRATCH = new float[1024];

  static void erf(Buffer x, Buffer y, int n) {
    FloatErf.erf(x.floats(), x.offset, y.floats(), y.offset, n);
  }

  /// The gradient for a `d` of 1.
  static void gradient(Buffer x, Buffer y, int n) {
    y.fill(1);
    FloatErf.gradient(x, y, y, SCRATCH, 0, n);
  }

  @Test
  void erfIsWithinOneUlp() {
    FloatMathTest.assertWithin(1, FloatErfTest::erf, ReferencePointwise::erf);
  }

  @Test
  void gradientIsWithinThreeUlps() {
    FloatMathTest.assertWithin(
        3, FloatErfTest::gradient, x -> 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x));
  }

  @Test
  void limits() {
    float inf = Float.POSITIVE_INFINITY;
    float nan = Float.NaN;
    float max = Float.MAX_VALUE;
    float min = Float.MIN_VALUE;
    assertThat(FloatMathTest.each(FloatErfTest::erf, 0, -0f, inf, -inf, nan, max, -3.92f, -min))
        .containsExactly(0, -0f, 1, -1, nan, 1, -1, -min);
    assertThat(FloatMathTest.each(FloatErfTest::gradient, inf, -inf, nan, max, 12, -12.5f))
        .containsExactly(0, 0, nan, 0, 0, 0);
  }

  @Test
  void erfIsOddAndNeverBeyondOne() {
    SplittableRandom random = new SplittableRandom(SEED);
    int n = 200_000;
    float[] x = new float[n];
    float[] minus = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextDouble(0, 4.5);
      minus[i] = -x[i];
    }
    float[] y = FloatMathTest.each(FloatErfTest::erf, x);
    float[] other = FloatMathTest.each(FloatErfTest::erf, minus);
    for (int i = 0; i < n; i++) {
      assertThat(y[i]).as("erf %s, seed %d", x[i], SEED).isBetween(0f, 1f).isEqualTo(-other[i]);
    }
  }

  /// The values were computed with 50 digits and rounded once.
  @Test
  void referenceIsExactToFifteenDigits() {
    double[][] values = {
      {1e-300, 1.1283791670955126e-300},
      {1e-10, 1.1283791670955126e-10},
      {0.1, 0.1124629160182849},
      {0.25, 0.27632639016823696},
      {0.5, 0.5204998778130465},
      {0.75, 0.7111556336535151},
      {1, 0.8427007929497149},
      {1.25, 0.9229001282564583},
      {1.4375, 0.95794060605646},
      {1.4999999, 0.96610513458228},
      {1.5, 0.9661051464753108},
      {1.75, 0.9866716712191824},
      {2, 0.9953222650189527},
      {2.5, 0.999593047982555},
      {3, 0.9999779095030014},
      {3.5, 0.9999992569016276},
      {4, 0.9999999845827421},
      {5, 0.9999999999984626},
      {5.5, 0.9999999999999927},
      {5.9, 0.9999999999999999},
    };
    for (double[] value : values) {
      assertThat(Math.abs(ReferencePointwise.erf(value[0]) - value[1]) / value[1])
          .as("erf %s", value[0])
          .isLessThanOrEqualTo(6e-16);
      assertThat(ReferencePointwise.erf(-value[0])).isEqualTo(-ReferencePointwise.erf(value[0]));
    }
    double inf = Double.POSITIVE_INFINITY;
    double[] special = {0, -0.0, inf, -inf, Double.NaN, 1e308};
    double[] got = new double[special.length];
    for (int i = 0; i < got.length; i++) {
      got[i] = ReferencePointwise.erf(special[i]);
    }
    assertThat(got).containsExactly(0, -0.0, 1, -1, Double.NaN, 1);
  }
}
