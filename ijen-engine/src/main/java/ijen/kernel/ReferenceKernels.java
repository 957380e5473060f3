package ijen.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The specification of [Kernels]: `double`, one thread, plain loops that read like the textbook.
///
/// Logarithms and exponentials come from [StrictMath], which gives the same bits on every machine.
final class ReferenceKernels implements Kernels {
  private final NormKernels norms = new ReferenceNorms();
  private final TableKernels tables = new ReferenceTables();
  private final UpdateKernels updates = new ReferenceUpdates();
  private final RandomKernels randoms = new ReferenceRandoms();
  private final ImageKernels images = new ReferenceImages(this);

  @Override
  public Precision precision() {
    return Precision.DOUBLE;
  }

  // ---------------------------------------------------------------- products

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
    double[] as = a.doubles();
    double[] bs = b.doubles();
    double[] cs = out.doubles();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int c = out.offset + i * n + j;
        double sum = add ? cs[c] : 0;
        for (int p = 0; p < k; p++) {
          double left = as[a.offset + (transposeA ? p * m + i : i * k + p)];
          double right = bs[b.offset + (transposeB ? j * k + p : p * n + j)];
          sum = Math.fma(left, right, sum);
        }
        cs[c] = sum;
      }
    }
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
    gemm(transposeA, transposeB, m, n, k, a, b, room, false);
    updates.sgd(theta, room, m * n, rate, decay);
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
    double[] xs = x.doubles();
    double[] ws = weight.doubles();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < out; c++) {
        double sum = bias == null ? 0 : bias.get(c);
        for (int i = 0; i < in; i++) {
          sum = Math.fma(xs[x.offset + r * in + i], ws[weight.offset + c * in + i], sum);
        }
        y.set(r * out + c, ReferencePointwise.value(f, sum));
      }
    }
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
    for (int c = 0; c < columns; c++) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        int i = r * columns + c;
        delta.set(i, ReferencePointwise.gradient(f, Double.NaN, y.get(i), d.get(i)));
        sum += delta.get(i);
      }
      if (biasGradient != null) {
        biasGradient.set(c, sum);
      }
    }
  }

  // ------------------------------------------------- element by element, and by rows

  @Override
  public void copy(Buffer x, Buffer out, int n) {
    if (!x.isSamePlace(out)) {
      System.arraycopy(x.doubles(), x.offset, out.doubles(), out.offset, n);
    }
  }

  @Override
  public void fill(Buffer out, int n, double value) {
    Arrays.fill(out.doubles(), out.offset, out.offset + n, value);
  }

  @Override
  public void add(Buffer a, int strideA, Buffer b, int strideB, Buffer out, int rows, int columns) {
    double[] as = a.doubles();
    double[] bs = b.doubles();
    double[] ys = out.doubles();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        ys[out.offset + r * columns + c] =
            as[a.offset + r * strideA + c] + bs[b.offset + r * strideB + c];
      }
    }
  }

  @Override
  public void subtract(
      Buffer a, int strideA, Buffer b, int strideB, Buffer out, int rows, int columns) {
    double[] as = a.doubles();
    double[] bs = b.doubles();
    double[] ys = out.doubles();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        ys[out.offset + r * columns + c] =
            as[a.offset + r * strideA + c] - bs[b.offset + r * strideB + c];
      }
    }
  }

  @Override
  public void multiply(
      Buffer a, int strideA, Buffer b, int strideB, Buffer out, int rows, int columns) {
    double[] as = a.doubles();
    double[] bs = b.doubles();
    double[] ys = out.doubles();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        ys[out.offset + r * columns + c] =
            as[a.offset + r * strideA + c] * bs[b.offset + r * strideB + c];
      }
    }
  }

  @Override
  public void divide(Buffer a, Buffer b, Buffer out, int n) {
    double[] as = a.doubles();
    double[] bs = b.doubles();
    double[] ys = out.doubles();
    for (int i = 0; i < n; i++) {
      ys[out.offset + i] = as[a.offset + i] / bs[b.offset + i];
    }
  }

  @Override
  public void scale(Buffer x, double factor, Buffer out, int n) {
    double[] xs = x.doubles();
    double[] ys = out.doubles();
    for (int i = 0; i < n; i++) {
      ys[out.offset + i] = factor * xs[x.offset + i];
    }
  }

  @Override
  public void addScaled(Buffer x, double factor, Buffer out, int n) {
    double[] xs = x.doubles();
    double[] ys = out.doubles();
    for (int i = 0; i < n; i++) {
      ys[out.offset + i] += factor * xs[x.offset + i];
    }
  }

  @Override
  public void addSign(Buffer x, double factor, Buffer out, int n) {
    for (int i = 0; i < n; i++) {
      out.doubles()[out.offset + i] += factor * Math.signum(x.doubles()[x.offset + i]);
    }
  }

  @Override
  public void scaleRows(Buffer d, Buffer x, double factor, Buffer out, int rows, int columns) {
    double[] xs = x.doubles();
    double[] ys = out.doubles();
    for (int r = 0; r < rows; r++) {
      double scale = factor * d.doubles()[d.offset + r];
      for (int c = 0; c < columns; c++) {
        ys[out.offset + r * columns + c] = scale * xs[x.offset + r * columns + c];
      }
    }
  }

  @Override
  public void spreadRows(Buffer d, double factor, Buffer out, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      double value = factor * d.doubles()[d.offset + r];
      for (int c = 0; c < columns; c++) {
        out.doubles()[out.offset + r * columns + c] = value;
      }
    }
  }

  @Override
  public void fillRows(Buffer row, Buffer out, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        out.doubles()[out.offset + r * columns + c] = row.doubles()[row.offset + c];
      }
    }
  }

  @Override
  public void sumRows(Buffer x, double factor, Buffer out, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int c = 0; c < columns; c++) {
        sum += x.doubles()[x.offset + r * columns + c];
      }
      out.doubles()[out.offset + r] = factor * sum;
    }
  }

  @Override
  public void dotRows(Buffer a, Buffer b, double factor, Buffer out, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      out.doubles()[out.offset + r] = factor * dot(a, b, r * columns, columns);
    }
  }

  @Override
  public void normRows(Buffer x, double epsilon, Buffer out, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      out.doubles()[out.offset + r] =
          Math.sqrt(epsilon * epsilon + dot(x, x, r * columns, columns));
    }
  }

  @Override
  public void sumColumns(Buffer x, Buffer out, int rows, int columns) {
    for (int c = 0; c < columns; c++) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        sum += x.doubles()[x.offset + r * columns + c];
      }
      out.doubles()[out.offset + c] = sum;
    }
  }

  // ------------------------------------------------------------- activations

  @Override
  public void apply(Pointwise f, Buffer x, Buffer y, int n) {
    for (int i = 0; i < n; i++) {
      y.set(i, ReferencePointwise.value(f, x.get(i)));
    }
  }

  @Override
  public void gradient(Pointwise f, Buffer x, Buffer y, Buffer d, Buffer out, int n) {
    for (int i = 0; i < n; i++) {
      out.set(i, ReferencePointwise.gradient(f, x.get(i), y.get(i), d.get(i)));
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
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < inner; p++) {
          int i = (r * channels + c) * inner + p;
          out.set(i, (x.get(i) > 0 ? positive : slopes.get(c)) * d.get(i));
        }
      }
    }
  }

  @Override
  public void softmax(Buffer x, Buffer y, int rows, int columns) {
    double[] ys = y.doubles();
    for (int r = 0; r < rows; r++) {
      int at = r * columns;
      double max = max(x, at, columns);
      double sum = 0;
      for (int c = 0; c < columns; c++) {
        double e = StrictMath.exp(x.doubles()[x.offset + at + c] - max);
        ys[y.offset + at + c] = e;
        sum += e;
      }
      for (int c = 0; c < columns; c++) {
        ys[y.offset + at + c] /= sum;
      }
    }
  }

  @Override
  public void softmaxGradient(Buffer y, Buffer d, Buffer out, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      int at = r * columns;
      double inner = dot(y, d, at, columns);
      for (int c = at; c < at + columns; c++) {
        out.doubles()[out.offset + c] =
            y.doubles()[y.offset + c] * (d.doubles()[d.offset + c] - inner);
      }
    }
  }

  // ------------------------------------------------------------------ losses

  private final LossKernels losses = new ReferenceLosses();

  @Override
  public LossKernels losses() {
    return losses;
  }

  // -------------------------------------------------------------- random numbers

  @Override
  public RandomKernels randoms() {
    return randoms;
  }

  // -------------------------------------------------------------- reductions

  @Override
  public double sum(Buffer x, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x.doubles()[x.offset + i];
    }
    return sum;
  }

  @Override
  public double dot(Buffer x, Buffer y, int n) {
    return dot(x, y, 0, n);
  }

  private static double dot(Buffer x, Buffer y, int from, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    double sum = 0;
    for (int i = from; i < from + n; i++) {
      sum += xs[x.offset + i] * ys[y.offset + i];
    }
    return sum;
  }

  private static double max(Buffer x, int from, int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + n; i++) {
      max = Math.max(max, x.doubles()[x.offset + i]);
    }
    return max;
  }

  @Override
  public void argmaxRows(Buffer x, int rows, int columns, int[] out) {
    double[] xs = x.doubles();
    for (int r = 0; r < rows; r++) {
      int at = x.offset + r * columns;
      int best = 0;
      for (int c = 1; c < columns; c++) {
        double candidate = xs[at + c];
        double largest = xs[at + best];
        if (candidate > largest || (Double.isNaN(candidate) && !Double.isNaN(largest))) {
          best = c;
        }
      }
      out[r] = best;
    }
  }

  // ------------------------------------------------------- rows of another kind

  @Override
  public void forRows(Rows loop, int rows, long work) {
    if (rows > 0) {
      loop.run(0, rows);
    }
  }

  // ------------------------------------------------------------------- groups

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
