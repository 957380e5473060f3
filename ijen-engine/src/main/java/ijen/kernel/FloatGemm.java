package ijen.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// The matrix product of one thread, with its scratch memory.
///
/// The product is cut into tiles ([FloatTile]) of a few rows of the left operand by two vectors of
/// columns of the right one. The right operand is packed into panels, `[k, columns of a tile]`,
/// unless too few rows would use them; the left operand is read in place where its rows run along
/// `k`, and transposed block by block where they do not.
///
/// **The same bits.** Each output is one accumulator over ascending `k`, continued from the output
/// itself where `k` is cut into blocks. No choice made here (tile, block, path, which operand is
/// left) can be seen in a result.
///
/// **Source:** the division into panels and register tiles is that of Goto and van de Geijn,
/// "Anatomy of high-performance matrix multiplication", ACM TOMS 34(3), 2008.
final class FloatGemm {
  private static final int L = Lanes.COUNT;
  private static final int M = FloatTile.ROWS;
  private static final int N = FloatTile.COLUMNS;

  /// Longest block of `k`: a panel of it fills a part of the second-level cache, from which it
  /// streams as fast as the multipliers ask for it.
  private static final int BLOCK_K = 1024;

  /// Most rows of the left operand that one panel is used for; a multiple of [FloatTile#ROWS].
  private static final int BLOCK_ROWS = 480;

  /// Most rows for which packing a panel costs more than reading it in place.
  private static final int IN_PLACE = 24;

  /// Most rows that are multiplied one at a time.
  private static final int FEW = 3;

  /// Rows of a panel's results that are used up at a time, while they are in the nearest cache.
  private static final int AT_ONCE = 8 * FloatTile.ROWS;

  private final float[] scratch = new float[1024];
  private float[] panel = {};
  private float[] results = {};
  private float[] block = {};

  // Operands of the call that the loops below share, as described at multiply.
  private float[] right = {};
  private int ro;
  private int ldr;
  private boolean rightByK;
  private float[] out = {};
  private int oo;
  private int stepRow;
  private int stepColumn;

  // The step that takes the place of storing, as described at multiply.
  private boolean descends;
  private float rate;
  private float decay;

  /// An estimate of the machine cycles of a product, to choose between ways of doing it.
  static double cycles(
      boolean leftByK, boolean rightByK, boolean swapped, int rows, int columns, int k) {
    double tileRows = Math.ceilDiv(rows, M) * M;
    double panels = Math.ceilDiv(columns, N);
    double tiles = tileRows * panels * k; // two multiply-adds a cycle
    double transposing = 0.4 * k * ((leftByK ? rows : 0) + (rightByK ? 0 : columns));
    double packing = rightByK ? 0.15 * k * columns : 0;
    double storing = swapped ? 0.8 * rows * columns : 0;
    return tiles + transposing + packing + storing;
  }

  /// Rows `from` to `to − 1` of `c (+)= a·bᵀ`, by [FloatDots].
  void dots(Buffer a, int from, int to, Buffer b, int n, int k, Buffer c, boolean add) {
    FloatDots.multiply(
        a.floats(),
        a.offset + from * k,
        to - from,
        b.floats(),
        b.offset,
        n,
        k,
        c.floats(),
        c.offset + from * n,
        add,
        scratch);
  }

  /// Applies `f` in place to the rows `r0` to `r1 − 1` and columns `c0` to `c1 − 1` of a matrix
  /// that is `width` wide.
  void activate(Pointwise f, Buffer y, int r0, int r1, int c0, int c1, int width) {
    if (c1 - c0 == width) {
      FloatActivations.apply(f, y, scratch, r0 * width, r1 * width);
    } else {
      for (int r = r0; r < r1; r++) {
        FloatActivations.apply(f, y, scratch, r * width + c0, r * width + c1);
      }
    }
  }

