package ijen.kernel;

import static ijen.kernel.Check.ROUNDING;

import ijen.kernel.KernelCases.Case;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// One generated call of every method of [NormKernels] and [TableKernels], as [KernelCases] has
/// them of [Kernels].
final class NormCases {
  private NormCases() {}

  static Map<String, Case> all() {
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put("batch", NormCases::batch);
    cases.put("batchGradient", NormCases::batchGradient);
    cases.put("batchTangent", NormCases::batchTangent);
    cases.put("layer", NormCases::layer);
    cases.put("layerGradient", NormCases::layerGradient);
    cases.put("layerTangent", NormCases::layerTangent);
    cases.put("gather", NormCases::gather);
    cases.put("scatter", NormCases::scatter);
    return cases;
  }

  /// Rows, channels and positions; features every other time.
  private record Sizes(int rows, int channels, int positions) {
    static Sizes draw(Draw d) {
      int[] shape = d.shape();
      if (d.coin()) {
        return new Sizes(Math.max(1, shape[0]), shape[1], 1);
      }
      int area = shape[0] * shape[1];
      return area > 10_000
          ? new Sizes(d.whole(2, 6), d.whole(5, 40), d.whole(500, 1500))
          : new Sizes(d.whole(1, 6), d.whole(0, 5), d.whole(2, 40));
    }

    int count() {
      return rows * channels * positions;
    }

    int channel(int i) {
      return i / positions % channels;
    }

    double numbers() {
      return (double) rows * positions;
    }
  }

  private static void batch(Kernels k, Draw d, Check c) {
    Sizes s = Sizes.draw(d);
    int n = s.count();
    Buffer x = d.normal(n);
    Buffer scale = d.normal(s.channels);
    Buffer shift = d.normal(s.channels);
    boolean given = d.coin();
    boolean rectified = d.coin();
    Buffer mean = given ? d.normal(s.channels) : d.junk(s.channels);
    Buffer variance = given ? d.uniform(s.channels, 0.01, 2) : d.junk(s.channels);
    Buffer inverse = d.junk(s.channels);
    Buffer before = copy(x);
    Buffer y = d.out(n, x);
    d.call(() ->
        k.norms()
            .batch(
                x,
                scale,
                shift,
                1e-5,
                given,
                mean,
                variance,
                inverse,
                rectified,
                y,
                s.rows,
                s.channels,
                s.positions));
    double unit = 80 * ROUNDING;
    // What the mean is wrong by, in deviations, is what r is wrong by, relatively.
    IntToDoubleFunction size = i -> (1 + Math.abs(mean.get(i))) * inverse.get(i);
    c.out("mean", mean, 1, slack(s.channels, i -> unit * (1 + Math.abs(mean.get(i)))));
    c.out(
        "variance",
        variance,
        1,
        slack(
            s.channels,
            i ->
                unit * variance.get(i)
                    + 4 * ROUNDING * (1 + Math.abs(mean.get(i))) * Math.sqrt(variance.get(i))
                    + 1e-12));
    c.out(
        "inverse",
        inverse,
        1,
        slack(s.channels, i -> 4 * unit * size.applyAsDouble(i) * inverse.get(i)));
    c.out(
        "y",
        y,
        1,
        slack(
            n,
            i -> {
              int channel = s.channel(i);
              double normal = (before.get(i) - mean.get(channel)) * inverse.get(channel);
              double error = 4 * unit * size.applyAsDouble(channel) * (1 + Math.abs(normal));
              return Math.abs(scale.get(channel)) * error
                  + 8 * ROUNDING * Math.abs(shift.get(channel));
            }));
  }

  /// Arguments for which a ReLU's kink is not near.
  private static final class Normalised {
    final Sizes sizes;
    final Buffer x;
    final Buffer scale;
    final Buffer shift;
    final Buffer mean;
    final Buffer inverse;

