package ijen.kernel;

import ijen.random.Philox;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The specification of [Kernels]: `double`, one thread, plain loops that read like the textbook.
///
/// Logarithms and exponentials come from [StrictMath], which gives the same bits on every machine.
final class ReferenceKernels implements Kernels {

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
    sgd(theta, room, m * n, rate, decay);
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
        y.set(
            r * out + c,
            switch (f) {
              case NONE -> sum;
              case RELU -> Math.max(sum, 0);
              case SIGMOID -> sigmoid(sum);
              case TANH -> StrictMath.tanh(sum);
            });
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
        delta.set(i, timesDerivative(f, y, d.get(i), i));
        sum += delta.get(i);
      }
      if (biasGradient != null) {
        biasGradient.set(c, sum);
      }
    }
  }

  /// `d·f′`, by the value `y[i]` of f.
  private static double timesDerivative(Pointwise f, Buffer y, double d, int i) {
    return switch (f) {
      case NONE -> d;
      case RELU -> y.get(i) > 0 ? d : 0;
      case SIGMOID -> d * y.get(i) * (1 - y.get(i));
      case TANH -> d * (1 - y.get(i) * y.get(i));
    };
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
  public void relu(Buffer x, Buffer y, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    for (int i = 0; i < n; i++) {
      ys[y.offset + i] = Math.max(xs[x.offset + i], 0);
    }
  }

  @Override
  public void reluGradient(Buffer y, Buffer d, Buffer out, int n) {
    for (int i = 0; i < n; i++) {
      out.doubles()[out.offset + i] = y.doubles()[y.offset + i] > 0 ? d.doubles()[d.offset + i] : 0;
    }
  }

  @Override
  public void sigmoid(Buffer x, Buffer y, int n) {
    for (int i = 0; i < n; i++) {
      y.doubles()[y.offset + i] = sigmoid(x.doubles()[x.offset + i]);
    }
  }

  private static double sigmoid(double x) {
    if (x >= 0) {
      return 1 / (1 + StrictMath.exp(-x));
    }
    double e = StrictMath.exp(x); // e^x cannot overflow here, e^−x could
    return e / (1 + e);
  }

  @Override
  public void sigmoidGradient(Buffer y, Buffer d, Buffer out, int n) {
    for (int i = 0; i < n; i++) {
      double s = y.doubles()[y.offset + i];
      out.doubles()[out.offset + i] = d.doubles()[d.offset + i] * s * (1 - s);
    }
  }

  @Override
  public void tanh(Buffer x, Buffer y, int n) {
    for (int i = 0; i < n; i++) {
      y.doubles()[y.offset + i] = StrictMath.tanh(x.doubles()[x.offset + i]);
    }
  }

  @Override
  public void tanhGradient(Buffer y, Buffer d, Buffer out, int n) {
    for (int i = 0; i < n; i++) {
      double t = y.doubles()[y.offset + i];
      out.doubles()[out.offset + i] = d.doubles()[d.offset + i] * (1 - t * t);
    }
  }

  @Override
  public void erf(Buffer x, Buffer y, int n) {
    for (int i = 0; i < n; i++) {
      y.doubles()[y.offset + i] = erf(x.doubles()[x.offset + i]);
    }
  }

  /// By the series with terms of one sign below 1.5, by the continued fraction of `1 − erf` from
  /// there on.
  ///
  /// **Range:** within 6e-16 of the result.
  ///
  /// **Source:** Abramowitz, Stegun, *Handbook of Mathematical Functions* (1964), 7.1.6 and 7.1.14.
  static double erf(double x) {
    double a = Math.abs(x);
    if (a >= 6) {
      return Math.copySign(1, x); // what is missing is less than 1e-16
    }
    double square = a * a;
    double e = StrictMath.exp(-square);
    if (a < 1.5) {
      double sum = 1;
      for (int k = 28; k > 0; k--) {
        sum = Math.fma(square / (k + 0.5), sum, 1);
      }
      return Math.copySign(ERF_SLOPE * e * sum * a, x);
    }
    double fraction = a;
    for (int k = 75; k > 0; k--) {
      fraction = a + 0.5 * k / fraction;
    }
    return Math.copySign(1 - ERF_SLOPE / 2 * e / fraction, x);
  }

  /// 2/√π
  private static final double ERF_SLOPE = 2 / Math.sqrt(Math.PI);

  @Override
  public void erfGradient(Buffer x, Buffer d, Buffer out, int n) {
    for (int i = 0; i < n; i++) {
      double v = x.doubles()[x.offset + i];
      out.doubles()[out.offset + i] =
          d.doubles()[d.offset + i] * ERF_SLOPE * StrictMath.exp(-v * v);
    }
  }

  @Override
  public void exp(Buffer x, Buffer y, int n) {
    for (int i = 0; i < n; i++) {
      y.doubles()[y.offset + i] = StrictMath.exp(x.doubles()[x.offset + i]);
    }
  }

  @Override
  public void log(Buffer x, Buffer y, int n) {
    for (int i = 0; i < n; i++) {
      y.doubles()[y.offset + i] = StrictMath.log(x.doubles()[x.offset + i]);
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

  @Override
  public void crossEntropy(
      Buffer logits, Buffer labels, Buffer delta, Buffer loss, int rows, int classes) {
    Labels.check(labels, rows, classes);
    for (int r = 0; r < rows; r++) {
      int at = r * classes;
      int label = (int) labels.get(r);
      double max = max(logits, at, classes);
      double chosen = logits.get(at + label) - max;
      double sum = 0;
      for (int c = at; c < at + classes; c++) {
        double e = StrictMath.exp(logits.doubles()[logits.offset + c] - max);
        delta.doubles()[delta.offset + c] = e;
        sum += e;
      }
      for (int c = at; c < at + classes; c++) {
        delta.doubles()[delta.offset + c] /= sum;
      }
      delta.doubles()[delta.offset + at + label] -= 1;
      loss.doubles()[loss.offset + r] = StrictMath.log(sum) - chosen;
    }
  }

  @Override
  public void crossEntropyOfDistribution(
      Buffer logits,
      Buffer q,
      Buffer delta,
      Buffer logProbability,
      Buffer loss,
      int rows,
      int classes) {
    for (int r = 0; r < rows; r++) {
      int at = r * classes;
      double max = max(logits, at, classes);
      double sum = 0;
      double mass = 0;
      for (int c = at; c < at + classes; c++) {
        sum += StrictMath.exp(logits.doubles()[logits.offset + c] - max);
        mass += q.doubles()[q.offset + c];
      }
      double logSum = StrictMath.log(sum);
      double total = 0;
      for (int c = at; c < at + classes; c++) {
        double shifted = logits.doubles()[logits.offset + c] - max;
        double target = q.doubles()[q.offset + c];
        double logP = shifted - logSum;
        total -= target * logP;
        delta.doubles()[delta.offset + c] = mass * (StrictMath.exp(shifted) / sum) - target;
        logProbability.doubles()[logProbability.offset + c] = logP;
      }
      loss.doubles()[loss.offset + r] = total;
    }
  }

  @Override
  public void binaryCrossEntropyOfLogits(Buffer z, Buffer y, Buffer delta, Buffer loss, int n) {
    for (int i = 0; i < n; i++) {
      double logit = z.doubles()[z.offset + i];
      double target = y.doubles()[y.offset + i];
      delta.doubles()[delta.offset + i] = sigmoid(logit) - target;
      loss.doubles()[loss.offset + i] =
          Math.max(logit, 0) - logit * target + StrictMath.log1p(StrictMath.exp(-Math.abs(logit)));
    }
  }

  @Override
  public void binaryCrossEntropy(
      Buffer p, Buffer y, Buffer delta, Buffer gamma, Buffer loss, int n) {
    for (int i = 0; i < n; i++) {
      double probability = p.doubles()[p.offset + i];
      double target = y.doubles()[y.offset + i];
      double logP = Math.max(StrictMath.log(probability), -100);
      double logQ = Math.max(StrictMath.log1p(-probability), -100);
      delta.doubles()[delta.offset + i] =
          (probability - target) / Math.max(probability * (1 - probability), 1e-12);
      gamma.doubles()[gamma.offset + i] = logQ - logP;
      loss.doubles()[loss.offset + i] = -target * logP - (1 - target) * logQ;
    }
  }

  // -------------------------------------------------------------- random numbers

  @Override
  public void dropoutMask(Buffer out, int n, double keep, long seed, long stream) {
    long threshold = Math.round(keep * 0x1p32);
    for (int i = 0; i < n; i++) {
      long half =
          (i & 2) == 0 ? Philox.low(seed, stream, i >>> 2) : Philox.high(seed, stream, i >>> 2);
      long word = (i & 1) == 0 ? half & 0xFFFFFFFFL : half >>> 32;
      out.doubles()[out.offset + i] = word < threshold ? 1 / keep : 0;
    }
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
  public int argmax(Buffer x, int from, int n) {
    double[] xs = x.doubles();
    int best = 0;
    for (int i = 1; i < n; i++) {
      double candidate = xs[x.offset + from + i];
      double largest = xs[x.offset + from + best];
      if (candidate > largest || (Double.isNaN(candidate) && !Double.isNaN(largest))) {
        best = i;
      }
    }
    return best;
  }

  // ------------------------------------------------------- rows of another kind

  @Override
  public void forRows(Rows loop, int rows, long work) {
    if (rows > 0) {
      loop.run(0, rows);
    }
  }

  // ------------------------------------------------------------------ updates

  @Override
  public void sgd(Buffer theta, Buffer g, int n, double rate, Decay decay) {
    double[] t = theta.doubles();
    for (int i = 0; i < n; i++) {
      int at = theta.offset + i;
      double gradient = g.doubles()[g.offset + i] + decay.at(i) * t[at];
      t[at] -= rate * gradient;
    }
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
    double[] t = theta.doubles();
    double[] vs = v.doubles();
    for (int i = 0; i < n; i++) {
      int at = theta.offset + i;
      double gradient = g.doubles()[g.offset + i] + decay.at(i) * t[at];
      double velocity = momentum * vs[v.offset + i] + gradient;
      vs[v.offset + i] = velocity;
      t[at] -= rate * (nesterov ? gradient + momentum * velocity : velocity);
    }
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
    double[] t = theta.doubles();
    double[] ms = m.doubles();
    double[] vs = v.doubles();
    for (int i = 0; i < n; i++) {
      int at = theta.offset + i;
      double gradient = g.doubles()[g.offset + i] + decay.at(i) * t[at];
      double first = beta1 * ms[m.offset + i] + (1 - beta1) * gradient;
      double second = beta2 * vs[v.offset + i] + (1 - beta2) * gradient * gradient;
      ms[m.offset + i] = first;
      vs[v.offset + i] = second;
      t[at] -= rate * (first / correction1) / (Math.sqrt(second / correction2) + epsilon);
    }
  }
}
