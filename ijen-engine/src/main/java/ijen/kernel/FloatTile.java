package ijen.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loops of the matrix product: a tile of outputs, held in registers while `k`
/// ascends.
///
/// Each output is one accumulator, from zero (if `fresh`) or from its old value, by fused
/// multiply-adds. The code is unrolled by hand because vectors stay in registers only as local
/// variables.
final class FloatTile {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;
  private static final int L = Lanes.COUNT;

  /// Rows of a tile.
  static final int ROWS = 6;

  /// Columns of a tile.
  static final int COLUMNS = 2 * L;

  /// Columns of [#row].
  static final int WIDE = 8 * L;

  /// Columns of [#dots].
  static final int DOTS = 8;

  private FloatTile() {}

  /// `c (+)= A·B` for up to [#ROWS] rows and [#COLUMNS] columns, with B in rows of any distance.
  ///
  /// Number (i, p) of A is at `ao + i·lda + p`, (p, j) of B at `bo + p·ldb + j`, (i, j) of C at `co
  /// + i·ldc + j`. A row beyond `rows` is computed as a copy of the last one and not stored: the
  ///   twelve accumulators hide each other's latency, so that fewer would take as long.
  static void strided(
      float[] a,
      int ao,
      int lda,
      int rows,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc,
      int k,
      boolean fresh) {
    int a1 = ao + (rows > 1 ? lda : 0);
    int a2 = a1 + (rows > 2 ? lda : 0);
    int a3 = a2 + (rows > 3 ? lda : 0);
    int a4 = a3 + (rows > 4 ? lda : 0);
    int a5 = a4 + (rows > 5 ? lda : 0);
    FloatVector zero = FloatVector.zero(F);
    FloatVector s0 = zero;
    FloatVector t0 = zero;
    FloatVector s1 = zero;
    FloatVector t1 = zero;
    FloatVector s2 = zero;
    FloatVector t2 = zero;
    FloatVector s3 = zero;
    FloatVector t3 = zero;
    FloatVector s4 = zero;
    FloatVector t4 = zero;
    FloatVector s5 = zero;
    FloatVector t5 = zero;
    if (!fresh) {
      int at = co;
      s0 = FloatVector.fromArray(F, c, at);
      t0 = FloatVector.fromArray(F, c, at + L);
      at += rows > 1 ? ldc : 0;
      s1 = FloatVector.fromArray(F, c, at);
      t1 = FloatVector.fromArray(F, c, at + L);
      at += rows > 2 ? ldc : 0;
      s2 = FloatVector.fromArray(F, c, at);
      t2 = FloatVector.fromArray(F, c, at + L);
      at += rows > 3 ? ldc : 0;
      s3 = FloatVector.fromArray(F, c, at);
      t3 = FloatVector.fromArray(F, c, at + L);
      at += rows > 4 ? ldc : 0;
      s4 = FloatVector.fromArray(F, c, at);
      t4 = FloatVector.fromArray(F, c, at + L);
      at += rows > 5 ? ldc : 0;
      s5 = FloatVector.fromArray(F, c, at);
      t5 = FloatVector.fromArray(F, c, at + L);
    }
    for (int p = 0, q = bo; p < k; p++, q += ldb) {
      FloatVector u = FloatVector.fromArray(F, b, q);
      FloatVector v = FloatVector.fromArray(F, b, q + L);
      FloatVector x0 = FloatVector.broadcast(F, a[ao + p]);
      s0 = x0.fma(u, s0);
      t0 = x0.fma(v, t0);
      FloatVector x1 = FloatVector.broadcast(F, a[a1 + p]);
      s1 = x1.fma(u, s1);
      t1 = x1.fma(v, t1);
      FloatVector x2 = FloatVector.broadcast(F, a[a2 + p]);
      s2 = x2.fma(u, s2);
      t2 = x2.fma(v, t2);
      FloatVector x3 = FloatVector.broadcast(F, a[a3 + p]);
      s3 = x3.fma(u, s3);
      t3 = x3.fma(v, t3);
      FloatVector x4 = FloatVector.broadcast(F, a[a4 + p]);
      s4 = x4.fma(u, s4);
      t4 = x4.fma(v, t4);
      FloatVector x5 = FloatVector.broadcast(F, a[a5 + p]);
      s5 = x5.fma(u, s5);
      t5 = x5.fma(v, t5);
    }
    int at = co;
    s0.intoArray(c, at);
    t0.intoArray(c, at + L);
    if (rows > 1) {
      at += ldc;
      s1.intoArray(c, at);
      t1.intoArray(c, at + L);
    }
    if (rows > 2) {
      at += ldc;
      s2.intoArray(c, at);
      t2.intoArray(c, at + L);
    }
    if (rows > 3) {
      at += ldc;
      s3.intoArray(c, at);
      t3.intoArray(c, at + L);
    }
    if (rows > 4) {
      at += ldc;
      s4.intoArray(c, at);
      t4.intoArray(c, at + L);
    }
    if (rows > 5) {
      at += ldc;
      s5.intoArray(c, at);
      t5.intoArray(c, at + L);
    }
  }