  /// Whether a step can be taken tile by tile for products of so many rows and terms: each number
  /// must be ready when its tile is.
  static boolean descends(int rows, int k) {
    return rows > FEW && k <= BLOCK_K;
  }

  /// `out (+)= left·right`.
  ///
  /// Number (i, p) of the left operand is at `lo + i·ldl + p`, or `lo + p·ldl + i` if `leftByK`;
  /// number (p, j) of the right one at `ro + j·ldr + p`, or `ro + p·ldr + j` if `rightByK`; output
  /// (i, j) is at `oo + i·ldo + j`, or `oo + j·ldo + i` if `swapped`.
  ///
  /// If `descends`, which is for products that [#descends] allows, neither swapped nor added to, it
  /// takes the step `out ← out − rate·(left·right + decay·out)` instead, tile by tile.
  void multiply(
      float[] left,
      int lo,
      int ldl,
      boolean leftByK,
      float[] right,
      int ro,
      int ldr,
      boolean rightByK,
      float[] out,
      int oo,
      int ldo,
      boolean swapped,
      int rows,
      int columns,
      int k,
      boolean add,
      boolean descends,
      float rate,
      float decay) {
    this.descends = descends;
    this.rate = rate;
    this.decay = decay;
    this.right = right;
    this.ro = ro;
    this.ldr = ldr;
    this.rightByK = rightByK;
    this.out = out;
    this.oo = oo;
    this.stepRow = swapped ? 1 : ldo;
    this.stepColumn = swapped ? ldo : 1;
    int blocks = Math.max(1, Math.ceilDiv(k, BLOCK_K));
    int length = Math.ceilDiv(k, blocks);
    if (panel.length < length * N) {
      panel = new float[length * N];
    }
    for (int i = 0; i < rows; i += BLOCK_ROWS) {
      int m = Math.min(BLOCK_ROWS, rows - i);
      int p = 0;
      do { // once even if k is 0, to store the zeros
        int kc = Math.min(length, k - p);
        boolean fresh = p == 0 && !add;
        if (leftByK) {
          if (block.length < m * kc) {
            block = new float[m * kc];
          }
          FloatTranspose.copy(left, lo + p * ldl + i, ldl, kc, m, block, 0, kc);
          multiplyBlock(block, 0, kc, i, m, columns, p, kc, fresh);
        } else {
          multiplyBlock(left, lo + i * ldl + p, ldl, i, m, columns, p, kc, fresh);
        }
        p += length;
      } while (p < k);
    }
  }

  /// Rows `i` to `i + m − 1` of the output, over the `k` numbers of each row from number `p` on.
  private void multiplyBlock(
      float[] a, int ao, int lda, int i, int m, int columns, int p, int k, boolean fresh) {
    if (k == 1 && rightByK && stepColumn == 1 && !descends) {
      for (int r = 0; r < m; r++) {
        int at = oo + (i + r) * stepRow;
        FloatTile.outer(a[ao + r * lda], right, ro + p * ldr, out, at, columns, fresh);
      }
      return;
    }
    int j =
        m <= FEW && stepColumn == 1 && !descends
            ? multiplyFew(a, ao, lda, i, m, columns, p, k, fresh)
            : 0;
    for (; j < columns; j += N) {
      int n = Math.min(N, columns - j);
      int at = rightByK ? ro + p * ldr + j : ro + j * ldr + p;
      if (rightByK && n == N && m <= IN_PLACE) {
        multiplyPanel(a, ao, lda, right, at, ldr, i, j, m, n, k, fresh);
      } else {
        if (n < N) {
          Arrays.fill(panel, 0, k * N, 0f);
        }
        if (rightByK) {
          pack(right, at, ldr, n, k, panel);
        } else {
          FloatTranspose.copy(right, at, ldr, n, k, panel, 0, N);
        }
        multiplyPanel(a, ao, lda, panel, 0, N, i, j, m, n, k, fresh);
      }
    }
  }

