package ijen.kernel;

import static ijen.kernel.Check.ROUNDING;

import ijen.kernel.KernelCases.Case;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// One generated call of every method of [ImageKernels], as [KernelCases] has them of [Kernels].
final class ImageCases {
  private ImageCases() {}

  static Map<String, Case> all() {
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put("convolve", ImageCases::convolve);
    cases.put("convolveInput", ImageCases::convolveInput);
    cases.put("convolveWeight", ImageCases::convolveWeight);
    cases.put("convolutionDelta", ImageCases::convolutionDelta);
    cases.put("fillChannels", ImageCases::fillChannels);
    cases.put("maxPool", ImageCases::maxPool);
    cases.put("maxPoolGradient", ImageCases::maxPoolGradient);
    cases.put("pick", ImageCases::pick);
    cases.put("averagePool", ImageCases::averagePool);
    cases.put("averagePoolGradient", ImageCases::averagePoolGradient);
    cases.put("upsampleNearest", upsampling(false, false));
    cases.put("upsampleNearestGradient", upsampling(false, true));
    cases.put("upsampleBilinear", upsampling(true, false));
    cases.put("upsampleBilinearGradient", upsampling(true, true));
    return cases;
  }

  /// The sizes of a convolution, rarely square.
  record Sizes(
      Window window, int groups, int samples, int channels, int height, int width, int outputs) {
    static Sizes draw(Draw d) {
      boolean large = d.length() > 1000;
      int dilation = d.whole(0, 3) == 0 ? 2 : 1;
      int kernelHeight = d.whole(1, 5);
      int kernelWidth = d.whole(1, 7);
      int stride = d.coin() ? 1 : d.whole(1, 3);
      Window window = new Window(kernelHeight, kernelWidth, stride, d.whole(0, 3), dilation);
      int groups = d.coin() ? 1 : d.whole(1, 3);
      int most = large ? 30 : 12;
      return new Sizes(
          window,
          groups,
          large ? d.whole(17, 40) : d.whole(0, 4),
          groups * d.whole(1, 4),
          (kernelHeight - 1) * dilation + d.whole(1, most),
          (kernelWidth - 1) * dilation + d.whole(1, most),
          groups * (large ? d.whole(1, 8) : d.whole(1, 20)));
    }

    int plane() {
      return window.outputRows(height) * window.outputColumns(width);
    }

    int x() {
      return samples * channels * height * width;
    }

    int weight() {
      return outputs * (channels / groups) * window.size();
    }

    int y() {
      return samples * outputs * plane();
    }
  }

  private static void convolve(Kernels k, Draw d, Check c) {
    Sizes s = Sizes.draw(d);
    Buffer x = d.normal(s.x());
    Buffer weight = d.normal(s.weight(), 0.3);
    Buffer bias = d.coin() ? d.normal(s.outputs) : null;
    Pointwise f = pointwise(d);
    Buffer y = d.junk(s.y());
    Buffer sizes = Buffer.allocate(Precision.DOUBLE, s.y());
    convolve(
        Kernels.reference(), s, absolute(x), absolute(weight), bias, Pointwise.NONE, sizes, true);
    d.call(() -> convolve(k, s, x, weight, bias, f, y, false));
    int terms = s.weight() / s.outputs;
    // No f here is steeper than 1.
    c.out("y", y, 4, slack(s.y(), i -> (terms + 2) * ROUNDING * sizes.get(i)));
  }

  private static void convolve(
      Kernels k,
      Sizes s,
      Buffer x,
      Buffer weight,
      @Nullable Buffer bias,
      Pointwise f,
      Buffer y,
      boolean absolute) {
    Buffer first = bias == null || !absolute ? bias : absolute(bias);
    k.images()
        .convolve(
            s.window,
            s.groups,
            s.samples,
            s.channels,
            s.height,
            s.width,
            s.outputs,
            x,
            weight,
            first,
            f,
            y);
  }

  private static void convolveInput(Kernels k, Draw d, Check c) {
    Sizes s = Sizes.draw(d);
    Buffer delta = d.normal(s.y());
    Buffer weight = d.normal(s.weight(), 0.3);
    Buffer bias = d.coin() ? d.normal(s.channels) : null;
    Buffer dx = d.junk(s.x());
    Buffer sizes = Buffer.allocate(Precision.DOUBLE, s.x());
    Buffer first = bias == null ? null : absolute(bias);
    convolveInput(Kernels.reference(), s, absolute(delta), absolute(weight), first, sizes);
    d.call(() -> convolveInput(k, s, delta, weight, bias, dx));
    int terms = s.weight() / s.channels * s.groups;
    c.out("dx", dx, 1, slack(s.x(), i -> (terms + 2) * ROUNDING * sizes.get(i)));
  }