    Normalised(Draw d) {
      sizes = Sizes.draw(d);
      x = d.uniform(sizes.count(), 0.5, 1);
      for (int i = 0; i < x.length(); i++) {
        x.set(i, d.coin() ? x.get(i) : -x.get(i));
      }
      scale = d.uniform(sizes.channels, 0.5, 1);
      shift = d.uniform(sizes.channels, -0.05, 0.05);
      mean = d.uniform(sizes.channels, -0.1, 0.1);
      inverse = d.uniform(sizes.channels, 0.5, 1);
    }
  }

  private static void batchGradient(Kernels k, Draw d, Check c) {
    Normalised a = new Normalised(d);
    Sizes s = a.sizes;
    boolean given = d.coin();
    boolean rectified = d.coin();
    Buffer gradient = d.uniform(s.count(), -1, 1);
    Buffer out = d.whole(0, 4) == 0 ? null : d.out(s.count(), gradient);
    Buffer scaleGradient = d.junk(s.channels);
    Buffer shiftGradient = d.junk(s.channels);
    d.call(() ->
        k.norms()
            .batchGradient(
                a.x,
                gradient,
                a.scale,
                a.shift,
                given,
                a.mean,
                a.inverse,
                rectified,
                out,
                scaleGradient,
                shiftGradient,
                s.rows,
                s.channels,
                s.positions));
    c.out("scaleGradient", scaleGradient, 1, slack(s.channels, i -> 100 * ROUNDING * s.numbers()));
    c.out("shiftGradient", shiftGradient, 1, slack(s.channels, i -> 80 * ROUNDING * s.numbers()));
    if (out != null) {
      c.out("out", out, 1, slack(s.count(), i -> 300 * ROUNDING));
    }
  }

  private static void batchTangent(Kernels k, Draw d, Check c) {
    Normalised a = new Normalised(d);
    Sizes s = a.sizes;
    boolean given = d.coin();
    boolean rectified = d.coin();
    Buffer t = d.coin() ? d.uniform(s.count(), -1, 1) : null;
    Buffer scaleTangent = d.coin() ? d.normal(s.channels) : null;
    Buffer shiftTangent = d.coin() ? d.normal(s.channels) : null;
    Buffer out = t == null ? d.junk(s.count()) : d.out(s.count(), t);
    d.call(() ->
        k.norms()
            .batchTangent(
                a.x,
                t,
                a.scale,
                scaleTangent,
                a.shift,
                shiftTangent,
                given,
                a.mean,
                a.inverse,
                rectified,
                out,
                s.rows,
                s.channels,
                s.positions));
    c.out(
        "out",
        out,
        1,
        slack(
            s.count(),
            i ->
                ROUNDING
                    * (300
                        + 8 * size(scaleTangent, s.channel(i))
                        + 8 * size(shiftTangent, s.channel(i)))));
  }

  private static void layer(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    int rows = shape[0];
    int columns = Math.max(1, shape[1]);
    int n = rows * columns;
    Buffer x = d.normal(n);
    Buffer scale = d.normal(columns);
    Buffer shift = d.normal(columns);
    Buffer mean = d.junk(rows);
    Buffer inverse = d.junk(rows);
    Buffer before = copy(x);
    Buffer y = d.out(n, x);
    d.call(() -> k.norms().layer(x, scale, shift, 1e-5, mean, inverse, y, rows, columns));
    double unit = 100 * ROUNDING;
    c.out("mean", mean, 1, slack(rows, i -> unit * (1 + Math.abs(mean.get(i)))));
    IntToDoubleFunction size = r -> (1 + Math.abs(mean.get(r))) * inverse.get(r);
    c.out(
        "inverse", inverse, 1, slack(rows, i -> 4 * unit * size.applyAsDouble(i) * inverse.get(i)));
    c.out(
        "y",
        y,
        1,
        slack(
            n,
            i -> {
              int r = i / columns;
              double normal = (before.get(i) - mean.get(r)) * inverse.get(r);
              double error = 4 * unit * size.applyAsDouble(r) * (1 + Math.abs(normal));
              return Math.abs(scale.get(i % columns)) * error
                  + 8 * ROUNDING * Math.abs(shift.get(i % columns));
            }));
  }

