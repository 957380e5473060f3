package ijen.kernel;

import static ijen.kernel.Check.ROUNDING;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/// One generated call of every method of [Kernels] and its groups, with the error allowed of each
/// result.
///
/// The allowance grows with the length of a sum and with the size of its terms, never with the
/// result, in which terms may have cancelled.
final class KernelCases {
  private KernelCases() {}

  /// A call with drawn arguments, which hands its results to a check.
  @FunctionalInterface
  interface Case {
    void run(Kernels k, Draw d, Check c);
  }

  @FunctionalInterface
  private interface Unary {
    void run(Kernels k, Buffer x, Buffer out, int n);
  }

  @FunctionalInterface
  private interface Strided {
    void run(
        Kernels k, Buffer a, int strideA, Buffer b, int strideB, Buffer out, int rows, int columns);
  }

  /// All cases by the name of the method.
  static Map<String, Case> all() {
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put("gemm", KernelCases::gemm);
    cases.put("gemmDescend", KernelCases::gemmDescend);
    cases.put("affine", KernelCases::affine);
    cases.put("affineDelta", KernelCases::affineDelta);
    cases.put("copy", unary(Kernels::copy, 0));
    cases.put("fill", KernelCases::fill);
    cases.put("add", strided(Kernels::add));
    cases.put("subtract", strided(Kernels::subtract));
    cases.put("multiply", strided(Kernels::multiply));
    cases.put("divide", KernelCases::divide);
    cases.put("scale", KernelCases::scale);
    cases.put("addScaled", KernelCases::addScaled);
    cases.put("addSign", KernelCases::addSign);
    cases.put("scaleRows", KernelCases::scaleRows);
    cases.put("spreadRows", KernelCases::spreadRows);
    cases.put("fillRows", KernelCases::fillRows);
    cases.put("sumRows", KernelCases::sumRows);
    cases.put("dotRows", KernelCases::dotRows);
    cases.put("normRows", KernelCases::normRows);
    cases.put("sumColumns", KernelCases::sumColumns);
    cases.putAll(PointwiseCases.all());
    cases.put("rectify", KernelCases::rectify);
    cases.put("softmax", KernelCases::softmax);
    cases.put("softmaxGradient", KernelCases::softmaxGradient);
    cases.putAll(LossCases.all());
    cases.putAll(RandomCases.all());
    cases.put("sum", KernelCases::sum);
    cases.put("dot", KernelCases::dot);
    cases.put("argmaxRows", KernelCases::argmaxRows);
    cases.put("forRows", KernelCases::forRows);
    cases.putAll(NormCases.all());
    cases.putAll(UpdateCases.all());
    cases.putAll(ImageCases.all());
    return Collections.unmodifiableMap(cases);
  }

  // ---------------------------------------------------------------- products

  private static void gemm(Kernels k, Draw d, Check c) {
    int m = d.side();
    int n = d.side();
    int inner = d.whole(0, 9) == 0 ? 1100 + d.side() : 3 * d.side(); // beyond one block of k too
    boolean transposeA = d.coin();
    boolean transposeB = d.coin();
    boolean add = d.coin();
    Buffer a = d.normal(m * inner);
    Buffer b = d.normal(inner * n);
    Buffer out = d.normal(m * n);
    Buffer absolute = absolute(out);
    Kernels.reference()
        .gemm(transposeA, transposeB, m, n, inner, absolute(a), absolute(b), absolute, add);
    d.call(() -> k.gemm(transposeA, transposeB, m, n, inner, a, b, out, add));
    c.out("out", out, 1, slack(m * n, i -> (inner + 2) * ROUNDING * absolute.get(i)));
  }

  private static void gemmDescend(Kernels k, Draw d, Check c) {
    int m = d.side();
    int n = d.side();
    int inner = d.whole(0, 9) == 0 ? 1100 + d.side() : 3 * d.side(); // beyond one block of k too
    boolean transposeA = d.coin();
    boolean transposeB = d.coin();
    Buffer a = d.normal(m * inner);
    Buffer b = d.normal(inner * n);
    Buffer theta = d.normal(m * n);
    Buffer room = d.normal(m * n);
    Decay decay = Decay.of(0.01);
    Buffer absolute = absolute(theta);
    Kernels.reference()
        .gemm(transposeA, transposeB, m, n, inner, absolute(a), absolute(b), absolute, true);
    d.call(() -> k.gemmDescend(transposeA, transposeB, m, n, inner, a, b, room, theta, 0.1, decay));
    c.out("theta", theta, 1, slack(m * n, i -> (inner + 4) * ROUNDING * absolute.get(i)));
  }

