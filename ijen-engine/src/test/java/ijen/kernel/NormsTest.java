package ijen.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sums over very many numbers, and numbers that are no row of a table. Everything else about
/// [NormKernels] and [TableKernels] is in [KernelsTest].
class NormsTest {
  /// Numbers far from 0 beside their deviation, 2²⁰ of them: a plain sum in `float` would be wrong
  /// in the third digit.
  @ParameterizedTest
  @CsvSource({"1048576, 1", "16, 65536"})
  void aMillionNumbersAreAddedUpAsWellAsAFew(int rows, int positions) {
    int n = rows * positions;
    RandomStream random = RandomStream.of(5, "numbers", 0);
    Buffer x = Buffer.allocate(Precision.FLOAT, n);
    Buffer exact = Buffer.allocate(Precision.DOUBLE, n);
    for (int i = 0; i < n; i++) {
      x.set(i, 10 + random.normal(i));
      exact.set(i, x.get(i));
    }
    double[] want = moments(Kernels.reference(), exact, rows, positions);
    try (Workers workers = Workers.of(1)) {
      double[] got = moments(Kernels.vector(workers), x, rows, positions);
      assertThat(got[0]).isCloseTo(want[0], within(1e-6 * want[0]));
      assertThat(got[1]).isCloseTo(want[1], within(2e-6 * want[1]));
      assertThat(got[2]).isCloseTo(want[2], within(2e-6 * n)); // of terms of about 1
      assertThat(got[3]).isCloseTo(want[3], within(2e-5 * want[3]));
    }
  }

  /// Mean and variance, and the two sums of the gradient for d = x.
  private static double[] moments(Kernels k, Buffer x, int rows, int positions) {
    Buffer one = k.allocate(1);
    one.set(0, 1);
    Buffer[] some = new Buffer[6];
    for (int i = 0; i < some.length; i++) {
      some[i] = k.allocate(1);
    }
    Buffer y = k.allocate(x.length());
    k.norms()
        .batch(
            x, one, some[0], 1e-5, false, some[1], some[2], some[3], false, y, rows, 1, positions);
    k.norms()
        .batchGradient(
            x, x, one, some[0], false, some[1], some[3], false, null, some[4], some[5], rows, 1,
            positions);
    return new double[] {
      some[1].get(0), some[2].get(0), some[4].get(0), some[5].get(0),
    };
  }

  @Test
  void aNumberThatIsNoRowIsNamed() {
    try (Workers workers = Workers.of(1)) {
      for (Kernels k : new Kernels[] {Kernels.vector(workers), Kernels.reference()}) {
        Buffer table = k.allocate(5 * 2);
        Buffer numbers = k.allocate(3);
        Buffer out = k.allocate(3 * 2);
        for (double wrong : new double[] {-1, 5, 1.5, Double.NaN}) {
          numbers.set(2, wrong);
          assertThatThrownBy(() -> k.tables().gather(table, numbers, out, 3, 5, 2))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage(
                  "embedding: number 2 of the batch is "
                      + wrong
                      + "; expected a whole number from 0 to 4");
        }
      }
    }
  }
}