  private static void convolveInput(
      Kernels k, Sizes s, Buffer d, Buffer weight, @Nullable Buffer bias, Buffer dx) {
    k.images()
        .convolveInput(
            s.window,
            s.groups,
            s.samples,
            s.channels,
            s.height,
            s.width,
            s.outputs,
            d,
            weight,
            bias,
            dx);
  }

  private static void convolveWeight(Kernels k, Draw d, Check c) {
    Sizes s = Sizes.draw(d);
    Buffer x = d.normal(s.x());
    Buffer delta = d.normal(s.y());
    Buffer dw = d.junk(s.weight());
    Buffer sizes = Buffer.allocate(Precision.DOUBLE, s.weight());
    convolveWeight(Kernels.reference(), s, absolute(x), absolute(delta), sizes);
    d.call(() -> convolveWeight(k, s, x, delta, dw));
    int terms = s.samples * s.plane();
    c.out("dw", dw, 1, slack(s.weight(), i -> (terms + 2) * ROUNDING * sizes.get(i)));
  }

  private static void convolveWeight(Kernels k, Sizes s, Buffer x, Buffer d, Buffer dw) {
    k.images()
        .convolveWeight(
            s.window, s.groups, s.samples, s.channels, s.height, s.width, s.outputs, x, d, dw);
  }

  private static void convolutionDelta(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    int samples = shape[0];
    int channels = shape[1] % 7;
    int plane = channels == 0 ? 0 : shape[1] / channels;
    int n = samples * channels * plane;
    Pointwise f = pointwise(d);
    Buffer y = d.uniform(n, -1, 1);
    for (int i = 0; i < n; i += 5) {
      y.set(i, 0);
    }
    Buffer gradient = d.normal(n);
    double[] slack = new double[channels];
    for (int i = 0; i < n; i++) {
      slack[i / plane % channels] += (samples + plane + 6) * ROUNDING * 2 * abs(gradient.get(i));
    }
    Buffer delta = d.out(n, gradient);
    Buffer sums = d.coin() ? d.junk(channels) : null;
    d.call(
        () -> k.images().convolutionDelta(f, y, gradient, delta, sums, samples, channels, plane));
    c.out("delta", delta, 3);
    if (sums != null) {
      c.out("biasGradient", sums, 1, slack);
    }
  }

  private static void fillChannels(Kernels k, Draw d, Check c) {
    Sizes s = Sizes.draw(d);
    Buffer values = d.normal(s.channels);
    Buffer y = d.junk(s.x());
    d.call(() -> k.images().fillChannels(values, y, s.samples, s.channels, s.height * s.width));
    c.out("y", y, 0);
  }

  /// A pooling, often that of 2 by 2, and the planes that it is done on.
  private record Pool(Window window, int planes, int height, int width) {
    static Pool draw(Draw d) {
      boolean large = d.length() > 1000;
      Window two = Window.of(2).withStride(2);
      Window other = Window.of(d.whole(1, 4), d.whole(1, 4)).withStride(d.whole(1, 3));
      other = other.withPadding(d.whole(0, Math.min(other.height(), other.width()) / 2));
      Window window = d.coin() ? two : other;
      int most = large ? 60 : 40;
      return new Pool(
          window,
          large ? d.whole(70, 90) : d.whole(0, 5),
          d.whole(window.height(), d.coin() ? most : 8),
          d.whole(window.width(), d.coin() ? most : 8));
    }

    int inputs() {
      return planes * height * width;
    }

    int outputs() {
      return planes * window.outputRows(height) * window.outputColumns(width);
    }

    /// Whether number `i` of the outputs has number `k` of the window within the image.
    boolean sees(int i, int k) {
      int columns = window.outputColumns(width);
      int row = i / columns % window.outputRows(height) * window.stride() - window.padding();
      int column = i % columns * window.stride() - window.padding();
      row += k / window.width();
      column += k % window.width();
      return row >= 0 && row < height && column >= 0 && column < width;
    }

