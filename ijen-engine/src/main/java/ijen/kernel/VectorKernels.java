package ijen.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// [Kernels] in `float` by SIMD instructions: the front that splits the work of a call over
/// threads.
///
/// What is computed stands in [FloatGemm], [FloatElements], [FloatRows], [FloatMath],
/// [FloatActivations], [FloatLosses], [FloatDropout], [FloatSums] and [FloatUpdates]; each works on
/// a range of numbers, rows or columns and does not know of the others.

final class VectorKernels implements Kernels {
  private final Split split;
  private final GemmTask gemm;
  private final Outer outer = new Outer();
  private final Delta delta = new Delta();
  private final RowLoop rowLoop = new RowLoop();
  private final FloatUpdates.Sgd sgd = new FloatUpdates.Sgd();
  private final FloatUpdates.Momentum momentum = new FloatUpdates.Momentum();
  private final FloatUpdates.Adam adam = new FloatUpdates.Adam();

  VectorKernels(Workers workers) {
    requireVectorModule();
    this.split = new Split(workers);
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
        FloatActivations.gradient(f, s.a, s.b, s.c, from, to);
        return;
      }
      if (to - from == s.columns) {
        FloatActivations.gradient(f, s.a, s.b, s.c, 0, s.rows * s.columns);
      } else {
        for (int r = 0; r < s.rows; r++) {
          FloatActivations.gradient(f, s.a, s.b, s.c, r * s.columns + from, r * s.columns + to);
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
  public void relu(Buffer x, Buffer y, int n) {
    split.of(x, y).elements(RELU, n);
  }

  private static final Split.Part RELU =
      (s, scratch, from, to) -> FloatActivations.relu(s.a, s.b, from, to);

  @Override
  public void reluGradient(Buffer y, Buffer d, Buffer out, int n) {
    split.of(y, d, out).elements(RELU_GRADIENT, n);
  }

  private static final Split.Part RELU_GRADIENT =
      (s, scratch, from, to) -> FloatActivations.reluGradient(s.a, s.b, s.c, from, to);

  @Override
  public void sigmoid(Buffer x, Buffer y, int n) {
    split.of(x, y).elements(SIGMOID, n, 8);
  }

  private static final Split.Part SIGMOID =
      (s, scratch, from, to) -> FloatActivations.sigmoid(s.a, s.b, scratch, from, to);

  @Override
  public void sigmoidGradient(Buffer y, Buffer d, Buffer out, int n) {
    split.of(y, d, out).elements(SIGMOID_GRADIENT, n);
  }

  private static final Split.Part SIGMOID_GRADIENT =
      (s, scratch, from, to) -> FloatActivations.sigmoidGradient(s.a, s.b, s.c, from, to);

  @Override
  public void tanh(Buffer x, Buffer y, int n) {
    split.of(x, y).elements(TANH, n, 8);
  }

  private static final Split.Part TANH =
      (s, scratch, from, to) -> FloatActivations.tanh(s.a, s.b, scratch, from, to);

  @Override
  public void tanhGradient(Buffer y, Buffer d, Buffer out, int n) {
    split.of(y, d, out).elements(TANH_GRADIENT, n);
  }

  private static final Split.Part TANH_GRADIENT =
      (s, scratch, from, to) -> FloatActivations.tanhGradient(s.a, s.b, s.c, from, to);

  @Override
  public void erf(Buffer x, Buffer y, int n) {
    split.of(x, y).elements(ERF, n, 6);
  }

  private static final Split.Part ERF =
      (s, scratch, from, to) ->
          FloatErf.erf(s.a.floats(), s.a.offset + from, s.b.floats(), s.b.offset + from, to - from);

  @Override
  public void erfGradient(Buffer x, Buffer d, Buffer out, int n) {
    split.of(x, d, out).elements(ERF_GRADIENT, n, 8);
  }

  private static final Split.Part ERF_GRADIENT =
      (s, scratch, from, to) -> FloatErf.gradient(s.a, s.b, s.c, scratch, from, to);

  @Override
  public void exp(Buffer x, Buffer y, int n) {
    split.of(x, y).elements(EXP, n, 4);
  }

  private static final Split.Part EXP =
      (s, scratch, from, to) ->
          FloatMath.exp(
              s.a.floats(), s.a.offset + from, s.b.floats(), s.b.offset + from, to - from);

  @Override
  public void log(Buffer x, Buffer y, int n) {
    split.of(x, y).elements(LOG, n, 6);
  }

  private static final Split.Part LOG =
      (s, scratch, from, to) ->
          FloatMath.log(
              s.a.floats(), s.a.offset + from, s.b.floats(), s.b.offset + from, to - from);

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
  public void crossEntropy(
      Buffer logits, Buffer labels, Buffer delta, Buffer loss, int rows, int classes) {
    Labels.check(labels, rows, classes);
    split.of(logits, labels, delta, loss).rows(CROSS_ENTROPY, rows, classes, 24);
  }

  private static final Split.Part CROSS_ENTROPY =
      (s, scratch, from, to) ->
          FloatLosses.crossEntropy(s.a, s.b, s.c, s.d, s.columns, scratch, from, to);

  @Override
  public void crossEntropyOfDistribution(
      Buffer logits,
      Buffer q,
      Buffer delta,
      Buffer logProbability,
      Buffer loss,
      int rows,
      int classes) {
    split.of(logits, q, delta, logProbability, loss).rows(DISTRIBUTION, rows, classes, 32);
  }

  private static final Split.Part DISTRIBUTION =
      (s, scratch, from, to) ->
          FloatLosses.crossEntropyOfDistribution(
              s.a, s.b, s.c, s.d, s.e, s.columns, scratch, from, to);

  @Override
  public void binaryCrossEntropyOfLogits(Buffer z, Buffer y, Buffer delta, Buffer loss, int n) {
    split.of(z, y, delta, loss).elements(BINARY_OF_LOGITS, n, 20);
  }

  private static final Split.Part BINARY_OF_LOGITS =
      (s, scratch, from, to) ->
          FloatLosses.binaryCrossEntropyOfLogits(s.a, s.b, s.c, s.d, scratch, from, to);

  @Override
  public void binaryCrossEntropy(
      Buffer p, Buffer y, Buffer delta, Buffer gamma, Buffer loss, int n) {
    split.of(p, y, delta, gamma, loss).elements(BINARY, n, 20);
  }

  private static final Split.Part BINARY =
      (s, scratch, from, to) ->
          FloatLosses.binaryCrossEntropy(s.a, s.b, s.c, s.d, s.e, scratch, from, to);

  @Override
  public void dropoutMask(Buffer out, int n, double keep, long seed, long stream) {
    split.of(out, out).factor(keep).random(seed, stream).elements(DROPOUT, n, 16);
  }

  private static final Split.Part DROPOUT =
      (s, scratch, from, to) -> FloatDropout.mask(s.a, s.factor, s.seed, s.stream, from, to);

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
  public int argmax(Buffer x, int from, int n) {
    return FloatSums.argmax(x.floats(), x.offset + from, n);
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
  public void sgd(Buffer theta, Buffer g, int n, double rate, Decay decay) {
    split.of(theta, g).elements(sgd.of(rate, decay), n);
  }

  @Override
  public void momentum(
      Buffer theta,
      Buffer g,
      Buffer v,
      int n,
      double rate,
      double momentum,
      boolean nesterov,
      Decay decay) {
    split.of(theta, g, v).elements(this.momentum.of(rate, momentum, nesterov, decay), n, 2);
  }

  @Override
  public void adam(
      Buffer theta,
      Buffer g,
      Buffer m,
      Buffer v,
      int n,
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      double correction1,
      double correction2,
      Decay decay) {
    split
        .of(theta, g, m, v)
        .elements(adam.of(rate, beta1, beta2, epsilon, correction1, correction2, decay), n, 3);
  }
}
