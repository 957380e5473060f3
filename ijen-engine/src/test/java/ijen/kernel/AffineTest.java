package ijen.kernel;

import static org.assertj.core.api.Assertions.fail;

import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The fused affine kernels have the bits of the kernels that they stand for, one after another, on
/// any number of threads.
class AffineTest {
  private static final long SEED = Long.getLong("ijen.seed", System.nanoTime());
  private static final Workers ONE = Workers.of(1);
  private static final Workers TWO = Workers.of(2);
  private static final Workers THREE = Workers.of(3);

  @AfterAll
  static void closeWorkers() {
    ONE.close();
    TWO.close();
    THREE.close();
  }

  private static Buffer numbers(SplittableRandom random, Precision precision, int n) {
    Buffer numbers = Buffer.allocate(precision, n);
    for (int i = 0; i < n; i++) {
      numbers.set(i, random.nextInt(9) == 0 ? 0 : (float) random.nextGaussian());
    }
    return numbers;
  }

  private static Kernels[] all() {
    return new Kernels[] {
      Kernels.reference(), Kernels.vector(ONE), Kernels.vector(TWO), Kernels.vector(THREE)
    };
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 10, 784",
    "1, 37, 5",
    "2, 3, 17",
    "3, 33, 65",
    "5, 3, 2050",
    "16, 40, 784",
    "17, 31, 33",
    "65, 129, 67",
    "300, 10, 20",
    "7, 1500, 3",
    "128, 256, 100"
  })
  void affineIsProductAndActivation(int rows, int out, int in) {
    for (Kernels k : all()) {
      SplittableRandom random = new SplittableRandom(SEED);
      Buffer x = numbers(random, k.precision(), rows * in);
      Buffer weight = numbers(random, k.precision(), out * in);
      Buffer bias = numbers(random, k.precision(), out);
      int n = rows * out;
      Buffer got = k.allocate(n);
      Buffer want = k.allocate(n);
      for (Pointwise f : PointwiseCases.ofOutput()) {
        for (boolean biased : new boolean[] {false, true}) {
          if (biased) {
            k.fillRows(bias, want, rows, out);
          }
          k.gemm(false, true, rows, out, in, x, weight, want, biased);
          k.apply(f, want, want, n);
          got.fill(Double.NaN);
          k.affine(rows, out, in, x, weight, biased ? bias : null, f, got);
          assertSame(got, want, f + (biased ? " of x·Wᵀ + b" : " of x·Wᵀ"));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1, 37",
    "2, 3",
    "3, 33",
    "17, 31",
    "65, 129",
    "300, 10",
    "7, 1500",
    "9000, 11",
    "90, 1100"
  })
  void affineDeltaIsDerivativeAndSums(int rows, int columns) {
    int n = rows * columns;
    for (Kernels k : all()) {
      SplittableRandom random = new SplittableRandom(SEED);
      Buffer y = numbers(random, k.precision(), n);
      Buffer d = numbers(random, k.precision(), n);
      Buffer delta = k.allocate(n);
      Buffer sums = k.allocate(columns);
      for (Pointwise f : PointwiseCases.ofOutput()) {
        k.gradient(f, y, y, d, delta, n);
        k.sumColumns(delta, sums, rows, columns);
        for (boolean inPlace : new boolean[] {false, true}) {
          for (boolean summed : new boolean[] {false, true}) {
            Buffer from = k.allocate(n);
            from.copyFrom(d);
            Buffer got = inPlace ? from : k.allocate(n);
            Buffer gotSums = k.allocate(columns);
            k.affineDelta(f, y, from, got, summed ? gotSums : null, rows, columns);
            assertSame(got, delta, f + ", delta");
            if (summed) {
              assertSame(gotSums, sums, f + ", sums");
            }
          }
        }
      }
    }
  }

  private static void assertSame(Buffer got, Buffer want, String what) {
    for (int i = 0; i < want.length(); i++) {
      boolean same =
          Double.doubleToRawLongBits(got.get(i)) == Double.doubleToRawLongBits(want.get(i));
      if (!same) {
        fail(
            "%s, number %d: expected %s, got %s; replay with -Dijen.seed=%d",
            what, i, want.get(i), got.get(i), SEED);
      }
    }
  }
}
