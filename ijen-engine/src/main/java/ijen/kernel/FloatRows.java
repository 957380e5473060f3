package ijen.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Row-wise kernels over the rows `from` to `to − 1` of a matrix of `columns` columns.
final class FloatRows {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;

  private FloatRows() {}

  static void add(
      Buffer a, int strideA, Buffer b, int strideB, Buffer out, int columns, int from, int to) {
    for (int r = from; r < to; r++) {
      int ao = a.offset + r * strideA;
      int bo = b.offset + r * strideB;
      int oo = out.offset + r * columns;
      FloatElements.add(a.floats(), ao, b.floats(), bo, out.floats(), oo, columns);
    }
  }

  static void subtract(
      Buffer a, int strideA, Buffer b, int strideB, Buffer out, int columns, int from, int to) {
    for (int r = from; r < to; r++) {
      int ao = a.offset + r * strideA;
      int bo = b.offset + r * strideB;
      int oo = out.offset + r * columns;
      FloatElements.subtract(a.floats(), ao, b.floats(), bo, out.floats(), oo, columns);
    }
  }

  static void multiply(
      Buffer a, int strideA, Buffer b, int strideB, Buffer out, int columns, int from, int to) {
    for (int r = from; r < to; r++) {
      int ao = a.offset + r * strideA;
      int bo = b.offset + r * strideB;
      int oo = out.offset + r * columns;
      FloatElements.multiply(a.floats(), ao, b.floats(), bo, out.floats(), oo, columns);
    }
  }

  static void scale(Buffer d, Buffer x, double factor, Buffer out, int columns, int from, int to) {
    for (int r = from; r < to; r++) {
      float scale = (float) (factor * d.floats()[d.offset + r]);
      int at = r * columns;
      FloatElements.scale(x.floats(), x.offset + at, scale, out.floats(), out.offset + at, columns);
    }
  }

  static void spread(Buffer d, double factor, Buffer out, int columns, int from, int to) {
    for (int r = from; r < to; r++) {
      float value = (float) (factor * d.floats()[d.offset + r]);
      int at = out.offset + r * columns;
      Arrays.fill(out.floats(), at, at + columns, value);
    }
  }

  static void fill(Buffer row, Buffer out, int columns, int from, int to) {
    for (int r = from; r < to; r++) {
      int at = out.offset + r * columns;
      System.arraycopy(row.floats(), row.offset, out.floats(), at, columns);
    }
  }

  static void sum(Buffer x, double factor, Buffer out, int columns, int from, int to) {
    for (int r = from; r < to; r++) {
      float sum = FloatSums.sum(x.floats(), x.offset + r * columns, columns);
      out.floats()[out.offset + r] = (float) (factor * sum);
    }
  }

  static void dot(Buffer a, Buffer b, double factor, Buffer out, int columns, int from, int to) {
    for (int r = from; r < to; r++) {
      int at = r * columns;
      float dot = FloatSums.dot(a.floats(), a.offset + at, b.floats(), b.offset + at, columns);
      out.floats()[out.offset + r] = (float) (factor * dot);
    }
  }

  /// Sums the squares in `double`, where no square of a `float` overflows or vanishes.
  static void norm(Buffer x, double epsilon, Buffer out, int columns, int from, int to) {
    float[] xs = x.floats();
    for (int r = from; r < to; r++) {
      int at = x.offset + r * columns;
      double squares = FloatSums.exactDot(xs, at, xs, at, columns);
      out.floats()[out.offset + r] = (float) Math.sqrt(epsilon * epsilon + squares);
    }
  }

  /// Sums the columns `from` to `to − 1` over all rows.
  static void sumColumns(Buffer x, Buffer out, int rows, int columns, int from, int to) {
    float[] ys = out.floats();
    int yo = out.offset + from;
    int n = to - from;
    Arrays.fill(ys, yo, yo + n, 0f);
    for (int r = 0; r < rows; r++) {
      FloatElements.add(ys, yo, x.floats(), x.offset + r * columns + from, ys, yo, n);
    }
  }

  /// How many rows stay in the first-level cache between the passes over them.
  static int block(int columns) {
    return Math.max(1, 2048 / Math.max(1, columns));
  }

  /// `y = x − max_r` for each of `rows` rows: what an exponential can bear.
  static void shiftByMax(float[] xs, int xo, float[] ys, int yo, int columns, int rows) {
    for (int r = 0; r < rows; r++) {
      int at = r * columns;
      float max = FloatSums.max(xs, xo + at, columns);
      FloatElements.shift(xs, xo + at, max, ys, yo + at, columns);
    }
  }

  static void softmax(Buffer x, Buffer y, int columns, int from, int to) {
    float[] ys = y.floats();
    int step = block(columns);
    for (int r = from; r < to; r += step) {
      int rows = Math.min(step, to - r);
      int yo = y.offset + r * columns;
      shiftByMax(x.floats(), x.offset + r * columns, ys, yo, columns, rows);
      FloatMath.exp(ys, yo, ys, yo, rows * columns); // short rows fill whole vectors together
      for (int i = 0; i < rows; i++) {
        int at = yo + i * columns;
        float sum = FloatSums.sum(ys, at, columns); // at least e⁰
        FloatElements.scale(ys, at, 1 / sum, ys, at, columns);
      }
    }
  }

  static void softmaxGradient(Buffer y, Buffer d, Buffer out, int columns, int from, int to) {
    for (int r = from; r < to; r++) {
      int yo = y.offset + r * columns;
      int dd = d.offset + r * columns;
      int oo = out.offset + r * columns;
      float inner = FloatSums.dot(y.floats(), yo, d.floats(), dd, columns);
      softmaxGradientRow(y.floats(), yo, d.floats(), dd, inner, out.floats(), oo, columns);
    }
  }

  private static void softmaxGradientRow(
      float[] ys, int yo, float[] ds, int dd, float inner, float[] os, int oo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector.fromArray(F, ys, yo + i)
          .mul(FloatVector.fromArray(F, ds, dd + i).sub(inner))
          .intoArray(os, oo + i);
    }
    for (; i < n; i++) {
      os[oo + i] = ys[yo + i] * (ds[dd + i] - inner);
    }
  }
}
