package ijen.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The matrix product in `float` has the bits of the loop that defines it, on every path through
/// it.
class GemmTest {
  private static final long SEED = Long.getLong("ijen.seed", System.nanoTime());
  private static final Workers TWO = Workers.of(2);
  private static final Workers THREE = Workers.of(3);

  @AfterAll
  static void closeWorkers() {
    TWO.close();
    THREE.close();
  }

  /// `c[i,j]` from its old value or zero, by fused multiply-adds over ascending k; for A·Bᵀ with
  /// few columns and a long k, the old value plus an inner product in sixteen partial sums.
  private static float[] define(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float[] a,
      float[] b,
      float[] c) {
    float[] out = new float[m * n];
    boolean dots = !transposeA && transposeB && n <= 15 && k >= 64;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        if (dots) {
          out[i * n + j] = defineDot(a, i * k, b, j * k, k, c[i * n + j]);
          continue;
        }
        float sum = c[i * n + j];
        for (int p = 0; p < k; p++) {
          float left = a[transposeA ? p * m + i : i * k + p];
          float right = b[transposeB ? j * k + p : p * n + j];
          sum = Math.fma(left, right, sum);
        }
        out[i * n + j] = sum;
      }
    }
    return out;
  }

  private static float defineDot(float[] a, int ao, float[] b, int bo, int k, float old) {
    float[] s = new float[16];
    int whole = k - k % 16;
    for (int p = 0; p < whole; p++) {
      s[p % 16] = Math.fma(a[ao + p], b[bo + p], s[p % 16]);
    }
    float[] t = new float[4];
    for (int i = 0; i < 4; i++) {
      t[i] = (s[i] + s[i + 4]) + (s[i + 8] + s[i + 12]);
    }
    float sum = old + ((t[0] + t[1]) + (t[2] + t[3]));
    for (int p = whole; p < k; p++) {
      sum = Math.fma(a[ao + p], b[bo + p], sum);
    }
    return sum;
  }

  private static void check(Kernels kernels, int m, int n, int k, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] a = numbers(random, m * k);
    float[] b = numbers(random, k * n);
    float[] c = numbers(random, m * n);
    for (int form = 0; form < 8; form++) {
      boolean transposeA = (form & 1) != 0;
      boolean transposeB = (form & 2) != 0;
      boolean add = (form & 4) != 0;
      float[] want = define(transposeA, transposeB, m, n, k, a, b, add ? c : new float[m * n]);
      Buffer out = Buffer.of(c.clone());
      kernels.gemm(transposeA, transposeB, m, n, k, Buffer.of(a), Buffer.of(b), out, add);
      if (!add) {
        checkDescent(kernels, transposeA, transposeB, m, n, k, a, b, c, want, seed);
      }
      assertThat(Arrays.equals(out.toFloats(), want))
          .as(
              "[%d, %d] x [%d, %d], A %s, B %s, %s; replay with -Dijen.seed=%d",
              m,
              k,
              k,
              n,
              transposeA ? "transposed" : "as is",
              transposeB ? "transposed" : "as is",
              add ? "adding" : "fresh",
              seed)
          .isTrue();
    }
  }

  /// Gradient descent along the product is the product, and then SGD.
  private static void checkDescent(
      Kernels kernels,
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float[] a,
      float[] b,
      float[] c,
      float[] product,
      long seed) {
    Decay decay = Decay.of(0.01);
    Buffer want = Buffer.of(c.clone());
    kernels.updates().sgd(want, Buffer.of(product), m * n, 0.3, decay);
    Buffer theta = Buffer.of(c.clone());
    Buffer room = Buffer.of(c.clone());
    kernels.gemmDescend(
        transposeA, transposeB, m, n, k, Buffer.of(a), Buffer.of(b), room, theta, 0.3, decay);
    assertThat(Arrays.equals(theta.toFloats(), want.toFloats()))
        .as("descent, [%d, %d] x [%d, %d]; replay with -Dijen.seed=%d", m, k, k, n, seed)
        .isTrue();
  }

  private static float[] numbers(SplittableRandom random, int n) {
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  @Test
  void generatedShapes() {
    Kernels kernels = Kernels.vector(TWO);
    int[] sides = {
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 15, 16, 17, 24, 25, 31, 32, 33, 47, 64, 65
    };
    for (long seed = SEED; seed < SEED + 150; seed++) {
      SplittableRandom random = new SplittableRandom(~seed);
      int m = sides[random.nextInt(sides.length)];
      int n = sides[random.nextInt(sides.length)];
      int k = sides[random.nextInt(sides.length)];
      check(kernels, m, n, k, seed);
    }
  }

  /// Rows, columns and inner length beyond one block, and the shapes of layers.
  @ParameterizedTest
  @CsvSource({
    "1, 10, 784",
    "1, 784, 10",
    "10, 784, 1",
    "1, 300, 70",
    "2, 257, 33",
    "3, 130, 40",
    "16, 40, 784",
    "40, 784, 16",
    "100, 10, 784",
    "7, 15, 64",
    "9, 1, 95",
    "10, 784, 100",
    "64, 256, 100",
    "5, 3, 2050",
    "37, 19, 1025",
    "961, 17, 9",
    "7, 1500, 3"
  })
  void chosenShapes(int m, int n, int k) {
    check(Kernels.vector(THREE), m, n, k, SEED);
    check(Kernels.vector(TWO), m, n, k, SEED);
  }

  @Test
  void rowOfBatchDoesNotDependOnOtherRows() {
    SplittableRandom random = new SplittableRandom(SEED);
    Kernels kernels = Kernels.vector(TWO);
    int rows = 64;
    int in = 100;
    int out = 40;
    Buffer x = Buffer.of(numbers(random, rows * in));
    Buffer weight = Buffer.of(numbers(random, out * in));
    Buffer all = kernels.allocate(rows * out);
    kernels.gemm(false, true, rows, out, in, x, weight, all, false);
    for (int some : new int[] {1, 2, 3, 5, 8, 17, 63}) {
      Buffer few = kernels.allocate(some * out);
      kernels.gemm(false, true, some, out, in, x, weight, few, false);
      assertThat(few.toFloats()).as("%d rows", some).isEqualTo(all.slice(0, some * out).toFloats());
    }
  }

  /// Padding is computed with, but never seen.
  @Test
  void infinityStaysInItsRowAndColumn() {
    Kernels kernels = Kernels.vector(TWO);
    int m = 7;
    int n = 19;
    int k = 5;
    for (int form = 0; form < 4; form++) {
      Buffer a = kernels.allocate(m * k);
      Buffer b = kernels.allocate(k * n);
      a.fill(1);
      b.fill(1);
      a.set(0, Double.POSITIVE_INFINITY); // (0, 0), transposed or not
      b.set(b.length() - 1, Double.NaN); // (k − 1, n − 1), transposed or not
      Buffer out = kernels.allocate(m * n);
      kernels.gemm((form & 1) != 0, (form & 2) != 0, m, n, k, a, b, out, false);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double want = j == n - 1 ? Double.NaN : i == 0 ? Double.POSITIVE_INFINITY : k;
          assertThat(out.get(i * n + j))
              .as("(%d, %d) of form %d", i, j, form)
              .isEqualTo(Double.valueOf(want));
        }
      }
    }
  }
}
