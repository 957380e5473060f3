package ijen.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Copying a matrix into its transpose, eight by eight numbers at a time in registers.
///
/// Three rounds of butterflies: the round of distance d swaps, in each pair of rows d apart, the
/// numbers that lie on the wrong side of the diagonal of their 2d × 2d block.
final class FloatTranspose {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_256;
  private static final boolean FAST = Lanes.COUNT >= 8;
  private static final VectorMask<Float> M1 = upper(1);
  private static final VectorMask<Float> M2 = upper(2);
  private static final VectorMask<Float> M4 = upper(4);
  private static final VectorShuffle<Float> X1 = swap(1);
  private static final VectorShuffle<Float> X2 = swap(2);
  private static final VectorShuffle<Float> X4 = swap(4);

  private FloatTranspose() {}

  private static VectorMask<Float> upper(int distance) {
    long lanes = 0;
    for (int i = 0; i < 8; i++) {
      lanes |= (i & distance) != 0 ? 1L << i : 0;
    }
    return VectorMask.fromLong(F, lanes);
  }

  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(F, i -> i ^ distance);
  }

  /// `y[q, p] = x[p, q]` for `p < rows`, `q < columns`; the distances between rows are `ldx` and
  /// `ldy`.
  static void copy(float[] x, int xo, int ldx, int rows, int columns, float[] y, int yo, int ldy) {
    int rows8 = FAST ? rows & -8 : 0;
    int columns8 = FAST ? columns & -8 : 0;
    for (int p = 0; p < rows8; p += 8) {
      eightRows(x, xo + p * ldx, ldx, columns8, y, yo + p, ldy);
    }
    scalar(x, xo, ldx, 0, rows8, columns8, columns, y, yo, ldy);
    scalar(x, xo, ldx, rows8, rows, 0, columns, y, yo, ldy);
  }

  private static void scalar(
      float[] x, int xo, int ldx, int p0, int p1, int q0, int q1, float[] y, int yo, int ldy) {
    for (int p = p0; p < p1; p++) {
      for (int q = q0; q < q1; q++) {
        y[yo + q * ldy + p] = x[xo + p * ldx + q];
      }
    }
  }

  private static void eightRows(
      float[] x, int x0, int ldx, int columns, float[] y, int yo, int ldy) {
    int x1 = x0 + ldx;
    int x2 = x1 + ldx;
    int x3 = x2 + ldx;
    int x4 = x3 + ldx;
    int x5 = x4 + ldx;
    int x6 = x5 + ldx;
    int x7 = x6 + ldx;
    for (int q = 0, at = yo; q < columns; q += 8, at += 8 * ldy) {
      FloatVector a0 = FloatVector.fromArray(F, x, x0 + q);
      FloatVector a1 = FloatVector.fromArray(F, x, x1 + q);
      FloatVector a2 = FloatVector.fromArray(F, x, x2 + q);
      FloatVector a3 = FloatVector.fromArray(F, x, x3 + q);
      FloatVector a4 = FloatVector.fromArray(F, x, x4 + q);
      FloatVector a5 = FloatVector.fromArray(F, x, x5 + q);
      FloatVector a6 = FloatVector.fromArray(F, x, x6 + q);
      FloatVector a7 = FloatVector.fromArray(F, x, x7 + q);
      FloatVector b0 = a0.blend(a1.rearrange(X1), M1);
      FloatVector b1 = a0.rearrange(X1).blend(a1, M1);
      FloatVector b2 = a2.blend(a3.rearrange(X1), M1);
      FloatVector b3 = a2.rearrange(X1).blend(a3, M1);
      FloatVector b4 = a4.blend(a5.rearrange(X1), M1);
      FloatVector b5 = a4.rearrange(X1).blend(a5, M1);
      FloatVector b6 = a6.blend(a7.rearrange(X1), M1);
      FloatVector b7 = a6.rearrange(X1).blend(a7, M1);
      a0 = b0.blend(b2.rearrange(X2), M2);
      a2 = b0.rearrange(X2).blend(b2, M2);
      a1 = b1.blend(b3.rearrange(X2), M2);
      a3 = b1.rearrange(X2).blend(b3, M2);
      a4 = b4.blend(b6.rearrange(X2), M2);
      a6 = b4.rearrange(X2).blend(b6, M2);
      a5 = b5.blend(b7.rearrange(X2), M2);
      a7 = b5.rearrange(X2).blend(b7, M2);
      a0.blend(a4.rearrange(X4), M4).intoArray(y, at);
      a1.blend(a5.rearrange(X4), M4).intoArray(y, at + ldy);
      a2.blend(a6.rearrange(X4), M4).intoArray(y, at + 2 * ldy);
      a3.blend(a7.rearrange(X4), M4).intoArray(y, at + 3 * ldy);
      a0.rearrange(X4).blend(a4, M4).intoArray(y, at + 4 * ldy);
      a1.rearrange(X4).blend(a5, M4).intoArray(y, at + 5 * ldy);
      a2.rearrange(X4).blend(a6, M4).intoArray(y, at + 6 * ldy);
      a3.rearrange(X4).blend(a7, M4).intoArray(y, at + 7 * ldy);
    }
  }
}
