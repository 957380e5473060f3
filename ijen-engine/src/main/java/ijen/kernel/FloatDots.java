package ijen.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Products `A·Bᵀ` with few columns and a long `k`: each output is one inner product, in the order
/// of [FloatSums#dot].
///
/// A single ascending sum cannot be faster than one multiply-add in four cycles, whatever the
/// machine: with ten outputs and one row there is not enough to do meanwhile. Sixteen partial sums
/// (number `p` goes to partial sum `p mod 16`) run side by side, neither operand is copied, and the
/// vectors run along `k` in both. Whether a product is done so depends on `n` and `k` alone
/// ([#suits]), never on the number of rows, so that a row of a batch does not notice the others.
final class FloatDots {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_128;
  private static final int L = Lanes.COUNT;

  /// Partial sums of an inner product.
  private static final int PARTIALS = 16;

  /// Columns that are done side by side.
  private static final int GROUP = 5;

  /// More columns than that fill the tiles of [FloatTile] well enough.
  private static final int MOST_COLUMNS = 3 * GROUP;

  /// Shorter sums are over before the partial ones are worth adding up.
  private static final int LEAST_K = 64;

  private FloatDots() {}

  /// Whether a product `[m, k]·[n, k]ᵀ` is to be done here.
  static boolean suits(int n, int k) {
    return n <= MOST_COLUMNS && k >= LEAST_K;
  }

  /// `C (+)= A·Bᵀ` for `rows` rows of A and `n` rows of B, all of `k` numbers without a gap.
  ///
  /// @param scratch memory for 80 numbers or more
  static void multiply(
      float[] a,
      int ao,
      int rows,
      float[] b,
      int bo,
      int n,
      int k,
      float[] c,
      int co,
      boolean add,
      float[] scratch) {
    int whole = k - k % PARTIALS;
    for (int j = 0; j < n; j += GROUP) { // the rows of B of a group stay in the first-level cache
      int count = Math.min(GROUP, n - j);
      int group = bo + j * k;
      for (int i = 0; i < rows; i++) {
        int row = ao + i * k;
        int at = co + i * n + j;
        for (int lane = 0; lane < PARTIALS; lane += L) {
          partials(a, row + lane, b, group + lane, k, count, whole, scratch, lane);
        }
        sums(scratch, count, c, at, add);
        for (int p = whole; p < k; p++) {
          for (int g = 0; g < count; g++) {
            c[at + g] = Math.fma(a[row + p], b[group + g * k + p], c[at + g]);
          }
        }
      }
    }
  }

  /// The partial sums of one vector of lanes for up to [#GROUP] rows of B; rows beyond `count`
  /// repeat the last one.
  private static void partials(
      float[] a, int ao, float[] b, int bo, int ldb, int count, int k, float[] partials, int at) {
    int b1 = bo + (count > 1 ? ldb : 0);
    int b2 = b1 + (count > 2 ? ldb : 0);
    int b3 = b2 + (count > 3 ? ldb : 0);
    int b4 = b3 + (count > 4 ? ldb : 0);
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    for (int p = 0; p < k; p += PARTIALS) {
      FloatVector x = FloatVector.fromArray(F, a, ao + p);
      s0 = x.fma(FloatVector.fromArray(F, b, bo + p), s0);
      s1 = x.fma(FloatVector.fromArray(F, b, b1 + p), s1);
      s2 = x.fma(FloatVector.fromArray(F, b, b2 + p), s2);
      s3 = x.fma(FloatVector.fromArray(F, b, b3 + p), s3);
      s4 = x.fma(FloatVector.fromArray(F, b, b4 + p), s4);
    }
    s0.intoArray(partials, at);
    s1.intoArray(partials, at + PARTIALS);
    s2.intoArray(partials, at + 2 * PARTIALS);
    s3.intoArray(partials, at + 3 * PARTIALS);
    s4.intoArray(partials, at + 4 * PARTIALS);
  }

  /// Adds up the partial sums of `count` outputs, as [FloatSums#dot] does.
  private static void sums(float[] partials, int count, float[] c, int co, boolean add) {
    for (int g = 0; g < count; g++) {
      int at = g * PARTIALS;
      FloatVector low =
          FloatVector.fromArray(S, partials, at).add(FloatVector.fromArray(S, partials, at + 4));
      FloatVector high =
          FloatVector.fromArray(S, partials, at + 8)
              .add(FloatVector.fromArray(S, partials, at + 12));
      FloatVector s = low.add(high);
      float sum = (s.lane(0) + s.lane(1)) + (s.lane(2) + s.lane(3));
      c[co + g] = add ? c[co + g] + sum : sum;
    }
  }
}