  /// The same with B in a panel, rows of [#COLUMNS] numbers without a gap, for any number of rows:
  /// tile after tile.
  ///
  /// The constant distance lets the compiler take the checks of B's index out of the loop, which
  /// then runs at 97 % of the peak rather than 87 %.
  static void packed(
      float[] a,
      int ao,
      int lda,
      int m,
      float[] b,
      int bo,
      float[] c,
      int co,
      int ldc,
      int k,
      boolean fresh) {
    FloatVector zero = FloatVector.zero(F);
    for (int i = 0; i < m; i += ROWS, ao += ROWS * lda, co += ROWS * ldc) {
      int rows = m - i;
      int a1 = ao + (rows > 1 ? lda : 0);
      int a2 = a1 + (rows > 2 ? lda : 0);
      int a3 = a2 + (rows > 3 ? lda : 0);
      int a4 = a3 + (rows > 4 ? lda : 0);
      int a5 = a4 + (rows > 5 ? lda : 0);
      FloatVector s0 = zero;
      FloatVector t0 = zero;
      FloatVector s1 = zero;
      FloatVector t1 = zero;
      FloatVector s2 = zero;
      FloatVector t2 = zero;
      FloatVector s3 = zero;
      FloatVector t3 = zero;
      FloatVector s4 = zero;
      FloatVector t4 = zero;
      FloatVector s5 = zero;
      FloatVector t5 = zero;
      if (!fresh) {
        int at = co;
        s0 = FloatVector.fromArray(F, c, at);
        t0 = FloatVector.fromArray(F, c, at + L);
        at += rows > 1 ? ldc : 0;
        s1 = FloatVector.fromArray(F, c, at);
        t1 = FloatVector.fromArray(F, c, at + L);
        at += rows > 2 ? ldc : 0;
        s2 = FloatVector.fromArray(F, c, at);
        t2 = FloatVector.fromArray(F, c, at + L);
        at += rows > 3 ? ldc : 0;
        s3 = FloatVector.fromArray(F, c, at);
        t3 = FloatVector.fromArray(F, c, at + L);
        at += rows > 4 ? ldc : 0;
        s4 = FloatVector.fromArray(F, c, at);
        t4 = FloatVector.fromArray(F, c, at + L);
        at += rows > 5 ? ldc : 0;
        s5 = FloatVector.fromArray(F, c, at);
        t5 = FloatVector.fromArray(F, c, at + L);
      }
      for (int p = 0; p < k; p++) {
        FloatVector u = FloatVector.fromArray(F, b, bo + p * COLUMNS);
        FloatVector v = FloatVector.fromArray(F, b, bo + p * COLUMNS + L);
        FloatVector x0 = FloatVector.broadcast(F, a[ao + p]);
        s0 = x0.fma(u, s0);
        t0 = x0.fma(v, t0);
        FloatVector x1 = FloatVector.broadcast(F, a[a1 + p]);
        s1 = x1.fma(u, s1);
        t1 = x1.fma(v, t1);
        FloatVector x2 = FloatVector.broadcast(F, a[a2 + p]);
        s2 = x2.fma(u, s2);
        t2 = x2.fma(v, t2);
        FloatVector x3 = FloatVector.broadcast(F, a[a3 + p]);
        s3 = x3.fma(u, s3);
        t3 = x3.fma(v, t3);
        FloatVector x4 = FloatVector.broadcast(F, a[a4 + p]);
        s4 = x4.fma(u, s4);
        t4 = x4.fma(v, t4);
        FloatVector x5 = FloatVector.broadcast(F, a[a5 + p]);
        s5 = x5.fma(u, s5);
        t5 = x5.fma(v, t5);
      }
      int at = co;
      s0.intoArray(c, at);
      t0.intoArray(c, at + L);
      if (rows > 1) {
        at += ldc;
        s1.intoArray(c, at);
        t1.intoArray(c, at + L);
      }
      if (rows > 2) {
        at += ldc;
        s2.intoArray(c, at);
        t2.intoArray(c, at + L);
      }
      if (rows > 3) {
        at += ldc;
        s3.intoArray(c, at);
        t3.intoArray(c, at + L);
      }
      if (rows > 4) {
        at += ldc;
        s4.intoArray(c, at);
        t4.intoArray(c, at + L);
      }
      if (rows > 5) {
        at += ldc;
        s5.intoArray(c, at);
        t5.intoArray(c, at + L);
      }
    }
  }

