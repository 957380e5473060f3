package ijen.format;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/// The array of numbers behind one name of a file: type, shape and bytes.
///
/// One that was made from a Java array has its own copy of it and cannot change. One that was read
/// is a window on the file: nothing is loaded until it is converted, and that must happen before
/// the file is closed.
///
/// **Shapes:** any, outermost dimension first, rows in C order; the empty shape is that of a single
/// number, and dimensions may be 0.
public final class Tensor {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final String file; // empty if it was not read from one
  private final String name;
  private final Dtype dtype;
  private final int[] shape;
  private final long elements;
  private final MemorySegment data;

  private Tensor(String file, String name, Dtype dtype, int[] shape, MemorySegment data) {
    this.file = file;
    this.name = name;
    this.dtype = dtype;
    this.shape = shape;
    this.elements = elements(shape);
    this.data = data;
  }

  /// The numbers that a file has under a name, little-endian. They stay where they are.
  ///
  /// @throws IllegalArgumentException if they do not fit type and shape
  public static Tensor inFile(
      String file, String name, Dtype dtype, int[] shape, MemorySegment littleEndian) {
    requireBytes(littleEndian.byteSize(), dtype, shape);
    return new Tensor(file, name, dtype, shape.clone(), littleEndian);
  }

  /// Numbers of any type as bytes, little-endian, which stay shared: nobody should write to them.
  ///
  /// @throws IllegalArgumentException if that are not as many bytes as type and shape need
  public static Tensor ofShared(Dtype dtype, byte[] littleEndian, int... shape) {
    requireBytes(littleEndian.length, dtype, shape);
    return new Tensor("", "", dtype, shape.clone(), MemorySegment.ofArray(littleEndian));
  }

  /// Turns numbers of `size` bytes each from one byte order into the other, in place.
  public static void reverse(byte[] bytes, int size) {
    for (int start = 0; size > 1 && start + size <= bytes.length; start += size) {
      for (int i = start, j = start + size - 1; i < j; i++, j--) {
        byte kept = bytes[i];
        bytes[i] = bytes[j];
        bytes[j] = kept;
      }
    }
  }

  private static void requireBytes(long bytes, Dtype dtype, int[] shape) {
    long expected = dtype.bytes(elements(shape));
    if (bytes != expected) {
      throw new IllegalArgumentException(
          "tensor "
              + dtype
              + " "
              + Arrays.toString(shape)
              + (expected < 0
                  ? ": expected a shape that fills whole bytes"
                  : ": expected " + expected + " bytes, got " + bytes));
    }
  }

  /// F32 numbers.
  ///
  /// @throws IllegalArgumentException if there are not as many values as the shape has elements
  public static Tensor of(float[] values, int... shape) {
    requireElements(values.length, shape);
    return ofSlice(values, 0, shape);
  }

  /// F32 numbers that lie in a larger array, such as one parameter in the vector of all: as many as
  /// the shape has elements, from `values[offset]` on.
  ///
  /// @throws IllegalArgumentException if a dimension is negative
  /// @throws IndexOutOfBoundsException if they are not all in the array
  public static Tensor ofSlice(float[] values, int offset, int... shape) {
    int[] dimensions = shape.clone();
    long elements = elements(dimensions);
    if (offset < 0 || elements > values.length - (long) offset) {
      throw new IndexOutOfBoundsException(
          "tensor "
              + Arrays.toString(dimensions)
              + " at "
              + offset
              + ": expected all its "
              + elements
              + " values within an array of "
              + values.length);
    }
    MemorySegment data = MemorySegment.ofArray(new float[(int) elements]);
    MemorySegment.copy(values, offset, data, FLOAT, 0, (int) elements);
    return new Tensor("", "", Dtype.F32, dimensions, data);
  }

  /// F64 numbers.
  ///
  /// @throws IllegalArgumentException if there are not as many values as the shape has elements
  public static Tensor of(double[] values, int... shape) {
    requireElements(values.length, shape);
    MemorySegment data = MemorySegment.ofArray(new double[values.length]);
    MemorySegment.copy(values, 0, data, DOUBLE, 0, values.length);
    return new Tensor("", "", Dtype.F64, shape.clone(), data);
  }

  /// I32 numbers.
  ///
  /// @throws IllegalArgumentException if there are not as many values as the shape has elements
  public static Tensor of(int[] values, int... shape) {
    requireElements(values.length, shape);
    MemorySegment data = MemorySegment.ofArray(new int[values.length]);
    MemorySegment.copy(values, 0, data, INT, 0, values.length);
    return new Tensor("", "", Dtype.I32, shape.clone(), data);
  }

  /// I64 numbers.
  ///
  /// @throws IllegalArgumentException if there are not as many values as the shape has elements
  public static Tensor of(long[] values, int... shape) {
    requireElements(values.length, shape);
    MemorySegment data = MemorySegment.ofArray(new long[values.length]);
    MemorySegment.copy(values, 0, data, LONG, 0, values.length);
    return new Tensor("", "", Dtype.I64, shape.clone(), data);
  }

