package ijen.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// [Kernels] in `float` by SIMD instructions: the front that splits the work of a call over
/// threads.
///
/// What is computed stands in [FloatGemm], [FloatElements], [FloatRows], [FloatMath],
/// [FloatActivations], [FloatLosses], [FloatDropout] and [FloatSums]; each works on a range of
/// numbers, rows or columns and does not know of the others.

final class VectorKernels implements Kernels {
  private final Split split;
  private final GemmTask gemm;
  private final Outer outer = new Outer();
  private final Delta delta = new Delta();
  private final Apply apply = new Apply();
  private final Gradient gradient = new Gradient();
  private final LossKernels losses;
  private final RowLoop rowLoop = new RowLoop();
  private final NormKernels norms;
  private final TableKernels tables;
  private final UpdateKernels updates;
  private final RandomKernels randoms;
  private final ImageKernels images;

  VectorKernels(Workers workers) {
    requireVectorModule();
    this.split = new Split(workers);
    this.losses = new VectorLosses(split);
    this.norms = new VectorNorms(split);
    this.tables = new VectorTables(split);
    this.updates = new VectorUpdates(split);
    this.randoms = new VectorRandoms(split, workers.threads());
    this.images = new VectorImages(split, workers);
    this.gemm = new GemmTask(workers);
  }

