package ijen.format.hdf5;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import ijen.format.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The bits of whole numbers, whatever their sign means, as Java arrays.
final class RawNumbers {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment data;

  RawNumbers(Tensor tensor) {
    this.data = tensor.data();
  }

  byte[] bytes(int from, int count) {
    byte[] row = new byte[count];
    MemorySegment.copy(data, JAVA_BYTE, from, row, 0, count);
    return row;
  }

  short[] shorts(int from, int count) {
    short[] row = new short[count];
    MemorySegment.copy(data, SHORT, 2L * from, row, 0, count);
    return row;
  }

  int[] ints(int from, int count) {
    int[] row = new int[count];
    MemorySegment.copy(data, INT, 4L * from, row, 0, count);
    return row;
  }

  long[] longs(int from, int count) {
    long[] row = new long[count];
    MemorySegment.copy(data, LONG, 8L * from, row, 0, count);
    return row;
  }
}
