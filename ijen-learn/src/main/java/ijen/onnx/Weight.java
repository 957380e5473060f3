package ijen.onnx;

import ijen.graph.Shape;
import ijen.kernel.Buffer;
import org.jspecify.annotations.Nullable;

/// Where the numbers of one parameter or statistic come from.
///
/// @param constant the constant in the file, with as many numbers; null if all are `value`
/// @param shape the parameter's shape
/// @param value what all numbers are where the file has none
record Weight(@Nullable Constant constant, Shape shape, double value) {
  private static final int CHUNK = 1 << 14;

  /// Writes the numbers.
  void copyTo(Buffer target) {
    if (constant == null) {
      target.fill(value);
      return;
    }
    if (constant.isTransposed()) {
      float[] matrix = constant.tensor().floats(); // [columns, rows]
      int rows = constant.dimension(0);
      int columns = constant.dimension(1);
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          target.set(row * columns + column, matrix[column * rows + row]);
        }
      }
      return;
    }
    float[] chunk = new float[Math.min(CHUNK, target.length())];
    for (int done = 0; done < target.length(); done += chunk.length) {
      int count = Math.min(chunk.length, target.length() - done);
      constant.tensor().copyTo(done, count, chunk, 0);
      target.put(done, chunk, 0, count);
    }
  }
}
