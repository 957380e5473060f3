package ijen.format;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// A growing row of numbers that takes a byte for each while all are whole and from 0 to 255, and
/// four from the first other one on.
///
/// Grown piece by piece, so that it never needs more than twice what it holds.
final class NumberBlock {
  /// Arrays of the JVM end a few elements below 2³¹.
  static final int MOST = Integer.MAX_VALUE - 8;

  private static final int PIECE = 1 << 14;

  private final List<byte[]> bytes = new ArrayList<>();
  private final List<float[]> floats = new ArrayList<>();
  private boolean allBytes = true;
  private byte[] lastBytes = {};
  private float[] lastFloats = {};
  private int used; // of the last piece
  private long size;

  /// How many numbers there are.
  long size() {
    return size;
  }

  void add(float value) {
    if (allBytes) {
      int whole = (int) value;
      if (whole == value && whole >= 0 && whole <= 255) {
        if (used == lastBytes.length) {
          lastBytes = new byte[PIECE];
          bytes.add(lastBytes);
          used = 0;
        }
        lastBytes[used++] = (byte) whole;
        size++;
        return;
      }
      widen();
    }
    if (used == lastFloats.length) {
      lastFloats = new float[PIECE];
      floats.add(lastFloats);
      used = 0;
    }
    lastFloats[used++] = value;
    size++;
  }

  private void widen() {
    for (int piece = 0; piece < bytes.size(); piece++) {
      byte[] from = bytes.set(piece, new byte[0]); // each is let go as soon as it is copied
      lastFloats = new float[PIECE];
      for (int i = 0; i < PIECE; i++) {
        lastFloats[i] = from[i] & 255;
      }
      floats.add(lastFloats);
    }
    bytes.clear();
    allBytes = false;
  }

  /// The numbers, U8 or F32; this block is empty afterwards.
  Tensor tensor(String source, int... shape) {
    if (allBytes) {
      byte[] all = new byte[(int) size];
      for (int piece = 0, at = 0; at < all.length; piece++, at += PIECE) {
        System.arraycopy(bytes.get(piece), 0, all, at, Math.min(PIECE, all.length - at));
      }
      bytes.clear();
      return Tensor.ofShared(Dtype.U8, all, shape);
    }
    MemorySegment all = MemorySegment.ofArray(new float[(int) size]);
    for (int piece = 0, at = 0; at < size; piece++, at += PIECE) {
      int count = (int) Math.min(PIECE, size - at);
      MemorySegment.copy(floats.get(piece), 0, all, Tensor.FLOAT, 4L * at, count);
    }
    floats.clear();
    return Tensor.inFile(source, "numbers", Dtype.F32, shape, all);
  }
}
