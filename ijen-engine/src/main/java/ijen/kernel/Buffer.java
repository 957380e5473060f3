package ijen.kernel;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A flat run of numbers in one [Precision]: a whole array, or a window onto a part of one.
///
/// Two windows onto the same array see each other's changes; making one copies nothing. Single
/// numbers are read and written as `double` whatever the precision, which is exact on reading and
/// rounds once on writing. Loops over many numbers belong into [Kernels].
///
/// Not thread-safe: a buffer has one writer at a time.
public final class Buffer {
  private final float @Nullable [] floats;
  private final double @Nullable [] doubles;
  final int offset;
  private final int length;

  private Buffer(float @Nullable [] floats, double @Nullable [] doubles, int offset, int length) {
    this.floats = floats;
    this.doubles = doubles;
    this.offset = offset;
    this.length = length;
  }

  /// Floats between the head of an array and its first multiple of 32 bytes, where the JVM places
  /// objects at such multiples (`-XX:ObjectAlignmentInBytes=32`): vectors then do not lie across
  /// two cache lines.
  private static final int PADDING = 4;

  /// A new buffer of `length` zeros.
  public static Buffer allocate(Precision precision, int length) {
    return switch (precision) {
      case FLOAT -> new Buffer(new float[PADDING + length], null, PADDING, length);
      case DOUBLE -> of(new double[length]);
    };
  }

  /// A window onto the whole of `values`, which stay shared.
  public static Buffer of(float... values) {
    return new Buffer(values, null, 0, values.length);
  }

  /// A window onto the whole of `values`, which stay shared.
  public static Buffer of(double... values) {
    return new Buffer(null, values, 0, values.length);
  }

  /// A window onto `length` numbers of this buffer, beginning at `from`.
  ///
  /// @throws IndexOutOfBoundsException if the window does not lie within this buffer
  public Buffer slice(int from, int length) {
    Objects.checkFromIndexSize(from, length, this.length);
    return new Buffer(floats, doubles, offset + from, length);
  }

  /// The number format.
  public Precision precision() {
    return floats != null ? Precision.FLOAT : Precision.DOUBLE;
  }

  /// How many numbers the window holds.
  public int length() {
    return length;
  }

  /// Number `i`.
  public double get(int i) {
    Objects.checkIndex(i, length);
    return floats != null ? floats[offset + i] : doubles()[offset + i];
  }

  /// Makes number `i` equal to `value`, rounded to the buffer's precision.
  public void set(int i, double value) {
    Objects.checkIndex(i, length);
    if (floats != null) {
      floats[offset + i] = (float) value;
    } else {
      doubles()[offset + i] = value;
    }
  }

  /// Makes every number equal to `value`.
  public void fill(double value) {
    if (floats != null) {
      Arrays.fill(floats, offset, offset + length, (float) value);
    } else {
      Arrays.fill(doubles(), offset, offset + length, value);
    }
  }

  /// Copies all numbers of `source`, converting between precisions where they differ.
  ///
  /// @throws IllegalArgumentException if the lengths differ
  public void copyFrom(Buffer source) {
    if (source.length != length) {
      throw new IllegalArgumentException(
          "copy: expected " + length + " numbers, got " + source.length);
    }
    put(0, source, 0, length);
  }

  /// Writes `count` numbers of `source`, from index `from` on, to this buffer from index `at` on,
  /// converting between precisions where they differ.
  public void put(int at, Buffer source, int from, int count) {
    Objects.checkFromIndexSize(at, count, length);
    Objects.checkFromIndexSize(from, count, source.length);
    if (floats != null && source.floats != null) {
      System.arraycopy(source.floats, source.offset + from, floats, offset + at, count);
    } else if (doubles != null && source.doubles != null) {
      System.arraycopy(source.doubles, source.offset + from, doubles, offset + at, count);
    } else {
      for (int i = 0; i < count; i++) {
        set(at + i, source.get(from + i));
      }
    }
  }

  /// Writes `count` numbers of `source`, from index `from` on, to this buffer from index `at` on.
  public void put(int at, float[] source, int from, int count) {
    Objects.checkFromIndexSize(at, count, length);
    Objects.checkFromIndexSize(from, count, source.length);
    if (floats != null) {
      System.arraycopy(source, from, floats, offset + at, count);
    } else {
      double[] target = doubles();
      for (int i = 0; i < count; i++) {
        target[offset + at + i] = source[from + i];
      }
    }
  }

  /// Writes unsigned bytes as numbers: entry `at + i` becomes what `scale` makes of byte number
  /// `from + i` of `source`, the same `float` in either precision.
  public void putBytes(int at, byte[] source, int from, int count, ByteScale scale) {
    Objects.checkFromIndexSize(at, count, length);
    Objects.checkFromIndexSize(from, count, source.length);
    if (floats != null) {
      scale.apply(source, from, floats, offset + at, count);
    } else {
      scale.apply(source, from, doubles(), offset + at, count);
    }
  }

  /// A copy of all numbers as `float`.
  public float[] toFloats() {
    if (floats != null) {
      return Arrays.copyOfRange(floats, offset, offset + length);
    }
    float[] copy = new float[length];
    for (int i = 0; i < length; i++) {
      copy[i] = (float) doubles()[offset + i];
    }
    return copy;
  }

  /// A copy of all numbers as `double`.
  public double[] toDoubles() {
    double[] copy = new double[length];
    for (int i = 0; i < length; i++) {
      copy[i] = get(i);
    }
    return copy;
  }

  /// Whether both begin at the same place in memory.
  @SuppressWarnings("ReferenceEquality") // the same array is meant, not an equal one
  boolean isSamePlace(Buffer other) {
    return floats == other.floats && doubles == other.doubles && offset == other.offset;
  }

  /// The array behind a [Precision#FLOAT] buffer, of which the window begins at `offset`.
  float[] floats() {
    if (floats == null) {
      throw new IllegalStateException("expected a FLOAT buffer, got a DOUBLE one");
    }
    return floats;
  }

  /// The array behind a [Precision#DOUBLE] buffer, of which the window begins at `offset`.
  double[] doubles() {
    if (doubles == null) {
      throw new IllegalStateException("expected a DOUBLE buffer, got a FLOAT one");
    }
    return doubles;
  }
}
