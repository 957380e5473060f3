package ijen.tune;

import static ijen.tune.Checks.reports;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pruners against tables worked by hand.
class PrunersTest {
  private static final double NAN = Double.NaN;

  /// Others that reported these values, one each, at step 1.
  private static List<Reports> others(double... values) {
    return Arrays.stream(values).mapToObj(Checks::reports).toList();
  }

  private static boolean prunes(Pruner pruner, Reports own, List<Reports> others) {
    boolean low = pruner.asks(99, own) && pruner.prune(Goal.MINIMISE, 99, own, others);
    List<Reports> mirrored = others.stream().map(PrunersTest::mirrored).toList();
    boolean high = pruner.asks(99, own) && pruner.prune(Goal.MAXIMISE, 99, mirrored(own), mirrored);
    assertThat(high).as("maximising the negative").isEqualTo(low);
    return low;
  }

  private static Reports mirrored(Reports reports) {
    return new Reports(
        reports.list().stream().map(it -> new Report(it.step(), -it.value())).toList());
  }

  @Test
  void noneIsAsked() {
    assertThat(new NoPruner().asks(5, reports(1))).isFalse();
    assertThat(prunes(new NoPruner(), reports(9), others(1, 1, 1, 1, 1, 1))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "50, 3.0, false", // the median of 1 2 3 4 5 is 3
    "50, 3.1, true",
    "25, 2.0, false",
    "25, 2.1, true",
    "10, 1.4, false", // 1 + 0.4·(2 − 1)
    "10, 1.5, true",
    "100, 5.0, false",
    "100, 5.1, true"
  })
  void percentiles(double percentile, double value, boolean pruned) {
    Pruner pruner = PercentilePruner.median().withPercentile(percentile);
    assertThat(prunes(pruner, reports(value), others(4, 1, 5, 3, 2))).isEqualTo(pruned);
  }

  @Test
  void medianLooksAtTheBestSoFarAndAtOthersAtTheSameStep() {
    PercentilePruner median = PercentilePruner.median().withStartup(3);
    List<Reports> others = List.of(reports(9, 1), reports(9, 2), reports(9, 3), reports(0));
    assertThat(prunes(median, reports(5, 2.5), others)).isTrue(); // 2.5 against 2
    assertThat(prunes(median, reports(1.5, 7), others)).isFalse(); // was better before
    assertThat(prunes(median, reports(NAN, 2), others)).isFalse();
    assertThat(prunes(median, reports(NAN, NAN), others)).isTrue();
    assertThat(prunes(median.withStartup(4), reports(5, 2.5), others)).isFalse(); // 3 at step 2
    assertThat(prunes(median, reports(5, 2.5, 9), others)).isFalse(); // none at step 3
    List<Reports> none = List.of(reports(NAN), reports(NAN), reports(NAN), reports(1), reports(2));
    assertThat(prunes(median, reports(9), none)).isFalse(); // two numbers only
    assertThat(prunes(median.withStartup(2), reports(1.6), none)).isTrue();
    // Infinite losses are the worst, and nothing is reckoned with them.
    double infinite = Double.POSITIVE_INFINITY;
    List<Reports> bad = others(infinite, infinite, infinite);
    assertThat(prunes(median, reports(infinite), bad)).isFalse();
    assertThat(prunes(median, reports(infinite), others(1, 2, infinite))).isTrue();
    assertThat(PercentilePruner.percentile(new double[] {1, 2, 4, 8}, 50)).isEqualTo(3);
  }

  /// From step 3 on, at the first report in each of 3–4, 5–6, 7–8, ….
  @Test
  void medianDecidesInItsIntervals() {
    PercentilePruner median = PercentilePruner.median().withWarmup(3).withInterval(2);
    List<Integer> asked = new ArrayList<>();
    Reports own = Reports.NONE;
    for (int step : new int[] {1, 2, 4, 5, 6, 8, 11, 12, 13}) {
      own = own.and(step, 1);
      if (median.asks(0, own)) {
        asked.add(step);
      }
    }
    assertThat(asked).containsExactly(4, 5, 8, 11, 13);
  }

  /// η = 2: of n values at a rung, the own one included, the best ⌊n/2⌋ go on, and the best one.
  @ParameterizedTest
  @CsvSource({
    "2.5, true", // of 1 2 2.5 3 two go on
    "2.0, false", // ties with the second
    "1.5, false",
    "0.5, false"
  })
  void halving(double value, boolean pruned) {
    AshaPruner asha = AshaPruner.of().withFactor(2);
    assertThat(prunes(asha, reports(value), others(3, 1, 2))).isEqualTo(pruned);
  }

  @Test
  void halvingWithFewTrials() {
    AshaPruner asha = AshaPruner.of(); // η = 4
    assertThat(prunes(asha, reports(5), List.of())).isFalse(); // alone, and so the best
    assertThat(prunes(asha, reports(5), others(6, 7))).isFalse();
    assertThat(prunes(asha, reports(6.5), others(6, 7))).isTrue(); // of 3, the best one only
    assertThat(prunes(asha, reports(2), others(1, 3, 4, 5, 6, 7))).isTrue(); // of 7 one
    assertThat(prunes(asha, reports(2), others(1, 3, 4, 5, 6, 7, 8))).isFalse(); // of 8 two
    assertThat(prunes(asha, reports(NAN), List.of())).isTrue();
    assertThat(prunes(asha, reports(2), others(1, NAN, NAN, NAN, NAN, NAN, NAN))).isTrue();
  }

