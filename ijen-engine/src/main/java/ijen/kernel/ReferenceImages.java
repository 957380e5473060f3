package ijen.kernel;

import org.jspecify.annotations.Nullable;

/// The specification of [ImageKernels]: `double`, one thread, plain loops that read like the
/// textbook.
final class ReferenceImages implements ImageKernels {
  private final ReferenceKernels kernels;

  ReferenceImages(ReferenceKernels kernels) {
    this.kernels = kernels;
  }

  /// What is done with one product of a convolution: a number of x, one of the weight, one of y.
  private interface Term {
    void at(int x, int weight, int y);
  }

  /// All products of a convolution, by their places in x, weight and y.
  private static void terms(
      Window window,
      int groups,
      int samples,
      int channels,
      int height,
      int width,
      int outputs,
      Term term) {
    int outRows = window.outputRows(height);
    int outColumns = window.outputColumns(width);
    int in = channels / groups;
    for (int n = 0; n < samples; n++) {
      for (int o = 0; o < outputs; o++) {
        for (int i = 0; i < outRows; i++) {
          for (int j = 0; j < outColumns; j++) {
            int y = ((n * outputs + o) * outRows + i) * outColumns + j;
            for (int ky = 0; ky < window.height(); ky++) {
              for (int c = 0; c < in; c++) {
                for (int kx = 0; kx < window.width(); kx++) {
                  int row = row(window, i, ky);
                  int column = row(window, j, kx);
                  if (row >= 0 && row < height && column >= 0 && column < width) {
                    int channel = o / (outputs / groups) * in + c;
                    int x = ((n * channels + channel) * height + row) * width + column;
                    int weight = ((o * in + c) * window.height() + ky) * window.width() + kx;
                    term.at(x, weight, y);
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// The row (or column) of the input that output row `i` sees at row `k` of the window.
  private static int row(Window window, int i, int k) {
    return i * window.stride() - window.padding() + k * window.dilation();
  }

  @Override
  public void convolve(
      Window window,
      int groups,
      int samples,
      int channels,
      int height,
      int width,
      int outputs,
      Buffer x,
      Buffer weight,
      @Nullable Buffer bias,
      Pointwise f,
      Buffer y) {
    int plane = window.outputRows(height) * window.outputColumns(width);
    begin(bias, y, samples, outputs, plane);
    terms(
        window,
        groups,
        samples,
        channels,
        height,
        width,
        outputs,
        (i, w, o) -> y.set(o, Math.fma(weight.get(w), x.get(i), y.get(o))));
    kernels.apply(f, y, y, samples * outputs * plane);
  }

  private void begin(@Nullable Buffer bias, Buffer y, int samples, int channels, int plane) {
    if (bias == null) {
      kernels.fill(y, samples * channels * plane, 0);
    } else {
      fillChannels(bias, y, samples, channels, plane);
    }
  }

  @Override
  public void convolveInput(
      Window window,
      int groups,
      int samples,
      int channels,
      int height,
      int width,
      int outputs,
      Buffer d,
      Buffer weight,
      @Nullable Buffer bias,
      Buffer dx) {
    begin(bias, dx, samples, channels, height * width);
    terms(
        window,
        groups,
        samples,
        channels,
        height,
        width,
        outputs,
        (i, w, o) -> dx.set(i, Math.fma(weight.get(w), d.get(o), dx.get(i))));
  }

  @Override
  public void convolveWeight(
      Window window,
      int groups,
      int samples,
      int channels,
      int height,
      int width,
      int outputs,
      Buffer x,
      Buffer d,
      Buffer dw) {
    kernels.fill(dw, outputs * (channels / groups) * window.size(), 0);
    terms(
        window,
        groups,
        samples,
        channels,
        height,
        width,
        outputs,
        (i, w, o) -> dw.set(w, Math.fma(d.get(o), x.get(i), dw.get(w))));
  }

  @Override
  public void convolutionDelta(
      Pointwise f,
      Buffer y,
      Buffer d,
      Buffer delta,
      @Nullable Buffer biasGradient,
      int samples,
      int channels,
      int plane) {
    kernels.gradient(f, y, y, d, delta, samples * channels * plane);
    if (biasGradient != null) {
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        for (int n = 0; n < samples; n++) {
          for (int i = 0; i < plane; i++) {
            sum += delta.get((n * channels + c) * plane + i);
          }
        }
        biasGradient.set(c, sum);
      }
    }
  }

  @Override
  public void fillChannels(Buffer values, Buffer y, int samples, int channels, int plane) {
    for (int i = 0; i < samples * channels * plane; i++) {
      y.set(i, values.get(i / plane % channels));
    }
  }

  @Override
  public void maxPool(
      Window window, int planes, int height, int width, Buffer x, Buffer y, Buffer index) {
    int outRows = window.outputRows(height);
    int outColumns = window.outputColumns(width);
    for (int o = 0; o < planes * outRows * outColumns; o++) {
      int plane = o / (outRows * outColumns);
      double max = Double.NEGATIVE_INFINITY;
      int place = -1;
      for (int k = 0; k < window.size(); k++) {
        int row = row(window, o / outColumns % outRows, k / window.width());
        int column = row(window, o % outColumns, k % window.width());
        if (row >= 0 && row < height && column >= 0 && column < width) {
          double value = x.get((plane * height + row) * width + column);
          if (place < 0 || value > max || Double.isNaN(value)) {
            max = value;
            place = k;
          }
        }
      }
      y.set(o, max);
      index.set(o, place);
    }
  }

  /// The place in its plane of the number that output `o` of [#maxPool] took.
  private static int place(Window window, int height, int width, Buffer index, int o) {
    int outRows = window.outputRows(height);
    int outColumns = window.outputColumns(width);
    int k = (int) index.get(o);
    int row = row(window, o / outColumns % outRows, k / window.width());
    int column = row(window, o % outColumns, k % window.width());
    return (o / (outRows * outColumns) * height + row) * width + column;
  }

  @Override
  public void maxPoolGradient(
      Window window, int planes, int height, int width, Buffer d, Buffer index, Buffer dx) {
    kernels.fill(dx, planes * height * width, 0);
    int n = planes * window.outputRows(height) * window.outputColumns(width);
    for (int o = 0; o < n; o++) {
      int place = place(window, height, width, index, o);
      dx.set(place, dx.get(place) + d.get(o));
    }
  }

  @Override
  public void pick(
      Window window, int planes, int height, int width, Buffer x, Buffer index, Buffer y) {
    int n = planes * window.outputRows(height) * window.outputColumns(width);
    for (int o = 0; o < n; o++) {
      y.set(o, x.get(place(window, height, width, index, o)));
    }
  }

  /// What is done with one number of the input that goes into one of the output, by its share.
  private interface Share {
    void at(int input, int output, double share);
  }

  private static void averages(Window window, int planes, int height, int width, Share share) {
    int outRows = window.outputRows(height);
    int outColumns = window.outputColumns(width);
    for (int o = 0; o < planes * outRows * outColumns; o++) {
      int plane = o / (outRows * outColumns);
      for (int k = 0; k < window.size(); k++) {
        int row = row(window, o / outColumns % outRows, k / window.width());
        int column = row(window, o % outColumns, k % window.width());
        if (row >= 0 && row < height && column >= 0 && column < width) {
          share.at((plane * height + row) * width + column, o, 1.0 / window.size());
        }
      }
    }
  }

  @Override
  public void averagePool(Window window, int planes, int height, int width, Buffer x, Buffer y) {
    kernels.fill(y, planes * window.outputRows(height) * window.outputColumns(width), 0);
    averages(window, planes, height, width, (i, o, share) -> y.set(o, y.get(o) + share * x.get(i)));
  }

  @Override
  public void averagePoolGradient(
      Window window, int planes, int height, int width, Buffer d, Buffer dx) {
    kernels.fill(dx, planes * height * width, 0);
    averages(
        window, planes, height, width, (i, o, share) -> dx.set(i, dx.get(i) + share * d.get(o)));
  }

  private static void equals(int factor, int planes, int height, int width, Share share) {
    for (int plane = 0; plane < planes; plane++) {
      for (int i = 0; i < height * factor; i++) {
        for (int j = 0; j < width * factor; j++) {
          int input = (plane * height + i / factor) * width + j / factor;
          share.at(input, (plane * height * factor + i) * width * factor + j, 1);
        }
      }
    }
  }

  @Override
  public void upsampleNearest(int factor, int planes, int height, int width, Buffer x, Buffer y) {
    equals(factor, planes, height, width, (i, o, share) -> y.set(o, x.get(i)));
  }

  @Override
  public void upsampleNearestGradient(
      int factor, int planes, int height, int width, Buffer d, Buffer dx) {
    kernels.fill(dx, planes * height * width, 0);
    equals(factor, planes, height, width, (i, o, share) -> dx.set(i, dx.get(i) + share * d.get(o)));
  }

  private static void interpolations(int factor, int planes, int height, int width, Share share) {
    for (int plane = 0; plane < planes; plane++) {
      for (int i = 0; i < height * factor; i++) {
        double y = Math.max(0, (i + 0.5) / factor - 0.5);
        int top = (int) y;
        int bottom = Math.min(top + 1, height - 1);
        for (int j = 0; j < width * factor; j++) {
          double x = Math.max(0, (j + 0.5) / factor - 0.5);
          int left = (int) x;
          int right = Math.min(left + 1, width - 1);
          int output = (plane * height * factor + i) * width * factor + j;
          double down = y - top;
          double across = x - left;
          int first = plane * height;
          share.at((first + top) * width + left, output, (1 - down) * (1 - across));
          share.at((first + top) * width + right, output, (1 - down) * across);
          share.at((first + bottom) * width + left, output, down * (1 - across));
          share.at((first + bottom) * width + right, output, down * across);
        }
      }
    }
  }

  @Override
  public void upsampleBilinear(int factor, int planes, int height, int width, Buffer x, Buffer y) {
    kernels.fill(y, planes * height * factor * width * factor, 0);
    interpolations(
        factor, planes, height, width, (i, o, share) -> y.set(o, y.get(o) + share * x.get(i)));
  }

  @Override
  public void upsampleBilinearGradient(
      int factor, int planes, int height, int width, Buffer d, Buffer dx) {
    kernels.fill(dx, planes * height * width, 0);
    interpolations(
        factor, planes, height, width, (i, o, share) -> dx.set(i, dx.get(i) + share * d.get(o)));
  }
}