  private static void requireVectorModule() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      throw new IllegalStateException(
          "the SIMD kernels need the module jdk.incubator.vector: start java with"
              + " --add-modules jdk.incubator.vector, or choose the slow reference kernels with"
              + " -Dijen.kernels=reference");
    }
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT;
  }

  @Override
  public void gemm(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      Buffer a,
      Buffer b,
      Buffer out,
      boolean add) {
    gemm.multiply(transposeA, transposeB, m, n, k, a, b, out, add);
  }

  @Override
  public void gemmDescend(
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
      Decay decay) {
    if (k == 1) { // one sample: the gradient is an outer product, quicker made than read
      split.of(a, b, theta).factor(rate).rows(outer.of(decay.at(0)), m, n);
    } else {
      gemm.descend(transposeA, transposeB, m, n, k, a, b, room, theta, rate, decay.at(0));
    }
  }

  /// Descent along an outer product.
  private static final class Outer implements Split.Part {
    private float decay;

    Outer of(double decay) {
      this.decay = (float) decay;
      return this;
    }

    @Override
    public void run(Split s, float[] scratch, int from, int to) {
      for (int r = from; r < to; r++) {
        FloatTile.outerDescend(
            s.a.floats()[s.a.offset + r],
            s.b.floats(),
            s.b.offset,
            s.c.floats(),
            s.c.offset + r * s.columns,
            s.columns,
            (float) s.factor,
            decay);
      }
    }
  }

  @Override
  public void affine(
      int rows,
      int out,
      int in,
      Buffer x,
      Buffer weight,
      @Nullable Buffer bias,
      Pointwise f,
      Buffer y) {
    gemm.affine(rows, out, in, x, weight, bias, f, y);
  }

  @Override
  public void affineDelta(
      Pointwise f,
      Buffer y,
      Buffer d,
      Buffer delta,
      @Nullable Buffer biasGradient,
      int rows,
      int columns) {
    if (biasGradient == null) {
      split.of(y, d, delta).elements(this.delta.of(f, false), rows * columns);
    } else {
      split.of(y, d, delta, biasGradient).columns(this.delta.of(f, true), rows, columns);
    }
  }

  /// What [#affineDelta] does to a range of numbers, or of columns.
  private static final class Delta implements Split.Part {
    private Pointwise f = Pointwise.NONE;
    private boolean sums;

    Delta of(Pointwise f, boolean sums) {
      this.f = f;
      this.sums = sums;
      return this;
    }

    @Override
    public void run(Split s, float[] scratch, int from, int to) {
      if (!sums) {
        FloatActivations.gradient(f, s.a, s.a, s.b, s.c, scratch, from, to);
        return;
      }
      if (to - from == s.columns) {
        FloatActivations.gradient(f, s.a, s.a, s.b, s.c, scratch, 0, s.rows * s.columns);
      } else {
        for (int r = 0; r < s.rows; r++) {
          int at = r * s.columns;
          FloatActivations.gradient(f, s.a, s.a, s.b, s.c, scratch, at + from, at + to);
        }
      }
      FloatRows.sumColumns(s.c, s.d, s.rows, s.columns, from, to);
    }
  }

  @Override
  public void copy(Buffer x, Buffer out, int n) {
    if (!x.isSamePlace(out)) {
      System.arraycopy(x.floats(), x.offset, out.floats(), out.offset, n);
    }
  }

  @Override
  public void fill(Buffer out, int n, double value) {
    Arrays.fill(out.floats(), out.offset, out.offset + n, (float) value);
  }

  @Override
  public void add(Buffer a, int strideA, Buffer b, int strideB, Buffer out, int rows, int columns) {
    split.of(a, b, out).strides(strideA, strideB);
    combine(ADD, ADD_ROWS, rows, columns);
  }

  private static final Split.Part ADD =
      (s, scratch, from, to) ->
          FloatElements.add(
              s.a.floats(),
              s.a.offset + from,
              s.b.floats(),
              s.b.offset + from,
              s.c.floats(),
              s.c.offset + from,
              to - from);

  private static final Split.Part ADD_ROWS =
      (s, scratch, from, to) ->
          FloatRows.add(s.a, s.strideA, s.b, s.strideB, s.c, s.columns, from, to);

  @Override
  public void subtract(
      Buffer a, int strideA, Buffer b, int strideB, Buffer out, int rows, int columns) {
    split.of(a, b, out).strides(strideA, strideB);
    combine(SUBTRACT, SUBTRACT_ROWS, rows, columns);
  }

  private static final Split.Part SUBTRACT =
      (s, scratch, from, to) ->
          FloatElements.subtract(
              s.a.floats(),
              s.a.offset + from,
              s.b.floats(),
              s.b.offset + from,
              s.c.floats(),
              s.c.offset + from,
              to - from);

  private static final Split.Part SUBTRACT_ROWS =
      (s, scratch, from, to) ->
          FloatRows.subtract(s.a, s.strideA, s.b, s.strideB, s.c, s.columns, from, to);

  @Override
  public void multiply(
      Buffer a, int strideA, Buffer b, int strideB, Buffer out, int rows, int columns) {
    split.of(a, b, out).strides(strideA, strideB);
    combine(MULTIPLY, MULTIPLY_ROWS, rows, columns);
  }

  private static final Split.Part MULTIPLY =
      (s, scratch, from, to) ->
          FloatElements.multiply(
              s.a.floats(),
              s.a.offset + from,
              s.b.floats(),
              s.b.offset + from,
              s.c.floats(),
              s.c.offset + from,
              to - from);

  private static final Split.Part MULTIPLY_ROWS =
      (s, scratch, from, to) ->
          FloatRows.multiply(s.a, s.strideA, s.b, s.strideB, s.c, s.columns, from, to);

  /// Runs `flat` over matrices that can be gone through like one row, and `byRows` over others.
  private void combine(Split.Part flat, Split.Part byRows, int rows, int columns) {
    if ((split.strideA == columns && split.strideB == columns) || rows == 1) {
      split.elements(flat, rows * columns);
    } else {
      split.rows(byRows, rows, columns);
    }
  }

  @Override
  public void divide(Buffer a, Buffer b, Buffer out, int n) {
    split.of(a, b, out).elements(DIVIDE, n, 2);
  }

  private static final Split.Part DIVIDE =
      (s, scratch, from, to) ->
          FloatElements.divide(
              s.a.floats(),
              s.a.offset + from,
              s.b.floats(),
              s.b.offset + from,
              s.c.floats(),
              s.c.offset + from,
              to - from);

  @Override
  public void scale(Buffer x, double factor, Buffer out, int n) {
    split.of(x, out).factor(factor).elements(SCALE, n);
  }

  private static final Split.Part SCALE =
      (s, scratch, from, to) ->
          FloatElements.scale(
              s.a.floats(),
              s.a.offset + from,
              (float) s.factor,
              s.b.floats(),
              s.b.offset + from,
              to - from);

  @Override
  public void addScaled(Buffer x, double factor, Buffer out, int n) {
    split.of(x, out).factor(factor).elements(ADD_SCALED, n);
  }

  private static final Split.Part ADD_SCALED =
      (s, scratch, from, to) ->
          FloatElements.addScaled(
              s.a.floats(),
              s.a.offset + from,
              (float) s.factor,
              s.b.floats(),
              s.b.offset + from,
              to - from);

  @Override
  public void addSign(Buffer x, double factor, Buffer out, int n) {
    split.of(x, out).factor(factor).elements(ADD_SIGN, n);
  }

  private static final Split.Part ADD_SIGN =
      (s, scratch, from, to) ->
          FloatElements.addSign(
              s.a.floats(),
              s.a.offset + from,
              (float) s.factor,
              s.b.floats(),
              s.b.offset + from,
              to - from);

  @Override
  public void scaleRows(Buffer d, Buffer x, double factor, Buffer out, int rows, int columns) {
    split.of(d, x, out).factor(factor).rows(SCALE_ROWS, rows, columns);
  }

  private static final Split.Part SCALE_ROWS =
      (s, scratch, from, to) -> FloatRows.scale(s.a, s.b, s.factor, s.c, s.columns, from, to);

  @Override
  public void spreadRows(Buffer d, double factor, Buffer out, int rows, int columns) {
    split.of(d, out).factor(factor).rows(SPREAD_ROWS, rows, columns);
  }

  private static final Split.Part SPREAD_ROWS =
      (s, scratch, from, to) -> FloatRows.spread(s.a, s.factor, s.b, s.columns, from, to);

  @Override
  public void fillRows(Buffer row, Buffer out, int rows, int columns) {
    split.of(row, out).rows(FILL_ROWS, rows, columns);
  }

  private static final Split.Part FILL_ROWS =
      (s, scratch, from, to) -> FloatRows.fill(s.a, s.b, s.columns, from, to);

  @Override
  public void sumRows(Buffer x, double factor, Buffer out, int rows, int columns) {
    split.of(x, out).factor(factor).rows(SUM_ROWS, rows, columns);
  }

  private static final Split.Part SUM_ROWS =
      (s, scratch, from, to) -> FloatRows.sum(s.a, s.factor, s.b, s.columns, from, to);

  @Override
  public void dotRows(Buffer a, Buffer b, double factor, Buffer out, int rows, int columns) {
    split.of(a, b, out).factor(factor).rows(DOT_ROWS, rows, columns);
  }

  private static final Split.Part DOT_ROWS =
      (s, scratch, from, to) -> FloatRows.dot(s.a, s.b, s.factor, s.c, s.columns, from, to);

  @Override
  public void normRows(Buffer x, double epsilon, Buffer out, int rows, int columns) {
    split.of(x, out).factor(epsilon).rows(NORM_ROWS, rows, columns, 4);
  }

  private static final Split.Part NORM_ROWS =
      (s, scratch, from, to) -> FloatRows.norm(s.a, s.factor, s.b, s.columns, from, to);

  @Override
  public void sumColumns(Buffer x, Buffer out, int rows, int columns) {
    split.of(x, out).columns(SUM_COLUMNS, rows, columns);
  }

  private static final Split.Part SUM_COLUMNS =
      (s, scratch, from, to) -> FloatRows.sumColumns(s.a, s.b, s.rows, s.columns, from, to);

  @Override
  public void apply(Pointwise f, Buffer x, Buffer y, int n) {
    split.of(x, y).elements(apply.of(f), n, FloatActivations.cost(f));
  }

  /// What [#apply] does to a range of numbers.
  private static final class Apply implements Split.Part {
    private Pointwise f = Pointwise.NONE;

    Apply of(Pointwise f) {
      this.f = f;
      return this;
    }

    @Override
    public void run(Split s, float[] scratch, int from, int to) {
      FloatActivations.apply(f, s.a, s.b, scratch, from, to);
    }
  }

  @Override
  public void gradient(Pointwise f, Buffer x, Buffer y, Buffer d, Buffer out, int n) {
    split.of(x, y, d, out).elements(gradient.of(f), n, FloatActivations.gradientCost(f));
  }

  /// What [#gradient] does to a range of numbers.
  private static final class Gradient implements Split.Part {
    private Pointwise f = Pointwise.NONE;

    Gradient of(Pointwise f) {
      this.f = f;
      return this;
    }

    @Override
    public void run(Split s, float[] scratch, int from, int to) {
      FloatActivations.gradient(f, s.a, s.b, s.c, s.d, scratch, from, to);
    }
  }

  @Override
  public void rectify(
      Buffer x,
      Buffer slopes,
      double positive,
      Buffer d,
      Buffer out,
      int rows,
      int channels,
      int inner) {
    split
        .of(x, slopes, d, out)
        .factor(positive)
        .strides(channels, inner)
        .rows(RECTIFY, rows, channels * inner);
  }

  private static final Split.Part RECTIFY =
      (s, scratch, from, to) ->
          FloatElu.rectify(s.a, s.b, (float) s.factor, s.c, s.d, s.strideA, s.strideB, from, to);

  @Override
  public void softmax(Buffer x, Buffer y, int rows, int columns) {
    split.of(x, y).rows(SOFTMAX, rows, columns, 16);
  }

  private static final Split.Part SOFTMAX =
      (s, scratch, from, to) -> FloatRows.softmax(s.a, s.b, s.columns, from, to);

  @Override
  public void softmaxGradient(Buffer y, Buffer d, Buffer out, int rows, int columns) {
    split.of(y, d, out).rows(SOFTMAX_GRADIENT, rows, columns);
  }

  private static final Split.Part SOFTMAX_GRADIENT =
      (s, scratch, from, to) -> FloatRows.softmaxGradient(s.a, s.b, s.c, s.columns, from, to);

  @Override
  public LossKernels losses() {
    return losses;
  }

  @Override
  public RandomKernels randoms() {
    return randoms;
  }

  @Override
  public double sum(Buffer x, int n) {
    return split.of(x, x).sum(SUM, n);
  }

  private static final Split.Sum SUM =
      (s, from, to) -> FloatSums.exactSum(s.a.floats(), s.a.offset + from, to - from);

  @Override
  public double dot(Buffer x, Buffer y, int n) {
    return split.of(x, y).sum(DOT, n);
  }

  private static final Split.Sum DOT =
      (s, from, to) ->
          FloatSums.exactDot(
              s.a.floats(), s.a.offset + from, s.b.floats(), s.b.offset + from, to - from);

  @Override
  public void argmaxRows(Buffer x, int rows, int columns, int[] out) {
    boolean narrow = FloatNarrow.suits(rows, columns);
    for (int r = 0, n; r < rows; r += n) {
      int at = x.offset + r * columns;
      n = narrow ? Math.min(FloatNarrow.ROWS, rows - r) : 1;
      if (narrow) {
        FloatNarrow.argmax(x.floats(), at, columns, n, split.scratch(), out, r);
      } else {
        out[r] = FloatSums.argmax(x.floats(), at, columns);
      }
    }
  }

  @Override
  public void forRows(Rows loop, int rows, long work) {
    if (rows > 0) {
      rowLoop.loop = loop;
      split.rows(rowLoop, rows, 1, (int) Math.min(work / rows, Integer.MAX_VALUE));
    }
  }

  /// A loop of somebody else's.
  private static final class RowLoop implements Split.Part {
    private Rows loop = (from, to) -> {};

    @Override
    public void run(Split s, float[] scratch, int from, int to) {
      loop.run(from, to);
    }
  }

  @Override
  public ImageKernels images() {
    return images;
  }

  @Override
  public NormKernels norms() {
    return norms;
  }

  @Override
  public TableKernels tables() {
    return tables;
  }

  @Override
  public UpdateKernels updates() {
    return updates;
  }
}
