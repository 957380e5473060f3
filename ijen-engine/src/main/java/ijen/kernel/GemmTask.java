package ijen.kernel;

/// One matrix product at a time: which operand is the left one, and who computes which part.
///
/// The output is cut into a grid of rectangles, one for each thread that takes part.
final class GemmTask implements Workers.Task {
  private static final Buffer NONE = Buffer.of(new float[0]);

  /// Multiply-adds that a thread must have to do, to be worth the barrier.
  private static final long WORTHWHILE = 64 * 1024;

  private final Workers workers;
  private final FloatGemm[] threads;

  private Buffer left = NONE;
  private Buffer right = NONE;
  private Buffer out = NONE;
  private boolean leftByK;
  private boolean rightByK;
  private boolean swapped;
  private int rows;
  private int columns;
  private int k;
  private boolean add;
  private int gridRows;
  private int gridColumns;

  GemmTask(Workers workers) {
    this.workers = workers;
    threads = new FloatGemm[workers.threads()];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new FloatGemm();
    }
  }

  /// As [Kernels#gemm].
  void multiply(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      Buffer a,
      Buffer b,
      Buffer out,
      boolean add) {
    // A·Bᵀ = (B·Aᵀ)ᵀ: both operands run along k, either can be the one that is packed.
    swapped =
        !transposeA
            && transposeB
            && m > 3
            && FloatGemm.cycles(false, false, true, n, m, k)
                < FloatGemm.cycles(false, false, false, m, n, k);
    this.left = swapped ? b : a;
    this.right = swapped ? a : b;
    this.out = out;
    this.rows = swapped ? n : m;
    this.columns = swapped ? m : n;
    this.k = k;
    this.leftByK = transposeA;
    this.rightByK = !transposeB;
    this.add = add;
    int parts = (int) Math.min(threads.length, (long) m * n * k / WORTHWHILE);
    if (parts <= 1) {
      multiply(threads[0], 0, rows, 0, columns);
    } else {
      chooseGrid(parts);
      workers.run(this);
    }
  }

  private void chooseGrid(int parts) {
    double best = Double.POSITIVE_INFINITY;
    for (int r = 1; r <= parts; r++) {
      int c = parts / r;
      double cycles =
          FloatGemm.cycles(
              leftByK,
              rightByK,
              swapped,
              largest(rows, FloatTile.ROWS, r),
              largest(columns, FloatTile.COLUMNS, c),
              k);
      if (cycles < best) {
        best = cycles;
        gridRows = r;
        gridColumns = c;
      }
    }
  }

  /// The largest of `parts` parts of `n` that are multiples of `unit`.
  private static int largest(int n, int unit, int parts) {
    return Math.min(n, Math.ceilDiv(Math.ceilDiv(n, unit), parts) * unit);
  }

  /// Where part `part` of `parts` parts of `n` begins: at a multiple of `unit`.
  private static int border(int n, int unit, int part, int parts) {
    long units = Math.ceilDiv(n, unit);
    return (int) Math.min(n, units * part / parts * unit);
  }

  @Override
  public void run(int part, int parts) {
    int r = part / gridColumns;
    int c = part % gridColumns;
    if (r < gridRows) {
      multiply(
          threads[part],
          border(rows, FloatTile.ROWS, r, gridRows),
          border(rows, FloatTile.ROWS, r + 1, gridRows),
          border(columns, FloatTile.COLUMNS, c, gridColumns),
          border(columns, FloatTile.COLUMNS, c + 1, gridColumns));
    }
  }

  /// The rectangle of rows `i0` to `i1 − 1` and columns `j0` to `j1 − 1` of the output.
  private void multiply(FloatGemm thread, int i0, int i1, int j0, int j1) {
    int ldl = leftByK ? rows : k;
    int ldr = rightByK ? columns : k;
    int ldo = swapped ? rows : columns;
    thread.multiply(
        left.floats(),
        left.offset + (leftByK ? i0 : i0 * ldl),
        ldl,
        leftByK,
        right.floats(),
        right.offset + (rightByK ? j0 : j0 * ldr),
        ldr,
        rightByK,
        out.floats(),
        out.offset + (swapped ? j0 * ldo + i0 : i0 * ldo + j0),
        ldo,
        swapped,
        i1 - i0,
        j1 - j0,
        k,
        add);
  }
}