  private static void affine(Kernels k, Draw d, Check c) {
    int rows = d.side();
    int out = d.side();
    int in = 3 * d.side();
    Pointwise f = pointwise(d);
    Buffer x = d.normal(rows * in);
    Buffer weight = d.normal(out * in, 0.3);
    Buffer bias = d.coin() ? d.normal(out) : null;
    Buffer y = d.junk(rows * out);
    Buffer absolute = Buffer.allocate(Precision.DOUBLE, y.length());
    Buffer first = bias == null ? null : absolute(bias);
    Kernels.reference()
        .affine(rows, out, in, absolute(x), absolute(weight), first, Pointwise.NONE, absolute);
    d.call(() -> k.affine(rows, out, in, x, weight, bias, f, y));
    // No f here is steeper than 1.8 (SELU), but the exponential, as steep as it is high.
    boolean steep = f.equals(Pointwise.EXP);
    c.out(
        "y",
        y,
        4,
        slack(
            y.length(),
            i -> (steep ? 1.1 * y.get(i) : 1.8) * (in + 2) * ROUNDING * absolute.get(i)));
  }

  private static void affineDelta(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    int columns = shape[1];
    int n = shape[0] * columns;
    Pointwise f = pointwise(d);
    Buffer y = d.uniform(n, -1, 1);
    for (int i = 0; i < n; i += 5) {
      y.set(i, 0);
    }
    Buffer gradient = d.normal(n);
    double[] slack = new double[columns];
    for (int i = 0; i < n; i++) {
      slack[i % columns] += (shape[0] + 6) * ROUNDING * 4 * Math.abs(gradient.get(i));
    }
    double[] before = slack(n, gradient::get);
    Buffer delta = d.out(n, gradient);
    Buffer sums = d.coin() ? d.junk(columns) : null;
    d.call(() -> k.affineDelta(f, y, gradient, delta, sums, shape[0], columns));
    // The factors are small where they are differences of larger numbers.
    c.out("delta", delta, 3, slack(n, i -> 4 * ROUNDING * Math.abs(before[i])));
    if (sums != null) {
      c.out("biasGradient", sums, 1, slack);
    }
  }

  private static Pointwise pointwise(Draw d) {
    List<Pointwise> all = PointwiseCases.ofOutput();
    return all.get(d.whole(0, all.size() - 1));
  }

  // ------------------------------------------------- element by element, and by rows

  private static Case unary(Unary method, double ulps) {
    return (k, d, c) -> {
      int n = d.length();
      Buffer x = d.extreme(n);
      Buffer out = d.out(n, x);
      d.call(() -> method.run(k, x, out, n));
      c.out("out", out, ulps);
    };
  }

  private static void fill(Kernels k, Draw d, Check c) {
    int n = d.length();
    Buffer out = d.junk(n);
    double value = d.number(-2, 2);
    d.call(() -> k.fill(out, n, value));
    c.out("out", out, 0);
  }

  private static Case strided(Strided method) {
    return (k, d, c) -> {
      int[] shape = d.shape();
      int columns = shape[1];
      int strideA = d.whole(0, 3) == 0 ? 0 : columns;
      int strideB = d.whole(0, 2) == 0 ? 0 : columns;
      Buffer a = d.extreme(strideA == 0 ? columns : shape[0] * columns);
      Buffer b = d.extreme(strideB == 0 ? columns : shape[0] * columns);
      Buffer out = d.out(shape[0] * columns, a, b);
      d.call(() -> method.run(k, a, strideA, b, strideB, out, shape[0], columns));
      c.out("out", out, 1);
    };
  }

