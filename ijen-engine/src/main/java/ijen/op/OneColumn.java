package ijen.op;

import ijen.graph.Frame;
import ijen.kernel.Buffer;

/// Matrix products in which one factor is zero but for one entry or one column, as a tangent is
/// that comes from one scalar of θ: they cost what one column costs, not a product.
///
/// Matrices are row-major. Each number is rounded once, and there is one way to compute it.
final class OneColumn {
  private OneColumn() {}

  /// The tangent by one entry of a factor: `factor·x[r, from]` in column `to`, for each row r;
  /// added to the tangent that is there if `add`, by itself otherwise.
  ///
  /// **Shapes:** `x` `[rows, columns]`, the tangent `[rows, outColumns]`.
  static void add(
      Frame frame,
      double factor,
      Buffer x,
      int from,
      int columns,
      int to,
      int outColumns,
      boolean add) {
    Buffer t = frame.tangent();
    if (!add) {
      frame.kernels().fill(t, frame.count(), 0);
    }
    frame.limitTangent(add ? -1 : to);
    int rows = frame.count() / outColumns;
    for (int r = 0; r < rows; r++) {
      int at = r * outColumns + to;
      t.set(at, t.get(at) + factor * x.get(r * columns + from));
    }
  }

  /// The outer product of column `from` of `x` with a vector: `out[r, c] = x[r, from]·v[c]`.
  ///
  /// **Shapes:** `x` `[rows, columns]`, `out` `[rows, outColumns]`.
  ///
  /// @param b where the vector lies, beginning at `begin`, its numbers `stride` apart
  static void outer(
      Buffer x,
      int from,
      int columns,
      Buffer b,
      int begin,
      int stride,
      Buffer out,
      int outColumns,
      int rows) {
    for (int c = 0; c < outColumns; c++) {
      out.set(c, b.get(begin + c * stride)); // side by side: read often
    }
    for (int r = rows - 1; r >= 0; r--) {
      double factor = x.get(r * columns + from);
      for (int c = 0; c < outColumns; c++) {
        out.set(r * outColumns + c, factor * out.get(c));
      }
    }
  }
}