  /// A panel's columns of the output, `n` of them.
  private void multiplyPanel(
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      int i,
      int j,
      int m,
      int n,
      int k,
      boolean fresh) {
    int at = oo + i * stepRow + j * stepColumn;
    if (descends) {
      for (int r = 0; r < m; r += AT_ONCE) {
        int rows = Math.min(AT_ONCE, m - r);
        tiles(a, ao + r * lda, lda, rows, b, bo, ldb, room(rows), 0, N, k, true);
        FloatTile.descend(results, rows, n, out, at + r * stepRow, stepRow, rate, decay);
      }
    } else if (n == N && stepColumn == 1) {
      tiles(a, ao, lda, m, b, bo, ldb, out, at, stepRow, k, fresh);
    } else if (stepColumn == 1) { // narrower than a tile
      float[] results = room(m);
      for (int r = 0; r < m && !fresh; r++) {
        System.arraycopy(out, at + r * stepRow, results, r * N, n);
      }
      tiles(a, ao, lda, m, b, bo, ldb, results, 0, N, k, fresh);
      for (int r = 0; r < m; r++) {
        System.arraycopy(results, r * N, out, at + r * stepRow, n);
      }
    } else { // across
      float[] results = room(m);
      if (!fresh) {
        FloatTranspose.copy(out, at, stepColumn, n, m, results, 0, N);
      }
      tiles(a, ao, lda, m, b, bo, ldb, results, 0, N, k, fresh);
      FloatTranspose.copy(results, 0, N, m, n, out, at, stepColumn);
    }
  }

  private float[] room(int rows) {
    if (results.length < rows * N) {
      results = new float[rows * N];
    }
    return results;
  }

  private static void tiles(
      float[] a,
      int ao,
      int lda,
      int m,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc,
      int k,
      boolean fresh) {
    if (ldb == N) {
      FloatTile.packed(a, ao, lda, m, b, bo, c, co, ldc, k, fresh);
      return;
    }
    for (int r = 0; r < m; r += M) {
      int rows = Math.min(M, m - r);
      FloatTile.strided(a, ao + r * lda, lda, rows, b, bo, ldb, c, co + r * ldc, ldc, k, fresh);
    }
  }

  /// Multiplies up to [#FEW] rows, one at a time, as far as loops for that exist; returns the
  /// number of columns done.
  private int multiplyFew(
      float[] a, int ao, int lda, int i, int m, int columns, int p, int k, boolean fresh) {
    if (!rightByK && m == FEW) {
      return 0; // packing a panel for three rows is faster than three rows of scalar chains
    }
    int end = rightByK ? columns - columns % FloatTile.WIDE : columns;
    for (int r = 0; r < m; r++) {
      int at = oo + (i + r) * stepRow;
      int row = ao + r * lda;
      if (rightByK) {
        for (int j = 0; j < end; j += FloatTile.WIDE) {
          FloatTile.row(a, row, right, ro + p * ldr + j, ldr, out, at + j, k, fresh);
        }
      } else {
        for (int j = 0; j < end; j += FloatTile.DOTS) {
          int n = Math.min(FloatTile.DOTS, end - j);
          FloatTile.dots(a, row, right, ro + j * ldr + p, ldr, n, out, at + j, k, fresh);
        }
      }
    }
    return end;
  }

  /// Copies `k` rows of `columns` numbers into a panel.
  private static void pack(float[] x, int xo, int ld, int columns, int k, float[] panel) {
    for (int p = 0, at = xo; p < k; p++, at += ld) {
      if (columns == N) {
        FloatVector.fromArray(Lanes.FLOAT, x, at).intoArray(panel, p * N);
        FloatVector.fromArray(Lanes.FLOAT, x, at + L).intoArray(panel, p * N + L);
      } else {
        for (int j = 0; j < columns; j++) {
          panel[p * N + j] = x[at + j];
        }
      }
    }
  }
}