  /// `c (+)= a·B` for one row and 8 vectors of columns.
  static void row(
      float[] a, int ao, float[] b, int bo, int ldb, float[] c, int co, int k, boolean fresh) {
    FloatVector s0 = fresh ? FloatVector.zero(F) : FloatVector.fromArray(F, c, co);
    FloatVector s1 = fresh ? s0 : FloatVector.fromArray(F, c, co + 1 * L);
    FloatVector s2 = fresh ? s0 : FloatVector.fromArray(F, c, co + 2 * L);
    FloatVector s3 = fresh ? s0 : FloatVector.fromArray(F, c, co + 3 * L);
    FloatVector s4 = fresh ? s0 : FloatVector.fromArray(F, c, co + 4 * L);
    FloatVector s5 = fresh ? s0 : FloatVector.fromArray(F, c, co + 5 * L);
    FloatVector s6 = fresh ? s0 : FloatVector.fromArray(F, c, co + 6 * L);
    FloatVector s7 = fresh ? s0 : FloatVector.fromArray(F, c, co + 7 * L);
    for (int p = 0, q = bo; p < k; p++, q += ldb) {
      FloatVector x = FloatVector.broadcast(F, a[ao + p]);
      s0 = x.fma(FloatVector.fromArray(F, b, q), s0);
      s1 = x.fma(FloatVector.fromArray(F, b, q + 1 * L), s1);
      s2 = x.fma(FloatVector.fromArray(F, b, q + 2 * L), s2);
      s3 = x.fma(FloatVector.fromArray(F, b, q + 3 * L), s3);
      s4 = x.fma(FloatVector.fromArray(F, b, q + 4 * L), s4);
      s5 = x.fma(FloatVector.fromArray(F, b, q + 5 * L), s5);
      s6 = x.fma(FloatVector.fromArray(F, b, q + 6 * L), s6);
      s7 = x.fma(FloatVector.fromArray(F, b, q + 7 * L), s7);
    }
    s0.intoArray(c, co);
    s1.intoArray(c, co + 1 * L);
    s2.intoArray(c, co + 2 * L);
    s3.intoArray(c, co + 3 * L);
    s4.intoArray(c, co + 4 * L);
    s5.intoArray(c, co + 5 * L);
    s6.intoArray(c, co + 6 * L);
    s7.intoArray(c, co + 7 * L);
  }

  /// `c (+)= x·b` for one row of `n` numbers: a product whose `k` is 1.
  static void outer(float x, float[] b, int bo, float[] c, int co, int n, boolean fresh) {
    int j = 0;
    for (int end = F.loopBound(n); j < end; j += L) {
      FloatVector old = fresh ? FloatVector.zero(F) : FloatVector.fromArray(F, c, co + j);
      FloatVector.fromArray(F, b, bo + j)
          .fma(FloatVector.broadcast(F, x), old)
          .intoArray(c, co + j);
    }
    for (; j < n; j++) {
      c[co + j] = Math.fma(b[bo + j], x, fresh ? 0 : c[co + j]);
    }
  }

