package ijen.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Whether the numbers of [RandomKernels] are distributed as they should be, and the same however
/// they are asked for. Seeds are fixed: a test that passes once passes always.
class RandomsTest {
  private static final Workers WORKERS = Workers.of(2);
  private static final Kernels K = Kernels.vector(WORKERS);
  private static final int N = 1 << 20;

  @AfterAll
  static void close() {
    WORKERS.close();
  }

  private static float[] normals(int n, long seed, long stream, long from) {
    Buffer out = K.allocate(n);
    K.randoms().normals(out, n, seed, stream, from);
    return out.toFloats();
  }

  @Test
  void momentsAreThoseOfTheNormalDistribution() {
    for (long stream = 0; stream < 4; stream++) {
      float[] z = normals(N, 17, stream, 0);
      double[] moments = new double[7];
      for (float x : z) {
        double power = 1;
        for (int m = 1; m <= 6; m++) {
          power *= x;
          moments[m] += power / N;
        }
      }
      double[] expected = {1, 0, 1, 0, 3, 0, 15};
      double[] variance = {0, 1, 2, 15, 96, 945, 10_170}; // E z²ᵐ − (E zᵐ)²
      for (int m = 1; m <= 6; m++) {
        assertThat(moments[m])
            .as("moment %s of stream %s", m, stream)
            .isCloseTo(expected[m], within(4 * Math.sqrt(variance[m] / N)));
      }
    }
  }

  /// Kolmogorov and Smirnov's test: √N times the largest distance between the two distribution
  /// functions exceeds 1.95 once in 1000 times.
  @Test
  void theDistributionFunctionIsTheNormalOne() {
    for (long stream = 0; stream < 4; stream++) {
      float[] z = normals(N, 23, stream, 1L << 33);
      Arrays.sort(z);
      Buffer x = Buffer.allocate(Precision.DOUBLE, N);
      Buffer erf = Buffer.allocate(Precision.DOUBLE, N);
      for (int i = 0; i < N; i++) {
        x.set(i, z[i] / Math.sqrt(2));
      }
      erf(x, erf);
      double distance = 0;
      for (int i = 0; i < N; i++) {
        double p = (1 + erf.get(i)) / 2;
        distance = Math.max(distance, Math.max((i + 1.0) / N - p, p - (double) i / N));
      }
      assertThat(Math.sqrt(N) * distance).as("stream %s", stream).isLessThan(1.95);
    }
  }

  private static void erf(Buffer x, Buffer out) {
    Kernels.reference().apply(Pointwise.ERF, x, out, N);
  }

  @Test
  void tailsHoldAsManyAsTheyShould() {
    double[] beyond = {2, 3, 4, 5};
    double[] probability = {4.5500264e-2, 2.6997961e-3, 6.3342484e-5, 5.7330314e-7};
    int rounds = 8;
    long[] counts = new long[4];
    long[] positive = new long[4];
    double largest = 0;
    for (int round = 0; round < rounds; round++) {
      for (float z : normals(N, 5, round, 0)) {
        double size = Math.abs(z);
        largest = Math.max(largest, size);
        for (int t = 0; t < 4 && size > beyond[t]; t++) {
          counts[t]++;
          positive[t] += z > 0 ? 1 : 0;
        }
      }
    }
    for (int t = 0; t < 4; t++) {
      double expected = probability[t] * N * rounds;
      String what = String.format(Locale.ROOT, "beyond %s", beyond[t]);
      assertThat((double) counts[t]).as(what).isCloseTo(expected, within(4 * Math.sqrt(expected)));
      assertThat((double) positive[t])
          .as(what + ", above")
          .isCloseTo(counts[t] / 2.0, within(2 * Math.sqrt((double) counts[t])));
    }
    assertThat(largest).isBetween(5.0, 6.67);
  }

  @Test
  void neighboursStreamsAndSeedsAreUncorrelated() {
    float[] z = normals(N, 1, 1, 0);
    assertUncorrelated("seeds", z, normals(N, 2, 1, 0), 0);
    assertUncorrelated("streams", z, normals(N, 1, 2, 0), 0);
    assertUncorrelated("places", z, normals(N, 1, 1, N), 0);
    for (int lag : new int[] {1, 2, 4, 8, 15, 16, 17, 32, 64, 128}) {
      assertUncorrelated("neighbours", z, z, lag);
    }
  }

  /// Numbers, and their squares, which would show a common radius.
  private static void assertUncorrelated(String what, float[] x, float[] y, int lag) {
    double product = 0;
    double squares = 0;
    int n = x.length - lag;
    for (int i = 0; i < n; i++) {
      product += x[i] * y[i + lag];
      squares += (x[i] * x[i] - 1.0) * (y[i + lag] * y[i + lag] - 1.0) / 2;
    }
    assertThat(product / Math.sqrt(n)).as("%s, %s apart", what, lag).isBetween(-4.0, 4.0);
    assertThat(squares / Math.sqrt(n)).as("%s, %s apart: squares", what, lag).isBetween(-4.5, 4.5);
  }

  @Test
  void aRangeMayBeAskedForInPieces() {
    int n = 5000;
    for (Kernels k : new Kernels[] {K, Kernels.reference()}) {
      Buffer normals = k.allocate(n);
      Buffer signs = k.allocate(n);
      k.randoms().addNormals(normals, n, 0.3, 4, 5, 77);
      k.randoms().addSigns(signs, n, 0.3, 4, 5, 77);
      Buffer pieces = k.allocate(n);
      Buffer signPieces = k.allocate(n);
      int size = 1;
      for (int at = 0; at < n; at += size) {
        size = Math.min(n - at, (size * 3) % 257 + 1);
        k.randoms().addNormals(pieces.slice(at, size), size, 0.3, 4, 5, 77 + at);
        k.randoms().addSigns(signPieces.slice(at, size), size, 0.3, 4, 5, 77 + at);
      }
      assertThat(pieces.toDoubles()).isEqualTo(normals.toDoubles());
      assertThat(signPieces.toDoubles()).isEqualTo(signs.toDoubles());
    }
  }

  @Test
  void theSquaredNormIsThatOfTheNumbers() {
    for (int from : new int[] {0, 5, 8192 + 31}) {
      Buffer z = K.allocate(30_011);
      K.randoms().normals(z, z.length(), 8, 9, from);
      double sum = K.randoms().sumOfSquaredNormals(z.length(), 8, 9, from);
      assertThat(sum).isCloseTo(K.dot(z, z, z.length()), within(1e-9 * sum));
    }
  }

  @Test
  void signsAreBalancedAndUncorrelated() {
    Buffer signs = K.allocate(N);
    K.randoms().addSigns(signs, N, 1, 3, 4, 0);
    float[] s = signs.toFloats();
    double sum = 0;
    int others = 0;
    for (float sign : s) {
      others += Math.abs(sign) == 1 ? 0 : 1;
      sum += sign;
    }
    assertThat(others).isZero();
    assertThat(sum / Math.sqrt(N)).isBetween(-4.0, 4.0);
    for (int lag : new int[] {1, 2, 31, 32, 33, 64, 128, 129}) {
      double product = 0;
      for (int i = lag; i < N; i++) {
        product += s[i] * s[i - lag];
      }
      assertThat(product / Math.sqrt(N)).as("%s apart", lag).isBetween(-4.0, 4.0);
    }
  }
}
