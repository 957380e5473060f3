package ijen.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loop of the gradient by a convolution's weight where there are few outputs: lanes
/// are neighbouring places, of which number `q` goes to partial sum `q mod 8`.
///
/// The eight are one vector where a vector has eight lanes or more, else two halves one after the
/// other: the same sums on every machine.
final class FloatTapSums {
  /// Partial sums of each number of the weight.
  static final int PARTIALS = 8;

  /// Taps, and outputs, of a tile.
  static final int SIDE = 3;

  private static final VectorSpecies<Float> S =
      Lanes.COUNT >= PARTIALS ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
  private static final int LANES = S.length();

  private FloatTapSums() {}

  /// Adds `Σ_q d[o, q]·image[taps[t] + q]` for three outputs o and three taps t, over `n` places, a
  /// multiple of [#PARTIALS].
  ///
  /// Row o of d begins at `dd + o·ldd`, the image at `io`; the partial sums of (o, t) begin at the
  /// place `so + o·lds + t·PARTIALS`.
  static void add(
      float[] d,
      int dd,
      int ldd,
      float[] image,
      int io,
      int[] taps,
      int first,
      int n,
      float[] sums,
      int so,
      int lds) {
    for (int lane = 0; lane < PARTIALS; lane += LANES) {
      tile(
          d,
          dd + lane,
          ldd,
          image,
          io + taps[first] + lane,
          io + taps[first + 1] + lane,
          io + taps[first + 2] + lane,
          n,
          PARTIALS,
          sums,
          so + lane,
          lds);
    }
  }

  /// One tile; `step` is [#PARTIALS], which the compiler is not to know: it would unroll the loop,
  /// and more numbers would be under way than there are registers for.
  private static void tile(
      float[] d,
      int d0,
      int ldd,
      float[] image,
      int i0,
      int i1,
      int i2,
      int n,
      int step,
      float[] sums,
      int s0,
      int lds) {
    int d1 = d0 + ldd;
    int d2 = d1 + ldd;
    int s1 = s0 + lds;
    int s2 = s1 + lds;
    FloatVector a0 = FloatVector.fromArray(S, sums, s0);
    FloatVector a1 = FloatVector.fromArray(S, sums, s0 + PARTIALS);
    FloatVector a2 = FloatVector.fromArray(S, sums, s0 + 2 * PARTIALS);
    FloatVector b0 = FloatVector.fromArray(S, sums, s1);
    FloatVector b1 = FloatVector.fromArray(S, sums, s1 + PARTIALS);
    FloatVector b2 = FloatVector.fromArray(S, sums, s1 + 2 * PARTIALS);
    FloatVector c0 = FloatVector.fromArray(S, sums, s2);
    FloatVector c1 = FloatVector.fromArray(S, sums, s2 + PARTIALS);
    FloatVector c2 = FloatVector.fromArray(S, sums, s2 + 2 * PARTIALS);
    for (int q = 0; q < n; q += step) {
      FloatVector x = FloatVector.fromArray(S, image, i0 + q);
      FloatVector y = FloatVector.fromArray(S, image, i1 + q);
      FloatVector z = FloatVector.fromArray(S, image, i2 + q);
      FloatVector a = FloatVector.fromArray(S, d, d0 + q);
      a0 = a.fma(x, a0);
      a1 = a.fma(y, a1);
      a2 = a.fma(z, a2);
      FloatVector b = FloatVector.fromArray(S, d, d1 + q);
      b0 = b.fma(x, b0);
      b1 = b.fma(y, b1);
      b2 = b.fma(z, b2);
      FloatVector c = FloatVector.fromArray(S, d, d2 + q);
      c0 = c.fma(x, c0);
      c1 = c.fma(y, c1);
      c2 = c.fma(z, c2);
    }
    a0.intoArray(sums, s0);
    a1.intoArray(sums, s0 + PARTIALS);
    a2.intoArray(sums, s0 + 2 * PARTIALS);
    b0.intoArray(sums, s1);
    b1.intoArray(sums, s1 + PARTIALS);
    b2.intoArray(sums, s1 + 2 * PARTIALS);
    c0.intoArray(sums, s2);
    c1.intoArray(sums, s2 + PARTIALS);
    c2.intoArray(sums, s2 + 2 * PARTIALS);
  }

  /// The sum of eight partial sums, by a tree.
  static float total(float[] sums, int at) {
    float left = (sums[at] + sums[at + 1]) + (sums[at + 2] + sums[at + 3]);
    return left + ((sums[at + 4] + sums[at + 5]) + (sums[at + 6] + sums[at + 7]));
  }
}