  /// U8 numbers: −1 stands for 255.
  ///
  /// @throws IllegalArgumentException if there are not as many values as the shape has elements
  public static Tensor of(byte[] values, int... shape) {
    return ofBytes(Dtype.U8, values, shape);
  }

  /// Numbers of any type, as the bytes that will stand in the file.
  ///
  /// @throws IllegalArgumentException if that are not as many bytes as type and shape need
  public static Tensor ofBytes(Dtype dtype, byte[] bytes, int... shape) {
    return ofShared(dtype, bytes.clone(), shape);
  }

  /// The type of the elements.
  public Dtype dtype() {
    return dtype;
  }

  /// A copy of the dimensions.
  public int[] shape() {
    return shape.clone();
  }

  /// The number of elements: the product of the dimensions, 1 for a single number.
  public long elements() {
    return elements;
  }

  /// The elements as they are, little-endian; read-only, and valid until the file is closed.
  public MemorySegment data() {
    requireOpen();
    return data.asReadOnly();
  }

  private void requireOpen() {
    if (!data.scope().isAlive()) {
      throw new IllegalStateException(
          place() + "its file is closed: convert it to an array before that");
    }
  }

  /// Element `i`, in the order of the file.
  ///
  /// **Range:** as [#doubles].
  ///
  /// @throws IndexOutOfBoundsException if there is none
  /// @throws IllegalStateException if the file is closed
  /// @throws UnsupportedOperationException if the type has no numbers
  public double get(long i) {
    return switch (dtype) {
      case F32 -> data.getAtIndex(FLOAT, i);
      case F64 -> data.getAtIndex(DOUBLE, i);
      case F16 -> Float.float16ToFloat(data.getAtIndex(SHORT, i));
      case BF16 -> bfloat16(data.getAtIndex(SHORT, i));
      case U64 -> unsignedToDouble(data.getAtIndex(LONG, i));
      default -> (double) whole(i);
    };
  }

  /// The elements as floats.
  ///
  /// **Range:** F16, BF16, F32 and whole numbers up to 2²⁴ are exact; anything else is rounded to
  /// the nearest float, which is an infinity for numbers beyond a float's range.
  ///
  /// @throws IllegalStateException if the file is closed
  /// @throws ArithmeticException if they do not fit an array
  /// @throws UnsupportedOperationException if the type has no numbers
  public float[] floats() {
    float[] values = new float[arrayLength()];
    copyTo(values, 0);
    return values;
  }

  /// Puts the elements, as [#floats], into `target` from `offset` on.
  ///
  /// @throws IndexOutOfBoundsException if there is not enough room
  public void copyTo(float[] target, int offset) {
    copyTo(0, arrayLength(), target, offset);
  }

  /// Puts `count` elements from element `from` on, as [#floats], into `target` from `offset` on.
  ///
  /// @throws IndexOutOfBoundsException if they are not all there, or there is not enough room
  public void copyTo(long from, int count, float[] target, int offset) {
    requireOpen();
    Objects.checkFromIndexSize(from, count, elements);
    Objects.checkFromIndexSize(offset, count, target.length);
    switch (dtype) {
      case F32 -> MemorySegment.copy(data, FLOAT, 4 * from, target, offset, count);
      case F16 -> {
        for (int i = 0; i < count; i++) {
          target[offset + i] = Float.float16ToFloat(data.getAtIndex(SHORT, from + i));
        }
      }
      case BF16 -> {
        for (int i = 0; i < count; i++) {
          target[offset + i] = bfloat16(data.getAtIndex(SHORT, from + i));
        }
      }
      case F64 -> {
        for (int i = 0; i < count; i++) {
          target[offset + i] = (float) data.getAtIndex(DOUBLE, from + i);
        }
      }
      case U64 -> {
        for (int i = 0; i < count; i++) {
          target[offset + i] = unsignedToFloat(data.getAtIndex(LONG, from + i));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          target[offset + i] = (float) whole(from + i);
        }
      }
    }
  }

  /// The elements as doubles.
  ///
  /// **Range:** everything is exact but whole numbers beyond 2⁵³, which are rounded to the nearest
  /// double.
  ///
  /// @throws IllegalStateException if the file is closed
  /// @throws ArithmeticException if they do not fit an array
  /// @throws UnsupportedOperationException if the type has no numbers
  public double[] doubles() {
    requireOpen();
    double[] values = new double[arrayLength()];
    switch (dtype) {
      case F64 -> MemorySegment.copy(data, DOUBLE, 0, values, 0, values.length);
      case F32 -> Arrays.setAll(values, i -> data.getAtIndex(FLOAT, i));
      case F16 -> Arrays.setAll(values, i -> Float.float16ToFloat(data.getAtIndex(SHORT, i)));
      case BF16 -> Arrays.setAll(values, i -> bfloat16(data.getAtIndex(SHORT, i)));
      case U64 -> Arrays.setAll(values, i -> unsignedToDouble(data.getAtIndex(LONG, i)));
      default -> Arrays.setAll(values, i -> (double) whole(i));
    }
    return values;
  }