  private static void divide(Kernels k, Draw d, Check c) {
    int n = d.length();
    Buffer a = d.extreme(n);
    Buffer b = d.extreme(n);
    Buffer out = d.out(n, a, b);
    d.call(() -> k.divide(a, b, out, n));
    c.out("out", out, 1);
  }

  private static void scale(Kernels k, Draw d, Check c) {
    int n = d.length();
    Buffer x = d.extreme(n);
    Buffer out = d.out(n, x);
    double factor = d.number(-2, 2) / 3;
    d.call(() -> k.scale(x, factor, out, n));
    c.out("out", out, 2);
  }

  private static void addScaled(Kernels k, Draw d, Check c) {
    int n = d.length();
    Buffer x = d.normal(n);
    Buffer out = d.normal(n);
    double factor = d.number(-2, 2) / 3;
    double[] slack = slack(n, i -> 4 * ROUNDING * (Math.abs(x.get(i)) + Math.abs(out.get(i))));
    d.call(() -> k.addScaled(x, factor, out, n));
    c.out("out", out, 1, slack);
  }

  private static void addSign(Kernels k, Draw d, Check c) {
    int n = d.length();
    Buffer x = d.extreme(n);
    Buffer out = d.normal(n);
    double factor = d.number(-2, 2) / 3;
    double[] slack = slack(n, i -> 4 * ROUNDING * (1 + Math.abs(out.get(i))));
    d.call(() -> k.addSign(x, factor, out, n));
    c.out("out", out, 1, slack);
  }

  private static void scaleRows(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    int n = shape[0] * shape[1];
    Buffer factors = d.normal(shape[0]);
    Buffer x = d.normal(n);
    Buffer out = d.out(n, x);
    double factor = d.number(-2, 2) / 3;
    d.call(() -> k.scaleRows(factors, x, factor, out, shape[0], shape[1]));
    c.out("out", out, 3);
  }

  private static void spreadRows(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    Buffer out = d.junk(shape[0] * shape[1]);
    Buffer factors = d.normal(shape[0]);
    double factor = d.number(-2, 2) / 3;
    d.call(() -> k.spreadRows(factors, factor, out, shape[0], shape[1]));
    c.out("out", out, 1);
  }

  private static void fillRows(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    Buffer out = d.junk(shape[0] * shape[1]);
    Buffer row = d.normal(shape[1]);
    d.call(() -> k.fillRows(row, out, shape[0], shape[1]));
    c.out("out", out, 0);
  }

  private static void sumRows(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    Buffer x = d.normal(shape[0] * shape[1]);
    double factor = d.number(-2, 2) / 3;
    Buffer out = d.junk(shape[0]);
    d.call(() -> k.sumRows(x, factor, out, shape[0], shape[1]));
    c.out("out", out, 1, rowSlack(shape, i -> Math.abs(factor * x.get(i))));
  }

  private static void dotRows(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    Buffer a = d.normal(shape[0] * shape[1]);
    Buffer b = d.normal(shape[0] * shape[1]);
    double factor = d.number(-2, 2) / 3;
    Buffer out = d.junk(shape[0]);
    d.call(() -> k.dotRows(a, b, factor, out, shape[0], shape[1]));
    c.out("out", out, 1, rowSlack(shape, i -> Math.abs(factor * a.get(i) * b.get(i))));
  }

  private static void normRows(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    double scale = Math.pow(10, d.whole(-30, 30)); // squares of these have no place in a float
    Buffer x = d.normal(shape[0] * shape[1], scale);
    Buffer out = d.junk(shape[0]);
    double epsilon = d.coin() ? 0 : 1e-6;
    d.call(() -> k.normRows(x, epsilon, out, shape[0], shape[1]));
    c.out("out", out, 1);
  }

  private static void sumColumns(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    int columns = shape[1];
    Buffer x = d.normal(shape[0] * columns);
    Buffer out = d.junk(columns);
    d.call(() -> k.sumColumns(x, out, shape[0], columns));
    double[] slack = new double[columns];
    for (int i = 0; i < x.length(); i++) {
      slack[i % columns] += shape[0] * ROUNDING * Math.abs(x.get(i));
    }
    c.out("out", out, 1, slack);
  }

