package ijen.format.npy;

import ijen.format.Dtype;
import ijen.format.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What a header says of the elements that follow it.
final class NpyHeader {
  /// What every file begins with.
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final int ALIGNMENT = 64;

  /// NumPy leaves room for the first dimension to grow to so many digits.
  private static final int GROWTH_DIGITS = 21;

  final Dtype dtype;
  final boolean bigEndian;
  final boolean fortranOrder;
  final int[] shape;

  NpyHeader(Dtype dtype, boolean bigEndian, boolean fortranOrder, int[] shape) {
    this.dtype = dtype;
    this.bigEndian = bigEndian;
    this.fortranOrder = fortranOrder;
    this.shape = shape;
  }

  /// How many bytes the elements take; −1 if that is beyond a `long`.
  long bytes() {
    return dtype.bytes(Tensor.elements(shape));
  }

  /// Whether the elements lie in the file as a [Tensor] has them: little-endian and in C order.
  boolean isPlain() {
    return !turnsBytes() && !turnsAxes();
  }

  private boolean turnsBytes() {
    return bigEndian && dtype.bits() > 8;
  }

  private boolean turnsAxes() {
    return fortranOrder && shape.length > 1 && Tensor.elements(shape) > 0;
  }

  /// The elements as a [Tensor] has them, from those of the file, which may be changed.
  byte[] plain(byte[] elements) {
    int size = dtype.bits() / 8;
    if (turnsBytes()) {
      Tensor.reverse(elements, size);
    }
    return turnsAxes() ? Axes.reversed(elements, size, shape) : elements;
  }

  @Override
  public String toString() {
    return dtype + " " + Arrays.toString(shape);
  }

  /// The header of a tensor, from the first byte of the file to the last before the elements.
  ///
  /// **Source:** byte for byte what NumPy 1.24 to 2.4 write.
  ///
  /// @throws IllegalArgumentException if NumPy has no such type, or not so many dimensions
  static byte[] of(Tensor tensor) {
    int[] shape = tensor.shape();
    if (shape.length > Npy.MOST_DIMENSIONS) {
      throw new IllegalArgumentException(
          "NPY: expected at most " + Npy.MOST_DIMENSIONS + " dimensions, got " + shape.length);
    }
    StringBuilder text = new StringBuilder(128);
    text.append("{'descr': '").append(TypeCode.of(tensor.dtype()));
    text.append("', 'fortran_order': False, 'shape': ").append(tuple(shape)).append(", }");
    if (shape.length > 0) {
      text.repeat(' ', GROWTH_DIGITS - Integer.toString(shape[0]).length());
    }
    int begin = MAGIC.length + 2 + 2; // version, length
    text.repeat(' ', ALIGNMENT - (begin + text.length() + 1) % ALIGNMENT).append('\n');
    return ByteBuffer.allocate(begin + text.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) text.length()) // 64 dimensions take less than 1000 characters
        .put(text.toString().getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  private static String tuple(int[] shape) {
    return shape.length == 1
        ? "(" + shape[0] + ",)"
        : Arrays.stream(shape)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
