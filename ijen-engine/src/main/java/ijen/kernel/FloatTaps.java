package ijen.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loops of convolution: a tile of sums, held in registers while the taps of the
/// window are gone through.
///
/// A tap is a number of the window in one channel; `taps` holds how far from an output's place in
/// the image the number lies that it is multiplied with. So the image is read where it is: patches
/// are never copied out of it. Each sum is one accumulator over ascending taps, by fused
/// multiply-adds. As in [FloatTile], a row beyond `rows` is computed as a copy of another and not
/// stored.
///
/// The index of the image is checked in every turn, before which all numbers of a turn are loaded:
/// more sums than these, and one of them would go by way of memory, which takes three times as long
/// as all else.
final class FloatTaps {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;
  private static final int L = Lanes.COUNT;

  /// Sums of [#places] that share numbers of the image.
  static final int OUTPUTS = 3;

  /// Rows of [#columns].
  static final int ROWS = 4;

  /// Columns of [#columns].
  static final int COLUMNS = 2 * L;

  private FloatTaps() {}

  /// Lanes are neighbouring places of the image, three vectors of them, for up to [#OUTPUTS] rows:
  /// place j of row i is start i, plus the sum of weight (t, i) times number `j + taps[t]` of the
  /// image over the taps t from `from` to `to − 1`.
  ///
  /// The vectors begin at `u`, `v` and `w` of the image; weight (t, i) is at `wo + t·OUTPUTS + i`;
  /// row i of the vectors is stored at `ou + i·ldo`, `ov + i·ldo` and `ow + i·ldo`.
  static void places(
      float[] image,
      int u,
      int v,
      int w,
      int[] taps,
      int from,
      int to,
      float[] weights,
      int wo,
      float[] start,
      int so,
      int rows,
      float[] out,
      int ou,
      int ov,
      int ow,
      int ldo) {
    FloatVector u0 = FloatVector.broadcast(F, start[so]);
    FloatVector u1 = FloatVector.broadcast(F, start[so + 1]);
    FloatVector u2 = FloatVector.broadcast(F, start[so + 2]);
    FloatVector v0 = u0;
    FloatVector v1 = u1;
    FloatVector v2 = u2;
    FloatVector w0 = u0;
    FloatVector w1 = u1;
    FloatVector w2 = u2;
    for (int p = from; p < to; p++) {
      int at = taps[p];
      FloatVector x = FloatVector.fromArray(F, image, u + at);
      FloatVector y = FloatVector.fromArray(F, image, v + at);
      FloatVector z = FloatVector.fromArray(F, image, w + at);
      FloatVector a0 = FloatVector.broadcast(F, weights[wo + p * OUTPUTS]);
      u0 = a0.fma(x, u0);
      v0 = a0.fma(y, v0);
      w0 = a0.fma(z, w0);
      FloatVector a1 = FloatVector.broadcast(F, weights[wo + p * OUTPUTS + 1]);
      u1 = a1.fma(x, u1);
      v1 = a1.fma(y, v1);
      w1 = a1.fma(z, w1);
      FloatVector a2 = FloatVector.broadcast(F, weights[wo + p * OUTPUTS + 2]);
      u2 = a2.fma(x, u2);
      v2 = a2.fma(y, v2);
      w2 = a2.fma(z, w2);
    }
    u0.intoArray(out, ou);
    v0.intoArray(out, ov);
    w0.intoArray(out, ow);
    if (rows > 1) {
      u1.intoArray(out, ou + ldo);
      v1.intoArray(out, ov + ldo);
      w1.intoArray(out, ow + ldo);
    }
    if (rows > 2) {
      u2.intoArray(out, ou + 2 * ldo);
      v2.intoArray(out, ov + 2 * ldo);
      w2.intoArray(out, ow + 2 * ldo);
    }
  }

  /// Lanes are neighbouring columns of a panel, `[taps, COLUMNS]` without gaps, for up to [#ROWS]
  /// places: column j of row i is start (i, j), plus the sum of panel (t, j) times number
  /// `places[first + i] + taps[t]` of the image over the taps t from `from` to `to − 1`.
  ///
  /// Number 0 of the image is at `io`, of the panel at `po`; `out` has rows of [#COLUMNS], `start`
  /// rows at the distance `lds`, 0 for the same one for all; it may be `out`.
  static void columns(
      float[] image,
      int io,
      int[] places,
      int first,
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
    int a0 = io + places[first];
    int a1 = rows > 1 ? io + places[first + 1] : a0;
    int a2 = rows > 2 ? io + places[first + 2] : a0;
    int a3 = rows > 3 ? io + places[first + 3] : a0;
    int at = so;
    FloatVector s0 = FloatVector.fromArray(F, start, at);
    FloatVector t0 = FloatVector.fromArray(F, start, at + L);
    at += rows > 1 ? lds : 0;
    FloatVector s1 = FloatVector.fromArray(F, start, at);
    FloatVector t1 = FloatVector.fromArray(F, start, at + L);
    at += rows > 2 ? lds : 0;
    FloatVector s2 = FloatVector.fromArray(F, start, at);
    FloatVector t2 = FloatVector.fromArray(F, start, at + L);
    at += rows > 3 ? lds : 0;
    FloatVector s3 = FloatVector.fromArray(F, start, at);
    FloatVector t3 = FloatVector.fromArray(F, start, at + L);
    for (int p = from; p < to; p++) {
      int tap = taps[p];
      FloatVector u = FloatVector.fromArray(F, panel, po + p * COLUMNS);
      FloatVector v = FloatVector.fromArray(F, panel, po + p * COLUMNS + L);
      FloatVector x0 = FloatVector.broadcast(F, image[a0 + tap]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(F, image[a1 + tap]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
      FloatVector x2 = FloatVector.broadcast(F, image[a2 + tap]);
      s2 = x2.fma(u, s2);
      t2 = x2.fma(v, t2);
      FloatVector x3 = FloatVector.broadcast(F, image[a3 + tap]);
      s3 = x3.fma(u, s3);
      t3 = x3.fma(v, t3);
    }
    s0.intoArray(out, oo);
    t0.intoArray(out, oo + L);
    if (rows > 1) {
      s1.intoArray(out, oo + COLUMNS);
      t1.intoArray(out, oo + COLUMNS + L);
    }
    if (rows > 2) {
      s2.intoArray(out, oo + 2 * COLUMNS);
      t2.intoArray(out, oo + 2 * COLUMNS + L);
    }
    if (rows > 3) {
      s3.intoArray(out, oo + 3 * COLUMNS);
      t3.intoArray(out, oo + 3 * COLUMNS + L);
    }
  }
}
