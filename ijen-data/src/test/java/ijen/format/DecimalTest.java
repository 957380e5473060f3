package ijen.format;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.random.RandomStream;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
  private static final long SEED = Long.getLong("ijen.seed", 5);

  private static float parse(String text) {
    return Decimal.parse(("x" + text + "y").toCharArray(), 1, text.length());
  }

  @Test
  void readsTheNearestFloatOfAnyNumber() {
    RandomGenerator random = RandomStream.of(SEED, "numbers", 0).generator();
    for (int round = 0; round < 200_000; round++) {
      String text =
          switch (random.nextInt(6)) {
            case 0 -> Float.toString(Float.intBitsToFloat(random.nextInt()));
            case 1 -> Integer.toString(random.nextInt());
            case 2 -> random.nextInt(20_000_000) + "e" + (random.nextInt(30) - 15);
            case 3 -> random.nextInt(100) + "." + random.nextInt(1_000_000);
            case 4 -> String.format(Locale.ROOT, "%.12f", random.nextDouble() * 1e6 - 5e5);
            default -> Double.toString(random.nextGaussian());
          };
      float expected = Float.parseFloat(text);
      float got = parse(text);
      if (Float.isFinite(expected)
          ? Float.floatToRawIntBits(got) != Float.floatToRawIntBits(expected)
          : !Float.isNaN(got)) {
        throw new AssertionError(text + " became " + got + " in round " + round + " seed " + SEED);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+1",
        "1.",
        ".5",
        "-.5e1",
        "1E+2",
        "16777216",
        "16777217",
        "16777219e-10",
        "0.00000000000000000000000000001",
        "123456789012345678901234567890",
        "1e-60",
        "3.4028235e38",
        "0.1000000000000000055511151231257827",
        "9007199254740993",
        "1.17549435E-38",
        "1e-45"
      })
  void readsEdges(String text) {
    assertThat(Float.floatToRawIntBits(parse(text)))
        .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "e5",
        "1e",
        "1e+",
        "1.2.3",
        "0x10",
        "1f",
        "1d",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e39",
        "1_000",
        "1,5",
        " 1",
        "1 ",
        "--1",
        "١",
        "1e99999999999",
        "½"
      })
  void refusesWhatIsNoNumberOrTooLarge(String text) {
    assertThat(parse(text)).isNaN();
  }
}