  private static void layerGradient(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    int rows = shape[0];
    int columns = Math.max(1, shape[1]);
    int n = rows * columns;
    Buffer x = d.uniform(n, -1, 1);
    Buffer gradient = d.uniform(n, -1, 1);
    Buffer scale = d.uniform(columns, -1, 1);
    Buffer mean = d.uniform(rows, -0.1, 0.1);
    Buffer inverse = d.uniform(rows, 0.5, 1);
    Buffer out = d.whole(0, 4) == 0 ? null : d.out(n, gradient);
    Buffer scaleGradient = d.junk(columns);
    Buffer shiftGradient = d.junk(columns);
    d.call(() ->
        k.norms()
            .layerGradient(
                x,
                gradient,
                scale,
                mean,
                inverse,
                out,
                scaleGradient,
                shiftGradient,
                rows,
                columns));
    c.out("scaleGradient", scaleGradient, 1, slack(columns, i -> 270 * ROUNDING * rows));
    c.out("shiftGradient", shiftGradient, 1, slack(columns, i -> 80 * ROUNDING * rows));
    if (out != null) {
      c.out("out", out, 1, slack(n, i -> 300 * ROUNDING));
    }
  }

  private static void layerTangent(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    int rows = shape[0];
    int columns = Math.max(1, shape[1]);
    int n = rows * columns;
    Buffer x = d.uniform(n, -1, 1);
    Buffer t = d.coin() ? d.uniform(n, -1, 1) : null;
    Buffer scale = d.uniform(columns, -1, 1);
    Buffer scaleTangent = d.coin() ? d.normal(columns) : null;
    Buffer shiftTangent = d.coin() ? d.normal(columns) : null;
    Buffer mean = d.uniform(rows, -0.1, 0.1);
    Buffer inverse = d.uniform(rows, 0.5, 1);
    Buffer out = t == null ? d.junk(n) : d.out(n, t);
    d.call(() ->
        k.norms()
            .layerTangent(
                x, t, scale, scaleTangent, shiftTangent, mean, inverse, out, rows, columns));
    c.out(
        "out",
        out,
        1,
        slack(
            n,
            i ->
                ROUNDING
                    * (300
                        + 8 * size(scaleTangent, i % columns)
                        + 8 * size(shiftTangent, i % columns))));
  }

  private static void gather(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    int entries = d.whole(1, 30);
    Buffer table = d.normal(entries * shape[1]);
    Buffer numbers = d.labels(shape[0], entries);
    Buffer out = d.junk(shape[0] * shape[1]);
    d.call(() -> k.tables().gather(table, numbers, out, shape[0], entries, shape[1]));
    c.out("out", out, 0);
  }

  private static void scatter(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    int entries = d.whole(1, 30);
    Buffer gradient = d.normal(shape[0] * shape[1]);
    Buffer numbers = d.labels(shape[0], entries);
    Buffer table = d.junk(entries * shape[1]);
    d.call(() -> k.tables().scatter(gradient, numbers, table, shape[0], entries, shape[1]));
    double[] slack = new double[table.length()];
    for (int i = 0; i < gradient.length(); i++) {
      int entry = (int) numbers.get(i / shape[1]);
      slack[entry * shape[1] + i % shape[1]] += shape[0] * ROUNDING * Math.abs(gradient.get(i));
    }
    c.out("table", table, 1, slack);
  }

  private static double size(@Nullable Buffer of, int i) {
    return of == null ? 0 : Math.abs(of.get(i));
  }

  private static double[] slack(int n, IntToDoubleFunction of) {
    double[] slack = new double[n];
    Arrays.setAll(slack, of);
    return slack;
  }

  private static Buffer copy(Buffer x) {
    Buffer copy = Buffer.allocate(x.precision(), x.length());
    copy.copyFrom(x);
    return copy;
  }
}
