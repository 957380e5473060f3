package ijen.kernel;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.XOR;

import ijen.random.Philox;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// Random signs, 128 from a block of [Philox], as [RandomKernels] defines them.
final class FloatSigns {
  /// Signs of a block.
  static final int BLOCK = 128;

  private static final VectorSpecies<Float> F = Lanes.FLOAT;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());
  private static final int SIGN = 0x80000000;

  private FloatSigns() {}

  /// `t[to + i] += scale·s[first + i]` for `n` numbers.
  static void add(float scale, float[] ts, int to, int n, long seed, long stream, long first) {
    long end = first + n;
    for (long index = first, next; index < end; index = next) {
      next = Math.min((index & -32) + 32, end); // one word
      long block = index >>> 7;
      boolean low = (index & 64) == 0;
      long half = low ? Philox.low(seed, stream, block) : Philox.high(seed, stream, block);
      int word = (int) ((index & 32) == 0 ? half : half >>> 32);
      int at = to + (int) (index - first);
      if (next - index == 32) {
        whole(word, scale, ts, at);
      } else {
        for (long i = index; i < next; i++, at++) {
          ts[at] += (word >>> i & 1) == 0 ? scale : -scale; // shifts count by the lowest five bits
        }
      }
    }
  }

  private static void whole(int word, float scale, float[] ts, int at) {
    int bits = Float.floatToRawIntBits(scale);
    IntVector places = IntVector.zero(I).addIndex(-1).add(31); // bit i moves to the sign of lane i
    for (int i = 0; i < 32; i += F.length()) {
      IntVector sign = IntVector.broadcast(I, word >>> i).lanewise(LSHL, places).and(SIGN);
      FloatVector.fromArray(F, ts, at + i)
          .add(sign.lanewise(XOR, bits).reinterpretAsFloats())
          .intoArray(ts, at + i);
    }
  }
}
