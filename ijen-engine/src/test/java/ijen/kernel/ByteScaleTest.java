package ijen.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bytes as numbers: computed, or read from the table, the same bits.
class ByteScaleTest {
  private static final long SEED = Long.getLong("ijen.seed", System.nanoTime());

  /// What `apply` makes of `n` drawn bytes must be what the definition says, and nothing else be
  /// written.
  private static void verify(ByteScale scale, double factor, double shift, int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int from = random.nextInt(5);
    int at = random.nextInt(5);
    byte[] source = new byte[from + n + 3];
    random.nextBytes(source);
    float[] floats = new float[at + n + 3];
    double[] doubles = new double[at + n + 3];
    scale.apply(source, from, floats, at, n);
    scale.apply(source, from, doubles, at, n);
    for (int i = 0; i < floats.length; i++) {
      boolean inside = i >= at && i < at + n;
      int b = inside ? source[from + i - at] & 255 : 0;
      float expected = inside ? (float) (b * factor + shift) : 0;
      assertThat(Float.floatToRawIntBits(floats[i]))
          .as("byte %s of %s by %s and %s, seed %s", i - at, n, factor, shift, seed)
          .isEqualTo(Float.floatToRawIntBits(expected));
      assertThat(doubles[i]).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 255, 0",
    "1, 256, 0",
    "1, 1, 0",
    "-1, 1, 255",
    "2, 255, -1",
    "1, 127.5, -1",
    "0, 1, 0.25",
    // Deviation and mean of MNIST, of Fashion-MNIST and of photographs in three colours.
    "1, 78.5655, -0.42421",
    "1, 90.015, -0.81020",
    "1, 58.395, -2.1179",
    "1, 57.12, -2.0357",
    "1, 57.375, -1.8044"
  })
  void usualScalingsAreComputed(double numerator, double denominator, double shift) {
    double factor = numerator / denominator;
    ByteScale scale = ByteScale.of(factor, shift);
    assertThat(scale.isComputed()).isTrue();
    for (int n = 0; n < 70; n++) {
      verify(scale, factor, shift, n, SEED + n);
    }
    verify(scale, factor, shift, 20_000, SEED);
  }

  @Test
  void drawnScalingsHoldToo() {
    SplittableRandom random = new SplittableRandom(SEED);
    int computed = 0;
    for (int i = 0; i < 300; i++) {
      double factor = random.nextGaussian() * Math.pow(10, random.nextInt(-8, 8));
      double shift = random.nextGaussian() * Math.pow(10, random.nextInt(-8, 8));
      ByteScale scale = ByteScale.of(factor, shift);
      computed += scale.isComputed() ? 1 : 0;
      verify(scale, factor, shift, 300, SEED + i);
    }
    assertThat(computed).as("of 300, seed %s", SEED).isGreaterThan(200);
  }

  @ParameterizedTest
  @CsvSource({
    "0.3333333333333333, -42.3333333332", // next to 0 the formula's small error shows
    "-0.00392156862745098, 1", // and here it should give 0 itself
    "1e-44, 0", // numbers without a normal exponent
    "-0.0, -0.0" // a zero with a sign
  })
  void theTableServesTheOthers(double factor, double shift) {
    ByteScale scale = ByteScale.of(factor, shift);
    assertThat(scale.isComputed()).isFalse();
    for (int n = 0; n < 40; n++) {
      verify(scale, factor, shift, n, SEED + n);
    }
  }

  @Test
  void numbersBeyondFloatAreRefused() {
    for (double[] wrong : new double[][] {{1e37, 0}, {0, Double.NaN}, {-1, 4e38}}) {
      assertThatThrownBy(() -> ByteScale.of(wrong[0], wrong[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "expected a finite scaling, got scale " + wrong[0] + " and shift " + wrong[1]);
    }
    assertThat(ByteScale.of(1e36, 0).value(255)).isEqualTo(2.55e38f);
  }
}
