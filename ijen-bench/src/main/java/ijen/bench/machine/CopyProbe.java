package ijen.bench.machine;

import ijen.kernel.Workers;
import java.util.Arrays;

/// Copying between two arrays, or adding one to the other in place, again and again the same
/// numbers: each thread a stretch of its own.
///
/// What the program reads and writes counts, as in the STREAM benchmark: 8 bytes for a number
/// copied, 12 for one updated. That the processor also reads the lines that a copy overwrites does
/// not count; this is why updating in place shows the higher rate.
final class CopyProbe extends Probe {
  private final boolean update;
  private final float[] source;
  private final float[] target;
  private final int threads;
  private final int length;

  /// @param update whether to add in place rather than to copy
  /// @param workingSet the bytes of both arrays that each thread goes over; less, if the arrays are
  ///   too short for that
  CopyProbe(Workers workers, boolean update, float[] source, float[] target, long workingSet) {
    super(workers);
    this.update = update;
    this.source = source;
    this.target = target;
    this.threads = workers.threads();
    this.length = (int) Math.min(workingSet / (2L * Float.BYTES), source.length / threads);
  }

  /// The bytes that each thread goes over.
  long workingSet() {
    return 2L * Float.BYTES * length;
  }

  @Override
  double amount() {
    return (update ? 3.0 : 2.0) * Float.BYTES * length;
  }

  @Override
  void repeat(int part) {
    if (update) {
      add(source, target, part * length, (part + 1) * length);
    } else {
      System.arraycopy(source, part * length, target, part * length, length);
    }
  }

  private static void add(float[] source, float[] target, int from, int to) {
    for (int i = from; i < to; i++) {
      target[i] += source[i];
    }
  }

  @Override
  boolean right() {
    Arrays.fill(target, 0, threads * length, 0);
    for (int part = 0; part < threads; part++) {
      repeat(part);
    }
    return Arrays.equals(source, 0, threads * length, target, 0, threads * length);
  }
}
