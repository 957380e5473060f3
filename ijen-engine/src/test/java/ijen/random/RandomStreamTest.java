package ijen.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Streams are the same for ever, and look random. All seeds are fixed, so nothing here fails by
/// chance.
class RandomStreamTest {
  private static final int COUNT = 200_000;

  /// Worked out by a program of its own, from the definitions of FNV-1a, SplitMix64 and Philox.
  @ParameterizedTest
  @CsvSource({
    "1, shuffle, 0, a1404a3bdbc07ebf, 25528354d9b585b7, c768daf230e4ee42, 0.1457902986673698,"
        + " 0.35492293925524737",
    "1, shuffle, 1, 0f063da1482cfe51, 146a221dd8b96eb4, 0edbbc659dd4e2c1, 0.07974446514774558,"
        + " 2.1010720910536413",
    "7, dense1.weight, 0, 5446ea0b247776f5, 3670953eaab28635, 667b3c2c365be055, 0.2126553800578197,"
        + " -1.4256031282420005"
  })
  void numbersNeverChange(
      long seed,
      String purpose,
      long number,
      String stream,
      String first,
      String second,
      double uniform,
      double normal) {
    RandomStream random = RandomStream.of(seed, purpose, number);
    assertThat(random.seed()).isEqualTo(seed);
    assertThat(random.stream()).isEqualTo(Long.parseUnsignedLong(stream, 16));
    assertThat(RandomStream.id(purpose, number)).isEqualTo(random.stream());
    assertThat(random.bits(0)).isEqualTo(Long.parseUnsignedLong(first, 16));
    assertThat(random.bits(1)).isEqualTo(Long.parseUnsignedLong(second, 16));
    assertThat(random.uniform(0)).isEqualTo(uniform);
    assertThat(random.normal(0)).isCloseTo(normal, within(1e-15));
  }

  @Test
  void streamsDifferBySeedPurposeAndNumber() {
    Set<Long> ids = new HashSet<>();
    for (String purpose : new String[] {"", "a", "b", "ab", "ba", "shuffle", "dropout"}) {
      for (long number = -100; number < 100; number++) {
        ids.add(RandomStream.id(purpose, number));
      }
    }
    assertThat(ids).hasSize(7 * 200);
    assertThat(RandomStream.of(1, "a", 0).bits(0)).isNotEqualTo(RandomStream.of(2, "a", 0).bits(0));
  }

  @Test
  void streamsAreUncorrelated() {
    RandomStream one = RandomStream.of(1, "dropout", 0);
    for (RandomStream other :
        new RandomStream[] {
          RandomStream.of(1, "dropout", 1),
          RandomStream.of(2, "dropout", 0),
          RandomStream.of(1, "shuffle", 0)
        }) {
      double sum = 0;
      for (int i = 0; i < COUNT; i++) {
        sum += one.normal(i) * other.normal(i);
      }
      assertThat(sum / COUNT).isCloseTo(0, within(4 / Math.sqrt(COUNT)));
    }
  }

  @Test
  void uniformFillsItsRangeEvenly() {
    RandomStream random = RandomStream.of(3, "uniform", 0);
    int[] bins = new int[100];
    for (int i = 0; i < COUNT; i++) {
      double u = random.uniform(i);
      assertThat(u >= 0 && u < 1 && u * 0x1p53 == Math.rint(u * 0x1p53)).isTrue();
      bins[(int) (u * 100)]++;
    }
    assertThat(chiSquare(bins)).isBetween(55.0, 155.0); // 99 degrees of freedom: 99 ± 4·14
  }

  @Test
  void everyBitIsSetHalfTheTime() {
    RandomStream random = RandomStream.of(4, "bits", 0);
    int[] ones = new int[64];
    for (int i = 0; i < COUNT; i++) {
      long bits = random.bits(i);
      for (int b = 0; b < 64; b++) {
        ones[b] += (int) (bits >>> b & 1);
      }
    }
    for (int b = 0; b < 64; b++) {
      assertThat((double) ones[b] / COUNT).as("bit %d", b).isCloseTo(0.5, within(0.005));
    }
  }

  @Test
  void normalHasItsMoments() {
    RandomStream random = RandomStream.of(5, "normal", 0);
    double[] moment = new double[5];
    double neighbours = 0;
    for (int i = 0; i < COUNT; i++) {
      double x = random.normal(i);
      double power = 1;
      for (int m = 0; m < 5; m++) {
        moment[m] += power / COUNT;
        power *= x;
      }
      neighbours += x * random.normal(i + 1L) / COUNT;
    }
    assertThat(moment[1]).isCloseTo(0, within(0.01));
    assertThat(moment[2]).isCloseTo(1, within(0.02));
    assertThat(moment[3]).isCloseTo(0, within(0.04));
    assertThat(moment[4]).isCloseTo(3, within(0.1));
    assertThat(neighbours).isCloseTo(0, within(0.01)); // the two normals of a block, too
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 1000})
  void belowIsEven(int bound) {
    RandomStream random = RandomStream.of(6, "below", bound);
    int[] bins = new int[bound];
    for (int i = 0; i < COUNT; i++) {
      bins[random.below(i, bound)]++;
    }
    double freedom = bound - 1;
    assertThat(chiSquare(bins)).isCloseTo(freedom, within(1e-9 + 4 * Math.sqrt(2 * freedom)));
  }

  @Test
  void belowRefusesEmptyRange() {
    RandomStream random = RandomStream.of(6, "below", 0);
    assertThatThrownBy(() -> random.below(0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a bound above 0, got 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 10, 60_000})
  void permutationHoldsEachNumberOnce(int n) {
    int[] order = new int[n];
    RandomStream.of(7, "shuffle", n).permute(order);
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < n; i++) {
      assertThat(sorted[i]).isEqualTo(i);
    }
    int[] again = new int[n];
    Arrays.fill(again, 9); // what was there does not matter
    RandomStream.of(7, "shuffle", n).permute(again);
    assertThat(again).isEqualTo(order);
  }

  @Test
  void permutationsAreEquallyLikely() {
    int[] bins = new int[24];
    int[] order = new int[4];
    for (int epoch = 0; epoch < 24_000; epoch++) {
      RandomStream.of(8, "shuffle", epoch).permute(order);
      int rank = 0; // in the order of all permutations
      for (int i = 0; i < 4; i++) {
        int smaller = 0;
        for (int j = i + 1; j < 4; j++) {
          smaller += order[j] < order[i] ? 1 : 0;
        }
        rank = rank * (4 - i) + smaller;
      }
      bins[rank]++;
    }
    assertThat(chiSquare(bins)).isBetween(5.0, 50.0); // 23 degrees of freedom: 23 ± 4·6.8
  }

  @Test
  void generatorReadsTheStreamInOrder() {
    RandomStream random = RandomStream.of(9, "generator", 0);
    RandomGenerator generator = random.generator();
    for (int i = 0; i < 100; i++) {
      assertThat(generator.nextLong()).isEqualTo(random.bits(i));
    }
    assertThat(random.generator().nextLong()).isEqualTo(random.bits(0));
  }

  private static double chiSquare(int[] bins) {
    double expected = (double) Arrays.stream(bins).sum() / bins.length;
    return Arrays.stream(bins).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
  }
}
