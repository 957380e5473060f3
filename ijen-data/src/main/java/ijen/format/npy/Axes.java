package ijen.format.npy;

/// Turns arrays whose first index runs fastest into arrays whose last one does.
final class Axes {
  /// Square tiles of so many rows and columns stay in the nearest cache, read and written.
  private static final int TILE = 32;

  private Axes() {}

  /// The elements of `size` bytes each of an array in Fortran order, in C order.
  ///
  /// For each choice of the indices between the first and the last this is the transposition of a
  /// matrix.
  ///
  /// **Shapes:** 2 or more dimensions, none of them 0.
  static byte[] reversed(byte[] elements, int size, int[] shape) {
    byte[] turned = new byte[elements.length];
    int last = shape.length - 1;
    long[] from = new long[shape.length]; // how many bytes apart neighbours along an axis lie
    long[] to = new long[shape.length];
    from[0] = size;
    to[last] = size;
    for (int i = 1; i <= last; i++) {
      from[i] = from[i - 1] * shape[i - 1];
      to[last - i] = to[last - i + 1] * shape[last - i + 1];
    }
    int[] index = new int[shape.length];
    int fromStart = 0;
    int toStart = 0;
    int axis;
    do {
      transpose(elements, fromStart, from, turned, toStart, to, size, shape);
      for (axis = last - 1; axis > 0; axis--) { // the next choice of the indices in between
        fromStart += (int) from[axis];
        toStart += (int) to[axis];
        if (++index[axis] < shape[axis]) {
          break;
        }
        index[axis] = 0;
        fromStart -= (int) (from[axis] * shape[axis]);
        toStart -= (int) (to[axis] * shape[axis]);
      }
    } while (axis > 0);
    return turned;
  }

  private static void transpose(
      byte[] elements,
      int fromStart,
      long[] from,
      byte[] turned,
      int toStart,
      long[] to,
      int size,
      int[] shape) {
    int rows = shape[0];
    int columns = shape[shape.length - 1];
    int fromColumn = (int) from[shape.length - 1];
    int toRow = (int) to[0];
    for (int top = 0; top < rows; top += TILE) {
      int bottom = Math.min(rows, top + TILE);
      for (int left = 0; left < columns; left += TILE) {
        int right = Math.min(columns, left + TILE);
        for (int row = top; row < bottom; row++) {
          for (int column = left; column < right; column++) {
            int source = fromStart + row * size + column * fromColumn;
            int target = toStart + row * toRow + column * size;
            for (int b = 0; b < size; b++) {
              turned[target + b] = elements[source + b];
            }
          }
        }
      }
    }
  }
}
