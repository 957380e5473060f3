package ijen.kernel;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.IS_NAN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Row-wise kernels for matrices of fewer columns than fill vectors: the rows lie across the lanes.
///
/// Sixteen rows at a time are transposed into scratch memory, `[columns, 16]`. A sum over a row
/// then ascends column by column, as [FloatSums#sum] does for so few numbers: the bits are the
/// same. See [Lanes] for why the loops look as they do.
final class FloatNarrow {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;

  /// Rows of a block.
  static final int ROWS = 16;

  /// Where, in scratch memory, one number for each row of a block lies: behind the block.
  private static final int RESULTS = 16 * ROWS;

  private FloatNarrow() {}

  /// Whether a matrix is to be worked on here: very few rows would leave most lanes idle.
  static boolean suits(int rows, int columns) {
    return columns < 16 && rows >= 4;
  }

  /// [FloatLosses#crossEntropy], without smoothing, for the rows `from` to `to − 1`.
  static void crossEntropy(
      Buffer logits,
      Buffer labels,
      Buffer delta,
      Buffer loss,
      int classes,
      float[] scratch,
      int from,
      int to) {
    for (int r = from; r < to; r += ROWS) {
      crossEntropy(
          logits.floats(),
          logits.offset + r * classes,
          labels.floats(),
          labels.offset + r,
          delta.floats(),
          delta.offset + r * classes,
          loss.floats(),
          loss.offset + r,
          classes,
          Math.min(ROWS, to - r),
          scratch);
    }
  }

  private static void crossEntropy(
      float[] zs,
      int zo,
      float[] labels,
      int yo,
      float[] ds,
      int dd,
      float[] losses,
      int lo,
      int classes,
      int rows,
      float[] scratch) {
    int n = classes * ROWS;
    load(zs, zo, classes, rows, scratch);
    shiftByMax(scratch, n);
    for (int i = 0; i < rows; i++) {
      int label = (int) labels[yo + i];
      losses[lo + i] = scratch[label * ROWS + i];
    }
    FloatMath.exp(scratch, 0, scratch, 0, n);
    normalise(scratch, n);
    store(scratch, ds, dd, classes, rows);
    FloatMath.log(scratch, RESULTS, scratch, RESULTS, ROWS);
    for (int i = 0; i < rows; i++) {
      int label = (int) labels[yo + i];
      ds[dd + i * classes + label] -= 1;
      losses[lo + i] = scratch[RESULTS + i] - losses[lo + i];
    }
  }

  /// [FloatSums#argmax] of each of up to [#ROWS] rows.
  static void argmax(
      float[] xs, int xo, int columns, int rows, float[] scratch, int[] out, int oo) {
    load(xs, xo, columns, rows, scratch);
    if (largest(scratch, columns * ROWS)) {
      for (int i = 0; i < rows; i++) {
        out[oo + i] = FloatSums.argmax(xs, xo + i * columns, columns);
      }
      return;
    }
    for (int i = 0; i < rows; i++) {
      out[oo + i] = (int) scratch[RESULTS + i];
    }
  }

  /// Puts rows into the block; those that are not there are zero.
  private static void load(float[] xs, int xo, int columns, int rows, float[] scratch) {
    for (int c = 0; c < columns; c++) {
      for (int i = 0; i < rows; i++) {
        scratch[c * ROWS + i] = xs[xo + i * columns + c];
      }
      for (int i = rows; i < ROWS; i++) {
        scratch[c * ROWS + i] = 0;
      }
    }
  }

  private static void store(float[] scratch, float[] ys, int yo, int columns, int rows) {
    for (int i = 0; i < rows; i++) {
      for (int c = 0; c < columns; c++) {
        ys[yo + i * columns + c] = scratch[c * ROWS + i];
      }
    }
  }

  /// Subtracts from each row of the block of `n` numbers its largest.
  private static void shiftByMax(float[] scratch, int n) {
    for (int lane = 0; lane < ROWS; lane += F.length()) {
      FloatVector max = FloatVector.fromArray(F, scratch, lane);
      for (int at = lane + ROWS; at < n; at += ROWS) {
        max = max.max(FloatVector.fromArray(F, scratch, at));
      }
      for (int at = lane; at < n; at += ROWS) {
        FloatVector.fromArray(F, scratch, at).sub(max).intoArray(scratch, at);
      }
    }
  }

  /// Divides each row of the block of `n` numbers by its sum, which is left in the results.
  private static void normalise(float[] scratch, int n) {
    for (int lane = 0; lane < ROWS; lane += F.length()) {
      FloatVector sum = FloatVector.zero(F);
      for (int at = lane; at < n; at += ROWS) {
        sum = sum.add(FloatVector.fromArray(F, scratch, at));
      }
      sum.intoArray(scratch, RESULTS + lane);
      FloatVector factor = FloatVector.broadcast(F, 1).div(sum);
      for (int at = lane; at < n; at += ROWS) {
        FloatVector.fromArray(F, scratch, at).mul(factor).intoArray(scratch, at);
      }
    }
  }

  /// Leaves in the results the column of the first of the largest numbers of each row; whether
  /// there was a NaN, for which the results are not meant.
  private static boolean largest(float[] scratch, int n) {
    boolean nan = false;
    for (int lane = 0; lane < ROWS; lane += F.length()) {
      FloatVector max = FloatVector.fromArray(F, scratch, lane);
      FloatVector best = FloatVector.zero(F);
      FloatVector column = best;
      for (int at = lane + ROWS; at < n; at += ROWS) {
        FloatVector x = FloatVector.fromArray(F, scratch, at);
        column = column.add(1);
        best = best.blend(column, x.compare(GT, max));
        max = max.max(x);
      }
      nan |= max.test(IS_NAN).anyTrue();
      best.intoArray(scratch, RESULTS + lane);
    }
    return nan;
  }
}
