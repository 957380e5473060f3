package ijen.kernel;

/// How a rectangle of `height` by `width` numbers moves over an image: what convolution and pooling
/// have in common.
///
/// Output row i sees the input rows `i·stride − padding + k·dilation` for k = 0 … height − 1, and
/// likewise for columns. What lies outside the image is padding.
///
/// @param height how many rows it sees
/// @param width how many columns it sees
/// @param stride how far it moves from one output to the next, in both directions
/// @param padding how many rows or columns are added on each of the four sides
/// @param dilation the distance between two rows or columns that it sees; 1 leaves no gaps
public record Window(int height, int width, int stride, int padding, int dilation) {
  /// Numbers of a side or settings beyond which products of them might not fit an `int`.
  private static final int MOST = 1 << 15;

  public Window {
    inRange("kernel height", height, 1);
    inRange("kernel width", width, 1);
    inRange("stride", stride, 1);
    inRange("padding", padding, 0);
    inRange("dilation", dilation, 1);
  }

  private static void inRange(String what, int value, int least) {
    if (value < least || value > MOST) {
      throw new IllegalArgumentException(
          "window: expected a " + what + " of " + least + " to " + MOST + ", got " + value);
    }
  }

  /// A square that moves by 1 over the image alone, without padding or gaps.
  public static Window of(int size) {
    return of(size, size);
  }

  /// A rectangle that moves by 1 over the image alone, without padding or gaps.
  public static Window of(int height, int width) {
    return new Window(height, width, 1, 0, 1);
  }

  /// The same window with another stride.
  public Window withStride(int stride) {
    return new Window(height, width, stride, padding, dilation);
  }

  /// The same window with another padding.
  public Window withPadding(int padding) {
    return new Window(height, width, stride, padding, dilation);
  }

  /// The same window with another dilation.
  public Window withDilation(int dilation) {
    return new Window(height, width, stride, padding, dilation);
  }

  /// How many numbers it sees.
  public int size() {
    return height * width;
  }

  /// How many rows come out of an image of `rows` rows; 0 or less if the window is higher than the
  /// padded image.
  public int outputRows(int rows) {
    return outputs(rows, height);
  }

  /// How many columns come out of an image of `columns` columns; 0 or less if the window is wider
  /// than the padded image.
  public int outputColumns(int columns) {
    return outputs(columns, width);
  }

  private int outputs(int numbers, int kernel) {
    return Math.floorDiv(numbers + 2 * padding - ((kernel - 1) * dilation + 1), stride) + 1;
  }

  /// For example `5×5`.
  public String kernel() {
    return height + "×" + width;
  }
}
