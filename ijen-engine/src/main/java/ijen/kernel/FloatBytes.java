package ijen.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Unsigned bytes as numbers, see [ByteScale]. See [Lanes] for why the loop looks as it does.
final class FloatBytes {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;
  private static final VectorSpecies<Integer> I = F.withLanes(int.class);

  /// As many bytes as floats; for 4 floats 8 bytes, which is the shortest vector of bytes.
  private static final VectorSpecies<Byte> B =
      F.length() == 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

  private static final boolean TWO_PARTS = B.length() > F.length();

  private FloatBytes() {}

  /// `out[i] = fma(b, high, base) + fma(b, low, rest)` for byte `b = source[i]`.
  static void scale(
      byte[] source,
      int so,
      float high,
      float low,
      float base,
      float rest,
      float[] out,
      int oo,
      int n) {
    int i = 0;
    FloatVector highs = FloatVector.broadcast(F, high);
    FloatVector lows = FloatVector.broadcast(F, low);
    FloatVector bases = FloatVector.broadcast(F, base);
    FloatVector rests = FloatVector.broadcast(F, rest);
    for (int end = B.loopBound(n); i < end; i += B.length()) {
      ByteVector bytes = ByteVector.fromArray(B, source, so + i);
      FloatVector b =
          (FloatVector)
              ((IntVector) bytes.convertShape(VectorOperators.ZERO_EXTEND_B2I, I, 0))
                  .convertShape(VectorOperators.I2F, F, 0);
      b.fma(highs, bases).add(b.fma(lows, rests)).intoArray(out, oo + i);
      if (TWO_PARTS) {
        b =
            (FloatVector)
                ((IntVector) bytes.convertShape(VectorOperators.ZERO_EXTEND_B2I, I, 1))
                    .convertShape(VectorOperators.I2F, F, 0);
        b.fma(highs, bases).add(b.fma(lows, rests)).intoArray(out, oo + F.length() + i);
      }
    }
    for (; i < n; i++) {
      float b = source[so + i] & 255;
      out[oo + i] = Math.fma(b, high, base) + Math.fma(b, low, rest);
    }
  }
}
