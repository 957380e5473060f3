package ijen.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What the samplers propose that do not learn. Seeds are fixed: nothing fails by chance.
class SamplersTest {
  private static final History NOTHING = new History(Goal.MINIMISE, List.of(), List.of());

  static List<Sampler> samplers() {
    return List.of(
        new RandomSampler(1),
        GridSampler.of().withPoints(3),
        new SobolSampler(1),
        TpeSampler.of(1));
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void proposesWhatIsInTheSpace(Sampler sampler) {
    Space space = Checks.mixed();
    for (int n = 0; n < 300; n++) {
      Configuration configuration = sampler.suggest(space, n, NOTHING);
      space.check(configuration);
      assertThat(sampler.suggest(space, n, NOTHING)).isEqualTo(configuration);
    }
  }

  static List<Sampler> draws() {
    return List.of(new RandomSampler(1), new SobolSampler(1), TpeSampler.of(1));
  }

  /// Each value as often as its part of [0, 1) is long; before TPE learns, it is random.
  @ParameterizedTest
  @MethodSource("draws")
  void drawsFromTheRightDistribution(Sampler sampler) {
    Space space =
        Space.of(
            Dimension.choice("c", "a", "b", "c", "d", "e"),
            Dimension.whole("n", 0, 18).inSteps(2),
            Dimension.whole("l", 1, 12).inLog(),
            Dimension.real("r", -1, 3),
            Dimension.real("s", 1e-5, 1e-1).inLog());
    int draws = 4096;
    for (Dimension dimension : space.dimensions()) {
      int bins = (int) dimension.count().orElse(20);
      long[] counts = new long[bins];
      double[] shares = new double[bins];
      double from = 0;
      for (int i = 0; i < bins; i++) {
        double to =
            dimension.count().isEmpty()
                ? (i + 1.0) / bins
                : from + 2 * (dimension.position(dimension.value(i)) - from);
        shares[i] = to - from;
        from = to;
      }
      for (int n = 0; n < draws; n++) {
        double u = dimension.position(sampler.suggest(space, n, NOTHING).text(dimension.name()));
        int bin = 0;
        for (double end = shares[0]; u >= end && bin < bins - 1; end += shares[bin]) {
          bin++;
        }
        counts[bin]++;
      }
      assertThat(Checks.chiSquare(counts, shares))
          .as("%s %s", sampler, dimension)
          .isLessThan(Checks.most(bins));
    }
  }

  @Test
  void randomDimensionsAreIndependent() {
    Space space = Space.of(Dimension.choice("a", 0, 1, 2), Dimension.choice("b", 0, 1, 2));
    long[] counts = new long[9];
    for (int n = 0; n < 9000; n++) {
      Configuration c = new RandomSampler(7).suggest(space, n, NOTHING);
      counts[3 * c.whole("a") + c.whole("b")]++;
    }
    assertThat(Checks.chiSquare(counts)).isBetween(0.5, Checks.most(9));
    assertThat(new RandomSampler(8).suggest(Checks.mixed(), 0, NOTHING))
        .isNotEqualTo(new RandomSampler(7).suggest(Checks.mixed(), 0, NOTHING));
  }

  @Test
  void gridHasEachConfigurationOnce() {
    Space space =
        Space.of(
            Dimension.choice("a", "x", "y"),
            Dimension.real("r", 1, 100).inLog().when("a", "x"),
            Dimension.real("s", 0, 1));
    GridSampler grid = GridSampler.of().withPoints(3);
    assertThat(grid.size(space)).isEqualTo(12);
    List<String> all = new ArrayList<>();
    for (int n = 0; n < 12; n++) {
      all.add(grid.suggest(space, n, NOTHING).toString());
    }
    assertThat(all)
        .startsWith("a=x, r=1.0, s=0.0", "a=x, r=1.0, s=0.5", "a=x, r=1.0, s=1.0")
        .endsWith("a=y, s=0.0", "a=y, s=0.5", "a=y, s=1.0")
        .doesNotHaveDuplicates();
    assertThat(all.get(8)).isEqualTo("a=x, r=100.0, s=1.0");
    assertThat(grid.suggest(space, 3, NOTHING).real("r")).isCloseTo(10, within(1e-13));
    grid.check(space, 12);
    assertThatThrownBy(() -> grid.check(space, 13))
        .hasMessage(
            "grid: expected at most 12 trials, as many as there are configurations, got 13");
    assertThatThrownBy(() -> GridSampler.of().check(space, 1))
        .hasMessage(
            "grid: ['r', 's'] is continuous: expected a number of points for it, or a step");
    assertThatThrownBy(() -> GridSampler.of().withPoints(1))
        .hasMessage("grid: expected 2 or more points for a continuous dimension, or 0, got 1");
  }

  /// Points of the sequence times 2³⁰ in coordinates 0, 1, 2, 7, 31 and 63, as PyTorch's
  /// `SobolEngine` draws them.
  @ParameterizedTest
  @CsvSource({
    "1, 536870912, 536870912, 536870912, 536870912, 536870912, 536870912",
    "2, 805306368, 268435456, 268435456, 805306368, 268435456, 805306368",
    "3, 268435456, 805306368, 805306368, 268435456, 805306368, 268435456",
    "5, 939524096, 939524096, 134217728, 402653184, 671088640, 671088640",
    "21, 1040187392, 637534208, 369098752, 771751936, 1040187392, 771751936",
    "63, 16777216, 855638016, 385875968, 150994944, 989855744, 788529152",
    "1000, 235929600, 103809024, 556793856, 965738496, 156237824, 479199232"
  })
  void sobolIsThatOfJoeAndKuo(int index, int a, int b, int c, int d, int e, int f) {
    int[] coordinates = {0, 1, 2, 7, 31, 63};
    int[] expected = {a, b, c, d, e, f};
    for (int i = 0; i < 6; i++) {
      assertThat(SobolDirections.point(coordinates[i], index) >>> 2).isEqualTo(expected[i]);
    }
  }

  /// Of each block of 2^k points, one in each 2^k-th part of every dimension.
  @Test
  void sobolIsEvenInEveryDimension() {
    Space space = cube(SobolDirections.MOST);
    SobolSampler sobol = new SobolSampler(3);
    sobol.check(space, 1);
    for (int block = 0; block < 3; block++) {
      Set<String> parts = new HashSet<>();
      for (int n = 0; n < 256; n++) {
        Configuration c = sobol.suggest(space, 256 * block + n, NOTHING);
        for (String name : space.names()) {
          parts.add(name + " " + (int) (c.real(name) * 256));
        }
      }
      assertThat(parts).hasSize(256 * SobolDirections.MOST);
    }
    assertThatThrownBy(() -> sobol.check(cube(65), 1))
        .hasMessage("sobol: expected at most 64 dimensions, got 65");
  }

  /// The squared discrepancy (centred, in the mean over all boxes) is far below that of random
  /// points, whatever the seed.
  @Test
  void sobolIsMoreEvenThanRandom() {
    Space space = cube(4);
    for (int seed = 0; seed < 5; seed++) {
      double sobol = discrepancy(space, new SobolSampler(seed), 512);
      double random = discrepancy(space, new RandomSampler(seed), 512);
      assertThat(sobol).as("seed %d", seed).isPositive().isLessThan(random / 10);
    }
    assertThat(new SobolSampler(1).suggest(space, 0, NOTHING))
        .isNotEqualTo(new SobolSampler(2).suggest(space, 0, NOTHING));
  }

  /// Hickernell's centred L2 discrepancy, squared.
  private static double discrepancy(Space space, Sampler sampler, int count) {
    int d = space.dimensions().size();
    double[][] x = new double[count][];
    for (int n = 0; n < count; n++) {
      Configuration c = sampler.suggest(space, n, NOTHING);
      x[n] = space.names().stream().mapToDouble(name -> c.real(name) - 0.5).toArray();
    }
    double one = 0;
    double two = 0;
    for (double[] a : x) {
      double product = 1;
      for (int i = 0; i < d; i++) {
        product *= 1 + Math.abs(a[i]) / 2 - a[i] * a[i] / 2;
      }
      one += product;
      for (double[] b : x) {
        product = 1;
        for (int i = 0; i < d; i++) {
          product *= 1 + (Math.abs(a[i]) + Math.abs(b[i]) - Math.abs(a[i] - b[i])) / 2;
        }
        two += product;
      }
    }
    return Math.pow(13.0 / 12, d) - 2 * one / count + two / count / count;
  }

  private static Space cube(int dimensions) {
    List<Dimension> all = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      all.add(Dimension.real("x" + i, 0, 1));
    }
    return new Space(all);
  }
}
