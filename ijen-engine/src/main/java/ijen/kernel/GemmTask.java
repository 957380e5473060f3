package ijen.kernel;

import org.jspecify.annotations.Nullable;

/// One matrix product at a time: which operand is the left one, and who computes which part.
///
/// The output is cut into a grid of rectangles, one for each thread that takes part. Products of
/// few columns and a long `k` are done by [FloatDots], all others by [FloatGemm]; which of the two
/// depends on the sizes of the right operand alone.
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
  private boolean dots;
  private int rows;
  private int columns;
  private int k;
  private boolean add;
  private @Nullable Buffer bias;
  private Pointwise activation = Pointwise.NONE;
  private @Nullable Buffer theta;
  private float rate;
  private float decay;
  private int gridRows;
  private int gridColumns;

  GemmTask(Workers workers) {
    this.workers = workers;
    threads = new FloatGemm[workers.threads()];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new FloatGemm();
    }
  }

  /// As [Kernels#affine]: each thread sets its rectangle to the bias, multiplies, and applies the
  /// activation while the rectangle is in its cache.
  void affine(
      int m,
      int n,
      int k,
      Buffer x,
      Buffer weight,
      @Nullable Buffer bias,
      Pointwise activation,
      Buffer out) {
    this.bias = bias;
    this.activation = activation;
    this.theta = null;
    product(false, true, m, n, k, x, weight, out, bias != null);
  }

  /// As [Kernels#gemmDescend]: each thread multiplies its rectangle, and takes the step with it
  /// while it is in its cache.
  void descend(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      Buffer a,
      Buffer b,
      Buffer room,
      Buffer theta,
      double rate,
      double decay) {
    this.bias = null;
    this.activation = Pointwise.NONE;
    this.theta = theta;
    this.rate = (float) rate;
    this.decay = (float) decay;
    product(transposeA, transposeB, m, n, k, a, b, room, false);
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
    this.bias = null;
    this.activation = Pointwise.NONE;
    this.theta = null;
    product(transposeA, transposeB, m, n, k, a, b, out, add);
  }

  /// The product, with what the fields say is to be done before and after it.
  private void product(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      Buffer a,
      Buffer b,
      Buffer out,
      boolean add) {
    dots = !transposeA && transposeB && FloatDots.suits(n, k);
    // A·Bᵀ = (B·Aᵀ)ᵀ: both operands run along k, either can be the one that is packed.
    swapped =
        !transposeA
            && transposeB
            && !dots
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
    int parts = (int) Math.min(workers.active(), (long) m * n * k / WORTHWHILE);
    if (parts <= 1) {
      multiply(threads[0], 0, rows, 0, columns);
    } else {
      chooseGrid(parts);
      workers.run(this);
    }
  }

  private void chooseGrid(int parts) {
    // Rows of θ that a thread changes are best those that it reads in the next forward pass.
    boolean byRows = theta != null && rows >= 3 * FloatTile.ROWS * parts;
    if (dots || byRows) {
      gridRows = parts;
      gridColumns = 1;
      return;
    }
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

  /// The rectangle of rows `i0` to `i1 − 1` and columns `j0` to `j1 − 1` of the output, or of its
  /// transpose where the operands are swapped.
  private void multiply(FloatGemm thread, int i0, int i1, int j0, int j1) {
    int width = swapped ? rows : columns;
    int r0 = swapped ? j0 : i0;
    int r1 = swapped ? j1 : i1;
    int c0 = swapped ? i0 : j0;
    int c1 = swapped ? i1 : j1;
    if (bias != null) {
      for (int r = r0; r < r1; r++) {
        int at = out.offset + r * width + c0;
        System.arraycopy(bias.floats(), bias.offset + c0, out.floats(), at, c1 - c0);
      }
    }
    int ldl = leftByK ? rows : k;
    int ldr = rightByK ? columns : k;
    int lo = left.offset + (leftByK ? i0 : i0 * ldl);
    int ro = right.offset + (rightByK ? j0 : j0 * ldr);
    int at = r0 * width + c0;
    Buffer changed = dots || swapped || !FloatGemm.descends(i1 - i0, k) ? null : theta;
    if (dots) {
      thread.dots(left, i0, i1, right, columns, k, out, add);
    } else {
      Buffer target = changed != null ? changed : out;
      thread.multiply(
          left.floats(),
          lo,
          ldl,
          leftByK,
          right.floats(),
          ro,
          ldr,
          rightByK,
          target.floats(),
          target.offset + at,
          width,
          swapped,
          i1 - i0,
          j1 - j0,
          k,
          add,
          changed != null,
          rate,
          decay);
    }
    if (theta != null && changed == null) {
      for (int r = r0; r < r1; r++) {
        FloatUpdates.sgd(theta, out, rate, decay, r * width + c0, r * width + c1);
      }
    }
    if (!activation.equals(Pointwise.NONE)) {
      thread.activate(activation, out, r0, r1, c0, c1, width);
    }
  }
}