    /// Places of maxima, as [ImageKernels#maxPool] might have found them.
    Buffer places(Draw d) {
      Buffer places = d.labels(outputs(), window.size());
      for (int i = 0; i < outputs(); i++) {
        int k = (int) places.get(i);
        while (!sees(i, k)) {
          k = (k + 1) % window.size();
        }
        places.set(i, k);
      }
      return places;
    }
  }

  private static void maxPool(Kernels k, Draw d, Check c) {
    Pool p = Pool.draw(d);
    // Few numbers, to have ties; or with infinities and NaN.
    Buffer x = d.coin() ? d.labels(p.inputs(), 3) : d.extreme(p.inputs());
    Buffer y = d.junk(p.outputs());
    Buffer index = d.junk(p.outputs());
    d.call(() -> k.images().maxPool(p.window, p.planes, p.height, p.width, x, y, index));
    c.out("y", y, 0);
    c.out("index", index, 0);
  }

  private static void maxPoolGradient(Kernels k, Draw d, Check c) {
    Pool p = Pool.draw(d);
    Buffer places = p.places(d);
    Buffer delta = d.normal(p.outputs());
    Buffer dx = d.junk(p.inputs());
    d.call(
        () -> k.images().maxPoolGradient(p.window, p.planes, p.height, p.width, delta, places, dx));
    c.out("dx", dx, 1, slack(p.inputs(), i -> 100 * ROUNDING));
  }

  private static void pick(Kernels k, Draw d, Check c) {
    Pool p = Pool.draw(d);
    Buffer places = p.places(d);
    Buffer x = d.normal(p.inputs());
    Buffer y = d.junk(p.outputs());
    d.call(() -> k.images().pick(p.window, p.planes, p.height, p.width, x, places, y));
    c.out("y", y, 0);
  }

  private static void averagePool(Kernels k, Draw d, Check c) {
    Pool p = Pool.draw(d);
    Buffer x = d.normal(p.inputs());
    Buffer y = d.junk(p.outputs());
    d.call(() -> k.images().averagePool(p.window, p.planes, p.height, p.width, x, y));
    c.out("y", y, 1, slack(p.outputs(), i -> 100 * ROUNDING));
  }

  private static void averagePoolGradient(Kernels k, Draw d, Check c) {
    Pool p = Pool.draw(d);
    Buffer delta = d.normal(p.outputs());
    Buffer dx = d.junk(p.inputs());
    d.call(() -> k.images().averagePoolGradient(p.window, p.planes, p.height, p.width, delta, dx));
    c.out("dx", dx, 1, slack(p.inputs(), i -> 100 * ROUNDING));
  }

  private static Case upsampling(boolean bilinear, boolean back) {
    return (k, d, c) -> {
      int factor = d.whole(1, 4);
      boolean large = d.length() > 1000;
      int planes = large ? d.whole(30, 50) : d.whole(0, 3);
      int height = d.whole(1, large ? 40 : 8);
      int width = d.whole(1, large ? 40 : 8);
      int small = planes * height * width;
      int n = back ? small * factor * factor : small;
      int m = back ? small : small * factor * factor;
      Buffer from = d.normal(n);
      Buffer to = d.junk(m);
      ImageKernels images = k.images();
      d.call(() -> {
        if (bilinear && back) {
          images.upsampleBilinearGradient(factor, planes, height, width, from, to);
        } else if (bilinear) {
          images.upsampleBilinear(factor, planes, height, width, from, to);
        } else if (back) {
          images.upsampleNearestGradient(factor, planes, height, width, from, to);
        } else {
          images.upsampleNearest(factor, planes, height, width, from, to);
        }
      });
      double slack = back ? 400 * ROUNDING : bilinear ? 40 * ROUNDING : 0;
      c.out("out", to, 1, slack(m, i -> slack));
    };
  }

  // --------------------------------------------------------------------------

  private static Pointwise pointwise(Draw d) {
    List<Pointwise> some =
        List.of(Pointwise.NONE, Pointwise.RELU, Pointwise.SIGMOID, Pointwise.TANH);
    return some.get(d.whole(0, some.size() - 1));
  }

  private static double abs(double x) {
    return Math.abs(x);
  }

  private static double[] slack(int n, IntToDoubleFunction of) {
    double[] slack = new double[n];
    Arrays.setAll(slack, of);
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
