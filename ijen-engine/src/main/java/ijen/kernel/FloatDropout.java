package ijen.kernel;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ULT;
import static jdk.incubator.vector.VectorOperators.XOR;

import ijen.random.Philox;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Dropout masks: [Philox] in vectors of blocks, one 32-bit word in each 64-bit lane.
///
/// See [Lanes] for why the loops look as they do.
final class FloatDropout {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;
  private static final VectorSpecies<Long> L = VectorSpecies.of(long.class, F.vectorShape());
  private static final VectorShuffle<Long> FIRST = VectorShuffle.makeZip(L, 0);
  private static final VectorShuffle<Long> SECOND = VectorShuffle.makeZip(L, 1);
  private static final long WORD = 0xFFFFFFFFL;

  // The constants of Philox4x32: two factors, and what the two key words grow by each round.
  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final long W0 = 0x9E3779B9L;
  private static final long W1 = 0xBB67AE85L;

  private FloatDropout() {}

  /// The numbers `from`, a multiple of 4, to `to − 1` of the mask that [RandomKernels#dropoutMask]
  /// describes.
  static void mask(Buffer out, double keep, long seed, long stream, int from, int to) {
    float[] ys = out.floats();
    int yo = out.offset;
    long threshold = Math.round(keep * 0x1p32);
    float kept = (float) (1 / keep);
    int i = from;
    if (threshold <= WORD) { // fits an unsigned word
      i += vectors(ys, yo + from, to - from, (int) threshold, kept, seed, stream, from >>> 2);
    }
    while (i < to) {
      boolean low = (i & 2) == 0; // words 0 and 1 of a block, or 2 and 3
      long pair = low ? Philox.low(seed, stream, i >>> 2) : Philox.high(seed, stream, i >>> 2);
      ys[yo + i++] = (pair & WORD) < threshold ? kept : 0;
      if (i < to) {
        ys[yo + i++] = (pair >>> 32) < threshold ? kept : 0;
      }
    }
  }

  /// As many of `n` numbers, from block `block` on, as fill whole vectors; returns how many.
  private static int vectors(
      float[] ys, int yo, int n, int threshold, float kept, long seed, long stream, long block) {
    int step = 4 * L.length();
    int i = 0;
    for (; i <= n - step; i += step) {
      LongVector position = LongVector.broadcast(L, block + (i >>> 2)).addIndex(1);
      LongVector word = LongVector.broadcast(L, WORD);
      LongVector m0 = LongVector.broadcast(L, M0);
      LongVector m1 = LongVector.broadcast(L, M1);
      LongVector c0 = position.and(word);
      LongVector c1 = position.lanewise(LSHR, 32);
      LongVector c2 = LongVector.broadcast(L, stream & WORD);
      LongVector c3 = LongVector.broadcast(L, stream >>> 32);
      LongVector k0 = LongVector.broadcast(L, seed & WORD);
      LongVector k1 = LongVector.broadcast(L, seed >>> 32);
      for (int round = 0; round < 10; round++) {
        // Only the low halves count, until the end. A factor that is seen to have no other makes
        // the product one instruction.
        LongVector p0 = c0.and(word).mul(m0.and(word));
        LongVector p1 = c2.and(word).mul(m1.and(word));
        c0 = p1.lanewise(LSHR, 32).lanewise(XOR, c1).lanewise(XOR, k0);
        c1 = p1;
        c2 = p0.lanewise(LSHR, 32).lanewise(XOR, c3).lanewise(XOR, k1);
        c3 = p0;
        k0 = k0.add(W0);
        k1 = k1.add(W1);
      }
      LongVector low = c0.and(word).or(c1.lanewise(LSHL, 32));
      LongVector high = c2.and(word).or(c3.lanewise(LSHL, 32));
      IntVector first = low.rearrange(FIRST, high).reinterpretAsInts();
      IntVector second = low.rearrange(SECOND, high).reinterpretAsInts();
      FloatVector.zero(F).blend(kept, first.compare(ULT, threshold).cast(F)).intoArray(ys, yo + i);
      FloatVector.zero(F)
          .blend(kept, second.compare(ULT, threshold).cast(F))
          .intoArray(ys, yo + i + F.length());
    }
    return i;
  }
}