  // ------------------------------------------------------------- activations

  private static void rectify(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    int inner = d.coin() ? 1 : d.whole(1, 20);
    int n = shape[0] * shape[1] * inner;
    Buffer x = d.normal(n);
    Buffer slopes = d.normal(shape[1]);
    Buffer gradient = d.normal(n);
    double positive = d.coin() ? 1 : 0;
    Buffer out = d.out(n, gradient, x);
    d.call(() -> k.rectify(x, slopes, positive, gradient, out, shape[0], shape[1], inner));
    c.out("out", out, 1);
  }

  private static void softmax(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    Buffer x = d.normal(shape[0] * shape[1], d.coin() ? 1 : 50);
    Buffer out = d.junk(shape[0] * shape[1]);
    d.call(() -> k.softmax(x, out, shape[0], shape[1]));
    // Rounding x − max shifts the exponent, by more the larger it is.
    c.out(
        "out", out, 4, slack(out.length(), i -> (16 + shape[1] / 8 + 256) * ROUNDING * out.get(i)));
  }

  private static void softmaxGradient(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    Buffer y = d.uniform(shape[0] * shape[1], 0, 1);
    Buffer delta = d.normal(shape[0] * shape[1]);
    Buffer out = d.junk(shape[0] * shape[1]);
    d.call(() -> k.softmaxGradient(y, delta, out, shape[0], shape[1]));
    double[] inner = rowSlack(shape, i -> Math.abs(y.get(i) * delta.get(i)));
    c.out(
        "out",
        out,
        2,
        slack(
            out.length(),
            i -> y.get(i) * (inner[i / shape[1]] + 4 * ROUNDING * Math.abs(delta.get(i)))));
  }

  // -------------------------------------------------------------- reductions

  private static void sum(Kernels k, Draw d, Check c) {
    int n = d.length();
    Buffer x = d.normal(n);
    c.value("sum", d.value(() -> k.sum(x, n)), n * 0x1p-50);
  }

  private static void dot(Kernels k, Draw d, Check c) {
    int n = d.length();
    Buffer x = d.normal(n);
    Buffer y = d.normal(n);
    c.value("dot", d.value(() -> k.dot(x, y, n)), n * 0x1p-50);
  }

  private static void argmaxRows(Kernels k, Draw d, Check c) {
    int rows = d.side();
    int columns = d.coin() ? d.whole(1, 16) : d.side();
    Buffer x = d.coin() ? d.extreme(rows * columns) : d.labels(rows * columns, 5);
    int[] out = new int[rows];
    k.argmaxRows(x, rows, columns, out);
    for (int row = 0; row < rows; row++) {
      int found = out[row];
      c.value("argmaxRows, row " + row, d.value(() -> found), 0);
    }
  }

  // ------------------------------------------------------- rows of another kind

  private static void forRows(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    Buffer x = d.normal(shape[0] * shape[1]);
    Buffer out = d.junk(shape[0]);
    Kernels.Rows loop =
        (from, to) -> {
          for (int row = from; row < to; row++) {
            out.set(row, shape[1] == 0 ? row : row + x.get(row * shape[1]));
          }
        };
    d.call(() -> k.forRows(loop, shape[0], x.length()));
    c.out("out", out, 1);
  }

  // --------------------------------------------------------------------------

  static double[] slack(int n, IntToDoubleFunction of) {
    double[] slack = new double[n];
    java.util.Arrays.setAll(slack, of);
    return slack;
  }

  /// What a sum over each row may be wrong by, from the sizes of its terms.
  private static double[] rowSlack(int[] shape, IntToDoubleFunction size) {
    double[] slack = new double[shape[0]];
    for (int i = 0; i < shape[0] * shape[1]; i++) {
      slack[i / shape[1]] += (8 + shape[1] / 8) * ROUNDING * size.applyAsDouble(i);
    }
    return slack;
  }

  private static Buffer absolute(Buffer x) {
    Buffer absolute = Buffer.allocate(Precision.DOUBLE, x.length());
    for (int i = 0; i < x.length(); i++) {
      absolute.set(i, Math.abs(x.get(i)));
    }
    return absolute;
  }
}