  /// `c ← c − rate·(x·b + decay·c)` for one row of `n` numbers.
  static void outerDescend(
      float x, float[] b, int bo, float[] c, int co, int n, float rate, float decay) {
    FloatVector factors = FloatVector.broadcast(F, x);
    FloatVector decays = FloatVector.broadcast(F, decay);
    FloatVector rates = FloatVector.broadcast(F, -rate);
    int j = 0;
    for (int end = F.loopBound(n); j < end; j += L) {
      FloatVector old = FloatVector.fromArray(F, c, co + j);
      FloatVector g = FloatVector.fromArray(F, b, bo + j).fma(factors, FloatVector.zero(F));
      rates.fma(decays.fma(old, g), old).intoArray(c, co + j);
    }
    for (; j < n; j++) {
      float old = c[co + j];
      float g = Math.fma(b[bo + j], x, 0f);
      c[co + j] = Math.fma(-rate, Math.fma(decay, old, g), old);
    }
  }

  /// `c ← c − rate·(g + decay·c)` for `rows` rows of `n` numbers, of which those of g are
  /// [#COLUMNS] apart.
  static void descend(
      float[] g, int rows, int n, float[] c, int co, int ldc, float rate, float decay) {
    FloatVector decays = FloatVector.broadcast(F, decay);
    FloatVector rates = FloatVector.broadcast(F, -rate);
    for (int r = 0, at = co, from = 0; r < rows; r++, at += ldc, from += COLUMNS) {
      if (n == COLUMNS) {
        FloatVector s = FloatVector.fromArray(F, c, at);
        FloatVector t = FloatVector.fromArray(F, c, at + L);
        FloatVector u = decays.fma(s, FloatVector.fromArray(F, g, from));
        FloatVector v = decays.fma(t, FloatVector.fromArray(F, g, from + L));
        rates.fma(u, s).intoArray(c, at);
        rates.fma(v, t).intoArray(c, at + L);
      } else {
        for (int j = 0; j < n; j++) {
          float old = c[at + j];
          c[at + j] = Math.fma(-rate, Math.fma(decay, old, g[from + j]), old);
        }
      }
    }
  }

  /// `c[j] (+)= a·b[j]` for one row `a` and up to 8 rows `b[j]`: rows beyond `n` repeat the last
  /// one and are not stored.
  static void dots(
      float[] a,
      int ao,
      float[] b,
      int bo,
      int ldb,
      int n,
      float[] c,
      int co,
      int k,
      boolean fresh) {
    int b1 = bo + (n > 1 ? ldb : 0);
    int b2 = b1 + (n > 2 ? ldb : 0);
    int b3 = b2 + (n > 3 ? ldb : 0);
    int b4 = b3 + (n > 4 ? ldb : 0);
    int b5 = b4 + (n > 5 ? ldb : 0);
    int b6 = b5 + (n > 6 ? ldb : 0);
    int b7 = b6 + (n > 7 ? ldb : 0);
    float s0 = fresh ? 0 : c[co];
    float s1 = fresh || n <= 1 ? 0 : c[co + 1];
    float s2 = fresh || n <= 2 ? 0 : c[co + 2];
    float s3 = fresh || n <= 3 ? 0 : c[co + 3];
    float s4 = fresh || n <= 4 ? 0 : c[co + 4];
    float s5 = fresh || n <= 5 ? 0 : c[co + 5];
    float s6 = fresh || n <= 6 ? 0 : c[co + 6];
    float s7 = fresh || n <= 7 ? 0 : c[co + 7];
    for (int p = 0; p < k; p++) {
      float x = a[ao + p];
      s0 = Math.fma(x, b[bo + p], s0);
      s1 = Math.fma(x, b[b1 + p], s1);
      s2 = Math.fma(x, b[b2 + p], s2);
      s3 = Math.fma(x, b[b3 + p], s3);
      s4 = Math.fma(x, b[b4 + p], s4);
      s5 = Math.fma(x, b[b5 + p], s5);
      s6 = Math.fma(x, b[b6 + p], s6);
      s7 = Math.fma(x, b[b7 + p], s7);
    }
    c[co] = s0;
    if (n > 1) {
      c[co + 1] = s1;
    }
    if (n > 2) {
      c[co + 2] = s2;
    }
    if (n > 3) {
      c[co + 3] = s3;
    }
    if (n > 4) {
      c[co + 4] = s4;
    }
    if (n > 5) {
      c[co + 5] = s5;
    }
    if (n > 6) {
      c[co + 6] = s6;
    }
    if (n > 7) {
      c[co + 7] = s7;
    }
  }
}