  /// The elements of a type of whole numbers, or BOOL as 0 and 1, as ints.
  ///
  /// @throws IllegalStateException if the file is closed
  /// @throws ArithmeticException if they do not fit an array, or one of them no `int`
  /// @throws UnsupportedOperationException if the type has no whole numbers
  public int[] ints() {
    long[] wholes = longs();
    int[] values = new int[wholes.length];
    for (int i = 0; i < values.length; i++) {
      if (wholes[i] != (int) wholes[i]) {
        throw new ArithmeticException(
            place() + "element " + i + ": expected a number that fits an int, got " + wholes[i]);
      }
      values[i] = (int) wholes[i];
    }
    return values;
  }

  /// The elements of a type of whole numbers, or BOOL as 0 and 1, as longs.
  ///
  /// @throws IllegalStateException if the file is closed
  /// @throws ArithmeticException if they do not fit an array, or one of them no `long`
  /// @throws UnsupportedOperationException if the type has no whole numbers
  public long[] longs() {
    requireOpen();
    long[] values = new long[arrayLength()];
    Arrays.setAll(values, i -> whole(i));
    return values;
  }

  /// The bytes of the elements, little-endian.
  ///
  /// @throws IllegalStateException if the file is closed
  /// @throws ArithmeticException if they do not fit an array
  public byte[] bytes() {
    requireOpen();
    if (data.byteSize() > Integer.MAX_VALUE - 8) {
      throw new ArithmeticException(
          place() + "expected at most 2147483639 bytes for one array, got " + data.byteSize());
    }
    return data.toArray(JAVA_BYTE);
  }

  /// The same, shared where the tensor has an array of just these bytes: nobody should write to it.
  ///
  /// @throws IllegalStateException if the file is closed
  /// @throws ArithmeticException if they do not fit an array
  public byte[] sharedBytes() {
    return data.heapBase().orElse(null) instanceof byte[] array && array.length == data.byteSize()
        ? array
        : bytes();
  }

  /// Type and shape, for example `F32 [64, 784]`.
  @Override
  public String toString() {
    return dtype + " " + Arrays.toString(shape);
  }

  private long whole(long i) {
    return switch (dtype) {
      case BOOL -> data.get(JAVA_BYTE, i) == 0 ? 0 : 1;
      case U8 -> Byte.toUnsignedLong(data.get(JAVA_BYTE, i));
      case I8 -> data.get(JAVA_BYTE, i);
      case U16 -> Short.toUnsignedLong(data.getAtIndex(SHORT, i));
      case I16 -> data.getAtIndex(SHORT, i);
      case U32 -> Integer.toUnsignedLong(data.getAtIndex(INT, i));
      case I32 -> data.getAtIndex(INT, i);
      case I64 -> data.getAtIndex(LONG, i);
      case U64 -> {
        long value = data.getAtIndex(LONG, i);
        if (value < 0) {
          throw new ArithmeticException(
              place()
                  + "element "
                  + i
                  + ": expected a number that fits a long, got "
                  + Long.toUnsignedString(value));
        }
        yield value;
      }
      case F16, BF16, F32, F64 ->
          throw new UnsupportedOperationException(
              place() + "expected a type of whole numbers; use floats() or doubles()");
      case C64, F4, F6_E2M3, F6_E3M2, F8_E5M2, F8_E4M3, F8_E8M0, F8_E4M3FNUZ, F8_E5M2FNUZ ->
          throw new UnsupportedOperationException(
              place() + "expected a type that converts to Java's numbers; use bytes()");
    };
  }

  /// Numbers from 2⁶³ on are halved first; the bit lost by that stays in the last one, for the
  /// rounding.
  private static float unsignedToFloat(long value) {
    return value >= 0 ? (float) value : (float) ((value >>> 1) | (value & 1)) * 2;
  }

  private static double unsignedToDouble(long value) {
    return value >= 0 ? (double) value : (double) ((value >>> 1) | (value & 1)) * 2;
  }

  private int arrayLength() {
    if (elements > Integer.MAX_VALUE - 8) {
      throw new ArithmeticException(
          place() + "expected at most 2147483639 elements for one array, got " + elements);
    }
    return (int) elements;
  }

  /// The beginning of a message, for example `m.safetensors: tensor 'fc1.weight' F32 [64, 784]: `.
  private String place() {
    return (file.isEmpty() ? "tensor " : file + ": tensor '" + name + "' ") + this + ": ";
  }

  private static float bfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  private static void requireElements(int values, int[] shape) {
    long elements = elements(shape);
    if (values != elements) {
      throw new IllegalArgumentException(
          "tensor "
              + Arrays.toString(shape)
              + ": expected "
              + elements
              + (elements == 1 ? " value" : " values")
              + ", got "
              + values);
    }
  }

  /// The product of the dimensions, or the largest `long` if it is beyond that.
  public static long elements(int[] shape) {
    long product = 1;
    for (int dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException(
            "tensor " + Arrays.toString(shape) + ": expected dimensions of 0 or more");
      }
      product =
          dimension > 0 && product > Long.MAX_VALUE / dimension
              ? Long.MAX_VALUE
              : product * dimension;
    }
    return product;
  }
}
