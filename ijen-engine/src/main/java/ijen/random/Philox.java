package ijen.random;

/// Philox4x32-10: a block of four 32-bit random words as a pure function of a 64-bit key and a
/// 128-bit counter.
///
/// Ten rounds of two 32×32→64-bit products and key additions. Ijen uses the seed as the key, the
/// low half of the counter as the position and the high half as the stream.
///
/// **Source:** Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
public final class Philox {
  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;

  private Philox() {}

  /// The first two words of block `position` of `stream`, word 0 in the low half.
  public static long low(long seed, long stream, long position) {
    return words(seed, stream, position, false);
  }

  /// The last two words of block `position` of `stream`, word 2 in the low half.
  public static long high(long seed, long stream, long position) {
    return words(seed, stream, position, true);
  }

  private static long words(long seed, long stream, long position, boolean high) {
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    int c0 = (int) position;
    int c1 = (int) (position >>> 32);
    int c2 = (int) stream;
    int c3 = (int) (stream >>> 32);
    for (int round = 0; round < 10; round++) {
      long p0 = M0 * (c0 & 0xFFFFFFFFL);
      long p1 = M1 * (c2 & 0xFFFFFFFFL);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += W0;
      k1 += W1;
    }
    return high ? join(c2, c3) : join(c0, c1);
  }

  private static long join(int low, int high) {
    return (low & 0xFFFFFFFFL) | ((long) high << 32);
  }
}