  @Test
  void rungsAreAtPowers() {
    assertThat(asked(AshaPruner.of(), 70)).containsExactly(1, 4, 16, 64);
    assertThat(asked(AshaPruner.of().withSkip(1).withFactor(3), 70)).containsExactly(3, 9, 27);
    assertThat(asked(AshaPruner.of().withFirst(5).withFactor(2), 70))
        .containsExactly(5, 10, 20, 40);
    // Steps that pass over a rung reach it with the first report after it.
    AshaPruner asha = AshaPruner.of().withFactor(2);
    Reports own = Reports.NONE.and(3, 1); // rungs 1 and 2 at once
    assertThat(asha.asks(0, own)).isTrue();
    List<Reports> others = List.of(reports(5, 0.5), Reports.NONE.and(3, 0.7), reports(0.1));
    // Rung 1: 0.1, 0.7, 1, 5: one of the best two goes on; 1 is third.
    assertThat(prunes(asha, own, others)).isTrue();
    // Rung 1: 0.7, 0.9, 5, 6: second. Rung 2: 0.5, 0.7, 0.9: third, one goes on.
    List<Reports> later = List.of(reports(5, 0.5), Reports.NONE.and(3, 0.7), reports(6));
    assertThat(prunes(asha, Reports.NONE.and(3, 0.9), later)).isTrue();
    assertThat(prunes(asha, Reports.NONE.and(3, 0.4), later)).isFalse();
    assertThat(asha.asks(0, own.and(5, 1))).isTrue(); // rung 4
    assertThat(asha.asks(0, own.and(5, 1).and(7, 1))).isFalse();
  }

  private static List<Integer> asked(Pruner pruner, int steps) {
    List<Integer> asked = new ArrayList<>();
    Reports own = Reports.NONE;
    for (int step = 1; step <= steps; step++) {
      own = own.and(step, 1);
      if (pruner.asks(0, own)) {
        asked.add(step);
      }
    }
    return asked;
  }

  /// Hyperband's table for R = 81, η = 3: 81 trials from step 1, 34 from 3, 15 from 9, 8 from 27, 5
  /// that are never ended before 81.
  @Test
  void hyperbandHasTheBracketsOfThePaper() {
    HyperbandPruner hyperband = HyperbandPruner.of(1, 81);
    assertThat(hyperband.shares()).containsExactly(81, 34, 15, 8, 5);
    assertThat(HyperbandPruner.of(1, 80).shares()).containsExactly(27, 12, 6, 4);
    assertThat(HyperbandPruner.of(1, 2).shares()).containsExactly(1);
    assertThat(HyperbandPruner.of(1, 81).withFirst(9).shares()).containsExactly(9, 5, 3);
    long[] counts = new long[5];
    IntStream.range(0, 14_300).forEach(n -> counts[hyperband.bracket(n)]++);
    double[] shares = {81 / 143.0, 34 / 143.0, 15 / 143.0, 8 / 143.0, 5 / 143.0};
    assertThat(Checks.chiSquare(counts, shares)).isLessThan(Checks.most(5));
    for (int n = 0; n < 50; n++) {
      int first = (int) Math.round(Math.pow(3, hyperband.bracket(n)));
      Reports own = reports(IntStream.range(0, first).mapToDouble(i -> 1).toArray());
      assertThat(hyperband.asks(n, own)).isTrue();
      assertThat(hyperband.asks(n, own.upTo(first - 1))).isFalse();
    }
  }

  @Test
  void hyperbandComparesWithinABracket() {
    HyperbandPruner hyperband = HyperbandPruner.of(1, 9);
    int own =
        IntStream.range(50, 99).filter(n -> hyperband.bracket(n) == 0).findFirst().orElseThrow();
    List<Reports> sameAreWorse =
        IntStream.range(0, own).mapToObj(n -> reports(hyperband.bracket(n) == 0 ? 2 : 0)).toList();
    List<Reports> sameAreBetter =
        IntStream.range(0, own).mapToObj(n -> reports(hyperband.bracket(n) == 0 ? 0 : 2)).toList();
    assertThat(hyperband.prune(Goal.MINIMISE, own, reports(1), sameAreWorse)).isFalse();
    assertThat(hyperband.prune(Goal.MINIMISE, own, reports(1), sameAreBetter)).isTrue();
  }

  @Test
  void settingsAreChecked() {
    assertThatThrownBy(() -> PercentilePruner.median().withPercentile(0))
        .hasMessageContaining("expected a percentile in (0, 100]")
        .hasMessageEndingWith("got 0.0, 5, 0 and 1");
    assertThatThrownBy(() -> AshaPruner.of().withFactor(1))
        .hasMessage(
            "asha: expected a first step of 1 or more, a factor of 2 or more and 0 or more rungs to"
                + " skip, got 1, 1 and 0");
    assertThatThrownBy(() -> HyperbandPruner.of(1, 0))
        .hasMessage(
            "hyperband: expected a first step of 1 or more, a last one not before it and a factor"
                + " of 2 or more, got 1, 0 and 3");
  }

  @Test
  void reportsAreInOrder() {
    Reports reports = reports(3, 2, 1);
    assertThat(reports.upTo(2)).isEqualTo(reports(3, 2));
    assertThat(reports.at(2)).contains(new Report(2, 2));
    assertThat(reports.at(4)).isEmpty();
    assertThat(reports.lastStep()).isEqualTo(3);
    assertThat(Reports.NONE.lastStep()).isEqualTo(-1);
    assertThat(reports.from(2).orElseThrow().value()).isCloseTo(2, within(0.0));
    assertThatThrownBy(() -> reports.and(3, 1)).hasMessageContaining("expected a step after 3");
    assertThatThrownBy(() -> reports.and(-1, 1))
        .hasMessage("report: expected a step of 0 or more, got -1");
  }
}
