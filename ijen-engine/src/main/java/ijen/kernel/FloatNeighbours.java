package ijen.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// [FloatTaps#columns] for three to five places that are neighbours in the image: known distances
/// spare the compiler most checks of the image's index, and half of the time.
final class FloatNeighbours {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;
  private static final int L = Lanes.COUNT;
  private static final int COLUMNS = FloatTaps.COLUMNS;

  /// Most rows; five times two sums are as many as registers hold beside what they are made of.
  static final int MOST = 5;

  private FloatNeighbours() {}

  /// How many of `n` neighbours, from number `j` on, make the next tile: all are cut into the
  /// fewest tiles, which are as even as can be.
  static int run(int j, int n) {
    int parts = Math.ceilDiv(n, MOST);
    int part = j * parts / n;
    while (part * n / parts <= j) {
      part++;
    }
    return part * n / parts - j;
  }

  /// As [FloatTaps#columns] for the places `a`, `a + 1`, …, `a + rows − 1` of the image.
  ///
  /// @return whether there is a loop for so many rows; if not, nothing is done
  static boolean columns(
      float[] image,
      int a,
      int rows,
      int[] taps,
      int from,
      int to,
      float[] panel,
      int po,
      float[] start,
      int so,
      int lds,
      float[] out,
      int oo) {
    switch (rows) {
      case 3 -> three(image, a, taps, from, to, panel, po, start, so, lds, out, oo);
      case 4 -> four(image, a, taps, from, to, panel, po, start, so, lds, out, oo);
      case 5 -> five(image, a, taps, from, to, panel, po, start, so, lds, out, oo);
      default -> {
        return false;
      }
    }
    return true;
  }

