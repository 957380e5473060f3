package ijen.bench.machine;

import ijen.kernel.Workers;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Fused multiply-adds in registers: independent chains of them, and nothing else.
///
/// A processor starts a multiply-add on each of its ports in each cycle only if as many chains are
/// under way as ports × latency: 8 on most, up to 16 on some. Twelve chains fit the 16 registers of
/// AVX2 together with the two factors; sixteen need a machine with 32. Both are tried, the faster
/// is the peak.
final class MultiplyAddProbe extends Probe {
  /// The widest vectors that the JVM takes for fast on this machine.
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private static final int LANES = SPECIES.length();

  /// Small enough for sums of ones to be exact, which is how the answer is checked.
  private static final int LENGTH = 4096;

  private final int chains;
  private final float[][] sums;

  /// @param chains 12 or 16
  MultiplyAddProbe(Workers workers, int chains) {
    super(workers);
    this.chains = chains;
    this.sums = new float[workers.threads()][chains * LANES];
  }

  @Override
  double amount() {
    return 2.0 * chains * LANES * LENGTH;
  }

  @Override
  void repeat(int part) {
    if (chains == 12) {
      twelve(1, 1, LENGTH, sums[part]);
    } else {
      sixteen(1, 1, LENGTH, sums[part]);
    }
  }

  /// Chain c adds up `LENGTH` times 1·1, beginning with c.
  @Override
  boolean right() {
    for (float[] sum : sums) {
      for (int i = 0; i < sum.length; i++) {
        if (sum[i] != i / LANES + LENGTH) {
          return false;
        }
      }
    }
    return true;
  }

  private static void twelve(float x, float y, int n, float[] out) {
    FloatVector a = FloatVector.broadcast(SPECIES, x);
    FloatVector b = FloatVector.broadcast(SPECIES, y);
    FloatVector s0 = FloatVector.broadcast(SPECIES, 0);
    FloatVector s1 = FloatVector.broadcast(SPECIES, 1);
    FloatVector s2 = FloatVector.broadcast(SPECIES, 2);
    FloatVector s3 = FloatVector.broadcast(SPECIES, 3);
    FloatVector s4 = FloatVector.broadcast(SPECIES, 4);
    FloatVector s5 = FloatVector.broadcast(SPECIES, 5);
    FloatVector s6 = FloatVector.broadcast(SPECIES, 6);
    FloatVector s7 = FloatVector.broadcast(SPECIES, 7);
    FloatVector s8 = FloatVector.broadcast(SPECIES, 8);
    FloatVector s9 = FloatVector.broadcast(SPECIES, 9);
    FloatVector s10 = FloatVector.broadcast(SPECIES, 10);
    FloatVector s11 = FloatVector.broadcast(SPECIES, 11);
    for (int i = 0; i < n; i++) {
      s0 = a.fma(b, s0);
      s1 = a.fma(b, s1);
      s2 = a.fma(b, s2);
      s3 = a.fma(b, s3);
      s4 = a.fma(b, s4);
      s5 = a.fma(b, s5);
      s6 = a.fma(b, s6);
      s7 = a.fma(b, s7);
      s8 = a.fma(b, s8);
      s9 = a.fma(b, s9);
      s10 = a.fma(b, s10);
      s11 = a.fma(b, s11);
    }
    s0.intoArray(out, 0);
    s1.intoArray(out, LANES);
    s2.intoArray(out, 2 * LANES);
    s3.intoArray(out, 3 * LANES);
    s4.intoArray(out, 4 * LANES);
    s5.intoArray(out, 5 * LANES);
    s6.intoArray(out, 6 * LANES);
    s7.intoArray(out, 7 * LANES);
    s8.intoArray(out, 8 * LANES);
    s9.intoArray(out, 9 * LANES);
    s10.intoArray(out, 10 * LANES);
    s11.intoArray(out, 11 * LANES);
  }

  private static void sixteen(float x, float y, int n, float[] out) {
    FloatVector a = FloatVector.broadcast(SPECIES, x);
    FloatVector b = FloatVector.broadcast(SPECIES, y);
    FloatVector s0 = FloatVector.broadcast(SPECIES, 0);
    FloatVector s1 = FloatVector.broadcast(SPECIES, 1);
    FloatVector s2 = FloatVector.broadcast(SPECIES, 2);
    FloatVector s3 = FloatVector.broadcast(SPECIES, 3);
    FloatVector s4 = FloatVector.broadcast(SPECIES, 4);
    FloatVector s5 = FloatVector.broadcast(SPECIES, 5);
    FloatVector s6 = FloatVector.broadcast(SPECIES, 6);
    FloatVector s7 = FloatVector.broadcast(SPECIES, 7);
    FloatVector s8 = FloatVector.broadcast(SPECIES, 8);
    FloatVector s9 = FloatVector.broadcast(SPECIES, 9);
    FloatVector s10 = FloatVector.broadcast(SPECIES, 10);
    FloatVector s11 = FloatVector.broadcast(SPECIES, 11);
    FloatVector s12 = FloatVector.broadcast(SPECIES, 12);
    FloatVector s13 = FloatVector.broadcast(SPECIES, 13);
    FloatVector s14 = FloatVector.broadcast(SPECIES, 14);
    FloatVector s15 = FloatVector.broadcast(SPECIES, 15);
    for (int i = 0; i < n; i++) {
      s0 = a.fma(b, s0);
      s1 = a.fma(b, s1);
      s2 = a.fma(b, s2);
      s3 = a.fma(b, s3);
      s4 = a.fma(b, s4);
      s5 = a.fma(b, s5);
      s6 = a.fma(b, s6);
      s7 = a.fma(b, s7);
      s8 = a.fma(b, s8);
      s9 = a.fma(b, s9);
      s10 = a.fma(b, s10);
      s11 = a.fma(b, s11);
      s12 = a.fma(b, s12);
      s13 = a.fma(b, s13);
      s14 = a.fma(b, s14);
      s15 = a.fma(b, s15);
    }
    s0.intoArray(out, 0);
    s1.intoArray(out, LANES);
    s2.intoArray(out, 2 * LANES);
    s3.intoArray(out, 3 * LANES);
    s4.intoArray(out, 4 * LANES);
    s5.intoArray(out, 5 * LANES);
    s6.intoArray(out, 6 * LANES);
    s7.intoArray(out, 7 * LANES);
    s8.intoArray(out, 8 * LANES);
    s9.intoArray(out, 9 * LANES);
    s10.intoArray(out, 10 * LANES);
    s11.intoArray(out, 11 * LANES);
    s12.intoArray(out, 12 * LANES);
    s13.intoArray(out, 13 * LANES);
    s14.intoArray(out, 14 * LANES);
    s15.intoArray(out, 15 * LANES);
  }
}
