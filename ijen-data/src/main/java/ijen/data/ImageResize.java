package ijen.data;

import ijen.format.Dtype;
import ijen.format.Tensor;

/// Gives images another number of pixels, rows and columns each for themselves.
///
/// Where there are fewer afterwards, each new pixel is the mean of the area that it covers; where
/// there are more, it is interpolated linearly between the centres of the nearest two, and beyond
/// the outermost centres their value goes on. All is counted in whole numbers and rounded once, at
/// the end, halves upwards.
final class ImageResize {
  private ImageResize() {}

  /// The image in another size.
  ///
  /// **Shapes:** U8 `[h, w]` becomes `[height, width]`, and U8 `[c, h, w]` `[c, height, width]`.
  static Tensor resize(Tensor image, int height, int width) {
    int[] shape = image.shape();
    int oldHeight = shape[shape.length - 2];
    int oldWidth = shape[shape.length - 1];
    if (oldHeight == height && oldWidth == width) {
      return image;
    }
    int colors = shape.length == 2 ? 1 : shape[0];
    byte[] old = image.sharedBytes();
    byte[] values = new byte[colors * height * width];
    Shares rows = Shares.of(oldHeight, height);
    Shares columns = Shares.of(oldWidth, width);
    long whole = rows.whole * columns.whole; // below 2^54 for images of up to 2^26 pixels
    long[] row = new long[oldWidth];
    for (int color = 0; color < colors; color++) {
      for (int y = 0; y < height; y++) {
        mixRows(old, color * oldHeight * oldWidth, rows, y, row);
        for (int x = 0; x < width; x++) {
          long sum = 0;
          for (int i = 0; i < columns.parts[x].length; i++) {
            sum += columns.parts[x][i] * row[columns.from[x] + i];
          }
          values[(color * height + y) * width + x] = (byte) ((2 * sum + whole) / (2 * whole));
        }
      }
    }
    shape[shape.length - 2] = height;
    shape[shape.length - 1] = width;
    return Tensor.ofShared(Dtype.U8, values, shape);
  }

  private static void mixRows(byte[] old, int begin, Shares rows, int y, long[] into) {
    for (int x = 0; x < into.length; x++) {
      long sum = 0;
      for (int i = 0; i < rows.parts[y].length; i++) {
        sum += rows.parts[y][i] * (old[begin + (rows.from[y] + i) * into.length + x] & 255);
      }
      into[x] = sum;
    }
  }

  /// How much of which old pixels each new one is made of, along one axis.
  private static final class Shares {
    final int[] from; // the first of them
    final long[][] parts;
    final long whole; // what the shares of each new pixel sum up to

    private Shares(int oldSize, int newSize) {
      from = new int[newSize];
      parts = new long[newSize][];
      whole = newSize < oldSize ? oldSize : 2L * newSize;
    }

    static Shares of(int oldSize, int newSize) {
      Shares shares = new Shares(oldSize, newSize);
      for (int i = 0; i < newSize; i++) {
        if (newSize < oldSize) {
          shares.area(i, oldSize, newSize);
        } else {
          shares.linear(i, oldSize, newSize);
        }
      }
      return shares;
    }

    /// Old pixel j covers the units from j · new to (j + 1) · new, new pixel i those from i · old
    /// to (i + 1) · old.
    private void area(int i, int oldSize, int newSize) {
      long begin = (long) i * oldSize;
      long end = begin + oldSize;
      int first = (int) (begin / newSize);
      int last = (int) ((end - 1) / newSize);
      from[i] = first;
      parts[i] = new long[last - first + 1];
      for (int j = first; j <= last; j++) {
        parts[i][j - first] =
            Math.min(end, (j + 1L) * newSize) - Math.max(begin, (long) j * newSize);
      }
    }

    /// The centre of new pixel i lies at (i + ½) · old / new − ½, counted in old pixels.
    private void linear(int i, int oldSize, int newSize) {
      long most = (oldSize - 1L) * whole;
      long at = Math.clamp((2L * i + 1) * oldSize - newSize, 0, most); // times 2 · new
      from[i] = (int) Math.min(at / whole, Math.max(0, oldSize - 2));
      long second = at - from[i] * whole;
      parts[i] = oldSize == 1 ? new long[] {whole} : new long[] {whole - second, second};
    }
  }
}