  /// Three rows.
  private static void three(
      float[] image,
      int a,
      int[] taps,
      int from,
      int to,
      float[] panel,
      int po,
      float[] start,
      int so,
      int lds,
      float[] out,
      int oo) {
    FloatVector s0 = FloatVector.fromArray(F, start, so);
    FloatVector t0 = FloatVector.fromArray(F, start, so + L);
    FloatVector s1 = FloatVector.fromArray(F, start, so + lds);
    FloatVector t1 = FloatVector.fromArray(F, start, so + lds + L);
    FloatVector s2 = FloatVector.fromArray(F, start, so + 2 * lds);
    FloatVector t2 = FloatVector.fromArray(F, start, so + 2 * lds + L);
    for (int p = from; p < to; p++) {
      int at = a + taps[p];
      FloatVector u = FloatVector.fromArray(F, panel, po + p * COLUMNS);
      FloatVector v = FloatVector.fromArray(F, panel, po + p * COLUMNS + L);
      FloatVector x0 = FloatVector.broadcast(F, image[at]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(F, image[at + 1]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
      FloatVector x2 = FloatVector.broadcast(F, image[at + 2]);
      s2 = x2.fma(u, s2);
      t2 = x2.fma(v, t2);
    }
    s0.intoArray(out, oo);
    t0.intoArray(out, oo + L);
    s1.intoArray(out, oo + COLUMNS);
    t1.intoArray(out, oo + COLUMNS + L);
    s2.intoArray(out, oo + 2 * COLUMNS);
    t2.intoArray(out, oo + 2 * COLUMNS + L);
  }

  /// Four rows.
  private static void four(
      float[] image,
      int a,
      int[] taps,
      int from,
      int to,
      float[] panel,
      int po,
      float[] start,
      int so,
      int lds,
      float[] out,
      int oo) {
    FloatVector s0 = FloatVector.fromArray(F, start, so);
    FloatVector t0 = FloatVector.fromArray(F, start, so + L);
    FloatVector s1 = FloatVector.fromArray(F, start, so + lds);
    FloatVector t1 = FloatVector.fromArray(F, start, so + lds + L);
    FloatVector s2 = FloatVector.fromArray(F, start, so + 2 * lds);
    FloatVector t2 = FloatVector.fromArray(F, start, so + 2 * lds + L);
    FloatVector s3 = FloatVector.fromArray(F, start, so + 3 * lds);
    FloatVector t3 = FloatVector.fromArray(F, start, so + 3 * lds + L);
    for (int p = from; p < to; p++) {
      int at = a + taps[p];
      FloatVector u = FloatVector.fromArray(F, panel, po + p * COLUMNS);
      FloatVector v = FloatVector.fromArray(F, panel, po + p * COLUMNS + L);
      FloatVector x0 = FloatVector.broadcast(F, image[at]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(F, image[at + 1]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
      FloatVector x2 = FloatVector.broadcast(F, image[at + 2]);
      s2 = x2.fma(u, s2);
      t2 = x2.fma(v, t2);
      FloatVector x3 = FloatVector.broadcast(F, image[at + 3]);
      s3 = x3.fma(u, s3);
      t3 = x3.fma(v, t3);
    }
    s0.intoArray(out, oo);
    t0.intoArray(out, oo + L);
    s1.intoArray(out, oo + COLUMNS);
    t1.intoArray(out, oo + COLUMNS + L);
    s2.intoArray(out, oo + 2 * COLUMNS);
    t2.intoArray(out, oo + 2 * COLUMNS + L);
    s3.intoArray(out, oo + 3 * COLUMNS);
    t3.intoArray(out, oo + 3 * COLUMNS + L);
  }

  /// Five rows.
  private static void five(
      float[] image,
      int a,
      int[] taps,
      int from,
      int to,
      float[] panel,
      int po,
      float[] start,
      int so,
      int lds,
      float[] out,
      int oo) {
    FloatVector s0 = FloatVector.fromArray(F, start, so);
    FloatVector t0 = FloatVector.fromArray(F, start, so + L);
    FloatVector s1 = FloatVector.fromArray(F, start, so + lds);
    FloatVector t1 = FloatVector.fromArray(F, start, so + lds + L);
    FloatVector s2 = FloatVector.fromArray(F, start, so + 2 * lds);
    FloatVector t2 = FloatVector.fromArray(F, start, so + 2 * lds + L);
    FloatVector s3 = FloatVector.fromArray(F, start, so + 3 * lds);
    FloatVector t3 = FloatVector.fromArray(F, start, so + 3 * lds + L);
    FloatVector s4 = FloatVector.fromArray(F, start, so + 4 * lds);
    FloatVector t4 = FloatVector.fromArray(F, start, so + 4 * lds + L);
    for (int p = from; p < to; p++) {
      int at = a + taps[p];
      FloatVector u = FloatVector.fromArray(F, panel, po + p * COLUMNS);
      FloatVector v = FloatVector.fromArray(F, panel, po + p * COLUMNS + L);
      FloatVector x0 = FloatVector.broadcast(F, image[at]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(F, image[at + 1]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
      FloatVector x2 = FloatVector.broadcast(F, image[at + 2]);
      s2 = x2.fma(u, s2);
      t2 = x2.fma(v, t2);
      FloatVector x3 = FloatVector.broadcast(F, image[at + 3]);
      s3 = x3.fma(u, s3);
      t3 = x3.fma(v, t3);
      FloatVector x4 = FloatVector.broadcast(F, image[at + 4]);
      s4 = x4.fma(u, s4);
      t4 = x4.fma(v, t4);
    }
    s0.intoArray(out, oo);
    t0.intoArray(out, oo + L);
    s1.intoArray(out, oo + COLUMNS);
    t1.intoArray(out, oo + COLUMNS + L);
    s2.intoArray(out, oo + 2 * COLUMNS);
    t2.intoArray(out, oo + 2 * COLUMNS + L);
    s3.intoArray(out, oo + 3 * COLUMNS);
    t3.intoArray(out, oo + 3 * COLUMNS + L);
    s4.intoArray(out, oo + 4 * COLUMNS);
    t4.intoArray(out, oo + 4 * COLUMNS + L);
  }
}
