package ijen.format.idx;

import ijen.graph.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The content of an IDX file: a type, a shape and the elements.
///
/// The elements are kept as they stand in the file, big-endian, so that bytes are never copied;
/// other types are converted when asked for. Nobody should write to the shared bytes.
public final class IdxArray {
  private final IdxType type;
  private final Shape shape;
  private final byte[] data;

  private IdxArray(IdxType type, Shape shape, byte[] data) {
    if (data.length != (long) shape.size() * type.bytes()) {
      throw new IllegalArgumentException(
          "IDX array %s of %s: expected %s bytes, got %s"
              .formatted(shape, type, (long) shape.size() * type.bytes(), data.length));
    }
    this.type = type;
    this.shape = shape;
    this.data = data;
  }

  /// An array over the given bytes, big-endian, which stay shared.
  ///
  /// @throws IllegalArgumentException if their number does not fit the shape and the type
  public static IdxArray of(IdxType type, Shape shape, byte[] bigEndian) {
    return new IdxArray(type, shape, bigEndian);
  }

  /// An array of unsigned bytes, which stay shared.
  public static IdxArray of(Shape shape, byte... values) {
    return new IdxArray(IdxType.UBYTE, shape, values);
  }

  /// An array of 16-bit whole numbers.
  public static IdxArray of(Shape shape, short... values) {
    byte[] data = room(IdxType.SHORT, values.length);
    ByteBuffer.wrap(data).asShortBuffer().put(values);
    return new IdxArray(IdxType.SHORT, shape, data);
  }

  /// An array of 32-bit whole numbers.
  public static IdxArray of(Shape shape, int... values) {
    byte[] data = room(IdxType.INT, values.length);
    ByteBuffer.wrap(data).asIntBuffer().put(values);
    return new IdxArray(IdxType.INT, shape, data);
  }

  /// An array of 32-bit floating-point numbers.
  public static IdxArray of(Shape shape, float... values) {
    byte[] data = room(IdxType.FLOAT, values.length);
    ByteBuffer.wrap(data).asFloatBuffer().put(values);
    return new IdxArray(IdxType.FLOAT, shape, data);
  }

  /// An array of 64-bit floating-point numbers.
  public static IdxArray of(Shape shape, double... values) {
    byte[] data = room(IdxType.DOUBLE, values.length);
    ByteBuffer.wrap(data).asDoubleBuffer().put(values);
    return new IdxArray(IdxType.DOUBLE, shape, data);
  }

  private static byte[] room(IdxType type, int count) {
    return new byte[Math.multiplyExact(type.bytes(), count)];
  }

  /// The element type.
  public IdxType type() {
    return type;
  }

  /// The dimensions, the first of which usually counts the samples.
  public Shape shape() {
    return shape;
  }

  /// The number of elements.
  public int size() {
    return shape.size();
  }

  /// The elements themselves, shared and not copied, if each is one byte.
  ///
  /// @throws IllegalStateException if the type is larger than a byte
  public byte[] bytes() {
    if (type.bytes() != 1) {
      throw new IllegalStateException("expected an IDX array of bytes, got one of " + type);
    }
    return data;
  }

  byte[] data() {
    return data;
  }

  /// A read-only view of the elements as they stand in the file, big-endian.
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(data).asReadOnlyBuffer();
  }

  /// Element `i` in the file's order.
  public double get(int i) {
    return read(ByteBuffer.wrap(data), i);
  }

  /// All elements as `double`, which is exact.
  public double[] doubles() {
    ByteBuffer buffer = ByteBuffer.wrap(data);
    double[] values = new double[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = read(buffer, i);
    }
    return values;
  }

  /// All elements as `float`, to the nearest.
  public float[] floats() {
    ByteBuffer buffer = ByteBuffer.wrap(data);
    float[] values = new float[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) read(buffer, i);
    }
    return values;
  }

  /// All elements as `int`.
  ///
  /// @throws IllegalStateException if the elements are floating-point numbers
  public int[] ints() {
    if (type == IdxType.FLOAT || type == IdxType.DOUBLE) {
      throw new IllegalStateException("expected an IDX array of whole numbers, got one of " + type);
    }
    ByteBuffer buffer = ByteBuffer.wrap(data);
    int[] values = new int[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) read(buffer, i);
    }
    return values;
  }

  private double read(ByteBuffer buffer, int i) {
    return switch (type) {
      case UBYTE -> buffer.get(i) & 255;
      case BYTE -> buffer.get(i);
      case SHORT -> buffer.getShort(2 * i);
      case INT -> buffer.getInt(4 * i);
      case FLOAT -> buffer.getFloat(4 * i);
      case DOUBLE -> buffer.getDouble(8 * i);
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IdxArray array
        && type == array.type
        && shape.equals(array.shape)
        && Arrays.equals(data, array.data);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * type.code() + shape.hashCode()) + Arrays.hashCode(data);
  }

  /// For example `ubyte [60000, 28, 28]`.
  @Override
  public String toString() {
    return type + " " + shape;
  }
}
