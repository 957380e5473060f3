package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TicksTest {
  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void linearTicksAreRoundEvenAndCoverTheRange(int seed) {
    Random random = new Random(seed);
    double scale = Math.pow(10, random.nextInt(40) - 20);
    double low = scale * (random.nextDouble() * 200 - 100);
    double high = low + scale * (0.001 + random.nextDouble() * 100);
    int wanted = 2 + random.nextInt(12);

    Ticks ticks = Ticks.linear(low, high, wanted, false);

    double slack = 1e-8 * (high - low);
    assertThat(ticks.from()).isLessThanOrEqualTo(low + slack);
    assertThat(ticks.to()).isGreaterThanOrEqualTo(high - slack);
    // One more at each end at most, and no more than twice too few.
    assertThat(ticks.ticks()).hasSizeBetween(2, wanted + 3);
    assertThat(ticks.ticks().size()).isGreaterThan(wanted / 3);
    BigDecimal step = shortest(ticks, 1).subtract(shortest(ticks, 0));
    assertThat(step.stripTrailingZeros().unscaledValue().intValueExact()).isIn(1, 2, 5);
    for (int i = 1; i < ticks.ticks().size(); i++) {
      assertThat(shortest(ticks, i).subtract(shortest(ticks, i - 1))).isEqualByComparingTo(step);
    }
    assertThat(ticks.ticks().stream().map(Ticks.Tick::label)).doesNotHaveDuplicates();
  }

  /// The decimal that a double is printed as: ticks are such decimals, not their neighbours.
  private static BigDecimal shortest(Ticks ticks, int i) {
    return new BigDecimal(Double.toString(ticks.ticks().get(i).value()));
  }

  @Test
  void labelsSayTheirValues() {
    assertThat(labels(Ticks.linear(0, 1, 5, false)))
        .containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
    assertThat(labels(Ticks.linear(-1, 1, 4, false)))
        .containsExactly("−1.0", "−0.5", "0.0", "0.5", "1.0");
    assertThat(labels(Ticks.linear(0, 60_000, 3, false)))
        .containsExactly("0", "20,000", "40,000", "60,000");
    assertThat(labels(Ticks.linear(0, 3e-7, 3, false)))
        .containsExactly("0", "10⁻⁷", "2×10⁻⁷", "3×10⁻⁷");
    assertThat(Ticks.linear(0, 1, 10, false).ticks().get(3).value()).isEqualTo(0.3);
  }

  @Test
  void wholeTicksHaveNoFractions() {
    assertThat(labels(Ticks.linear(1, 3, 10, true))).containsExactly("1", "2", "3");
    assertThat(labels(Ticks.linear(0, 100, 5, true)))
        .containsExactly("0", "20", "40", "60", "80", "100");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void logarithmicTicksCoverTheRangeAndDoNotCrowd(int seed) {
    Random random = new Random(seed);
    double low = Math.pow(10, random.nextDouble() * 100 - 50);
    double high = low * Math.pow(10, random.nextDouble() * (random.nextBoolean() ? 40 : 3) + 0.01);
    int wanted = 2 + random.nextInt(8);

    Ticks ticks = Ticks.logarithmic(low, high, wanted);

    assertThat(ticks.from()).isLessThanOrEqualTo(low);
    assertThat(ticks.to()).isGreaterThanOrEqualTo(high);
    long labelled = ticks.ticks().stream().filter(t -> !t.label().isEmpty()).count();
    assertThat(labelled).isBetween(1L, Math.max(wanted + 1L, 9));
    for (Ticks.Tick tick : ticks.ticks()) {
      BigDecimal digits = new BigDecimal(Double.toString(tick.value())).stripTrailingZeros();
      assertThat(digits.unscaledValue().intValueExact()).isIn(1, 2, 5);
    }
  }

  @Test
  void decadesAreLabelledInOneWay() {
    assertThat(labels(Ticks.logarithmic(0.02, 0.9, 5)))
        .containsExactly("0.02", "0.05", "0.1", "0.2", "0.5", "1");
    assertThat(labels(Ticks.logarithmic(2, 3e7, 8)))
        .containsExactly("1", "10", "10²", "10³", "10⁴", "10⁵", "10⁶", "10⁷", "10⁸");
    assertThat(labels(Ticks.logarithmic(1e-3, 1e3, 8)))
        .containsExactly("10⁻³", "10⁻²", "10⁻¹", "1", "10", "10²", "10³");
  }

  @Test
  void minorTicksAreTheOtherMultiplesOfAPowerOfTen() {
    assertThat(Ticks.logarithmic(0.1, 9, 5).minor())
        .containsExactly(0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 3.0, 4.0, 6.0, 7.0, 8.0, 9.0);
    Ticks decades = Ticks.logarithmic(1, 1000, 5);
    assertThat(decades.minor()).hasSize(3 * 8).contains(20.0, 900.0).doesNotContain(10.0);
    assertThat(decades.cut(15, 250).minor()).hasSize(8 + 1).allMatch(v -> v >= 15 && v <= 250);
    assertThat(Ticks.logarithmic(1e-9, 1, 5).minor()).as("too many to be seen").isEmpty();
  }

  @Test
  void axesTakeAnyNumbers() {
    Axis linear = Axis.linear("x");
    Axis log = Axis.log("x");
    for (List<Double> values :
        List.of(
            List.<Double>of(),
            List.of(Double.NaN, Double.POSITIVE_INFINITY),
            List.of(0.0),
            List.of(5.0, 5.0),
            List.of(1e300, -1e300),
            List.of(Double.MIN_VALUE),
            List.of(1e-300, 1e300),
            List.of(1.0, 1.0 + 1e-15),
            List.of(-3.0, Double.MAX_VALUE))) {
      for (Axis axis : List.of(linear, log, linear.withWholeNumbers())) {
        for (Ticks ticks : List.of(axis.ticksAround(values, 5), axis.ticksWithin(values, 5))) {
          assertThat(ticks.to()).as("%s on %s", values, axis).isGreaterThan(ticks.from());
          assertThat(ticks.ticks()).as("%s on %s", values, axis).isNotEmpty();
          assertThat(ticks.ticks().size()).as("%s on %s", values, axis).isLessThan(700);
          for (double value : values) {
            if (axis.takes(value)) {
              assertThat(axis.part(value, ticks))
                  .as("%s of %s on %s", value, values, axis)
                  .isBetween(-1e-9, 1 + 1e-9);
            }
          }
        }
      }
    }
  }

  @Test
  void aSingleEpochStandsInTheMiddle() {
    Ticks ticks = Axis.linear("epoch").withWholeNumbers().ticksWithin(List.of(1.0), 8);
    assertThat(labels(ticks)).containsExactly("1");
    assertThat(Axis.linear("epoch").part(1, ticks)).isCloseTo(0.5, within(1e-12));
  }

  private static List<String> labels(Ticks ticks) {
    return ticks.ticks().stream().map(Ticks.Tick::label).toList();
  }
}
