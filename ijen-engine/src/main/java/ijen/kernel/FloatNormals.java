package ijen.kernel;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/// Standard normals by groups of 32, as [RandomKernels] defines them.
///
/// Words first, then what becomes of them, with a few kilobytes between: each loop then has
/// registers enough. Whole groups only: who needs a part of a group makes all of it, so that there
/// is one way to make a number. See [Lanes] for why the loops look as they do.
///
/// **Range:** relative to the same formulae in `double`, a number is wrong by less than 6·2⁻²⁴,
/// measured over 2.5·10⁷ numbers.
final class FloatNormals {
  /// Numbers, and words, of a group.
  static final int GROUP = 32;

  private static final VectorSpecies<Float> F = Lanes.FLOAT;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());
  private static final VectorSpecies<Long> L = VectorSpecies.of(long.class, F.vectorShape());

  // The constants of Philox4x32: two factors, and what the two key words grow by each round.
  private static final long WORD = 0xFFFFFFFFL;
  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final long W0 = 0x9E3779B9L;
  private static final long W1 = 0xBB67AE85L;

  // ln(1 + f) = f·(1 + f·(−½ + …)), by a polynomial like those of FloatMath, times −2.
  private static final int SQRT_HALF_BITS = 0x3f3504f3;
  private static final float LN2 = -0x1.62e43p0f;
  private static final float L3 = -0x1.5556d8p-1f;
  private static final float L4 = 0x1.00038p-1f;
  private static final float L5 = -0x1.98d824p-2f;
  private static final float L6 = 0x1.5382a4p-2f;
  private static final float L7 = -0x1.3172fap-2f;
  private static final float L8 = 0x1.242fdp-2f;
  private static final float L9 = -0x1.645e52p-3f;

  // sin φ = φ + φ³·(…) and cos φ = 1 − φ²/2 + φ⁴·(…) for φ in ± π/4.
  private static final float ANGLE = 0x1.921fb6p-30f; // π/2 in units of 2³⁰
  private static final float S3 = -0x1.555546p-3f;
  private static final float S5 = 0x1.11077ep-7f;
  private static final float S7 = -0x1.9956b6p-13f;
  private static final float C4 = 0x1.55554ap-5f;
  private static final float C6 = -0x1.6c0c1ap-10f;
  private static final float C8 = 0x1.99e0e4p-16f;

  private FloatNormals() {}

  /// The words of `groups` groups from number `group` on. Of a group, the first sixteen are the
  /// first words of its pairs, in order, the others the second ones.
  static void words(int[] ws, int groups, long seed, long stream, long group) {
    LongVector word = LongVector.broadcast(L, WORD);
    LongVector m0 = LongVector.broadcast(L, M0);
    LongVector m1 = LongVector.broadcast(L, M1);
    for (int g = 0; g < groups; g++) {
      for (int part = 0; part < 16; part += F.length()) {
        // One 32-bit word in each 64-bit lane; what stands above it does not matter.
        LongVector c0 = LongVector.broadcast(L, 8 * (group + g) + part / 2).addIndex(1);
        LongVector c1 = c0.lanewise(LSHR, 32);
        LongVector c2 = LongVector.broadcast(L, stream);
        LongVector c3 = LongVector.broadcast(L, stream >>> 32);
        LongVector k0 = LongVector.broadcast(L, seed);
        LongVector k1 = LongVector.broadcast(L, seed >>> 32);
        for (int round = 0; round < 10; round++) {
          // The factors are words already; saying so makes each product one instruction.
          LongVector p0 = c0.and(word).mul(m0.and(word));
          LongVector p1 = c2.and(word).mul(m1.and(word));
          c0 = p1.lanewise(LSHR, 32).lanewise(XOR, c1).lanewise(XOR, k0);
          c1 = p1;
          c2 = p0.lanewise(LSHR, 32).lanewise(XOR, c3).lanewise(XOR, k1);
          c3 = p0;
          k0 = k0.add(W0);
          k1 = k1.add(W1);
        }
        int at = g * GROUP + part;
        c0.and(word).or(c2.lanewise(LSHL, 32)).reinterpretAsInts().intoArray(ws, at);
        c1.and(word).or(c3.lanewise(LSHL, 32)).reinterpretAsInts().intoArray(ws, at + 16);
      }
    }
  }

  /// `θ ← fma(scale, z, θ)` for the numbers z that the words of `groups` groups give.
  ///
  /// The radius is √(−2 ln u), with u·2³¹ = x = 2ᵏ·(1 + f) taken apart as in [FloatMath#log]. Next
  /// to 1, where x would be rounded to 2³¹, f is made from 2³¹ − x instead, which is small and
  /// exact: the logarithm then has all its digits too.
  static void add(int[] ws, float scale, float[] ts, int to, int groups) {
    FloatVector scales = FloatVector.broadcast(F, scale);
    FloatVector half = FloatVector.broadcast(F, 0.5f);
    for (int g = 0; g < groups; g++) {
      for (int part = 0; part < 16; part += F.length()) {
        int at = g * GROUP + part;
        IntVector a = IntVector.fromArray(I, ws, at).lanewise(LSHR, 1);
        IntVector b = IntVector.fromArray(I, ws, at + 16);
        FloatVector x = ((FloatVector) a.convert(I2F, 0)).add(half);
        IntVector bits = x.reinterpretAsInts().sub(SQRT_HALF_BITS);
        FloatVector k = (FloatVector) bits.lanewise(ASHR, 23).sub(31).convert(I2F, 0);
        FloatVector f = bits.and(0x7fffff).add(SQRT_HALF_BITS).reinterpretAsFloats().sub(1);
        FloatVector near = (FloatVector) a.sub(0x7fffffff).convert(I2F, 0);
        f = f.blend(near.sub(half).mul(0x1p-31f), k.compare(EQ, 0));
        FloatVector q = f.fma(FloatVector.broadcast(F, L9), FloatVector.broadcast(F, L8));
        q = q.fma(f, FloatVector.broadcast(F, L7));
        q = q.fma(f, FloatVector.broadcast(F, L6));
        q = q.fma(f, FloatVector.broadcast(F, L5));
        q = q.fma(f, FloatVector.broadcast(F, L4));
        q = q.fma(f, FloatVector.broadcast(F, L3));
        q = q.fma(f, FloatVector.broadcast(F, 1));
        q = q.fma(f, FloatVector.broadcast(F, -2));
        FloatVector radius = k.fma(FloatVector.broadcast(F, LN2), f.mul(q)).sqrt();
        radius = radius.reinterpretAsInts().lanewise(XOR, b.and(0x80000000)).reinterpretAsFloats();
        FloatVector angle = (FloatVector) b.lanewise(LSHL, 2).lanewise(ASHR, 2).convert(I2F, 0);
        angle = angle.mul(ANGLE);
        FloatVector square = angle.mul(angle);
        FloatVector sine = square.fma(FloatVector.broadcast(F, S7), FloatVector.broadcast(F, S5));
        sine = sine.fma(square, FloatVector.broadcast(F, S3)).fma(angle.mul(square), angle);
        FloatVector cosine = square.fma(FloatVector.broadcast(F, C8), FloatVector.broadcast(F, C6));
        cosine = cosine.fma(square, FloatVector.broadcast(F, C4));
        cosine = cosine.fma(square, FloatVector.broadcast(F, -0.5f));
        cosine = cosine.fma(square, FloatVector.broadcast(F, 1));
        // Swapped by integer arithmetic: where bit 30 is set, both get the bits that differ.
        IntVector s = sine.reinterpretAsInts();
        IntVector c = cosine.reinterpretAsInts();
        IntVector swap = s.lanewise(XOR, c).and(b.lanewise(LSHL, 1).lanewise(ASHR, 31));
        c.lanewise(XOR, swap)
            .reinterpretAsFloats()
            .mul(radius)
            .fma(scales, FloatVector.fromArray(F, ts, to + at))
            .intoArray(ts, to + at);
        s.lanewise(XOR, swap)
            .reinterpretAsFloats()
            .mul(radius)
            .fma(scales, FloatVector.fromArray(F, ts, to + at + 16))
            .intoArray(ts, to + at + 16);
      }
    }
  }
}
