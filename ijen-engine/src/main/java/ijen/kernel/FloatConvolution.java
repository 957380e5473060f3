package ijen.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// [ImageKernels#convolve] and [ImageKernels#convolveInput] in `float`: samples are shared out over
/// threads, each of which lays out the padding of one image after the other in memory of its own.
final class FloatConvolution implements Workers.Task {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;
  private static final Buffer NONE = Buffer.of(new float[0]);

  private final Workers workers;
  private final float[][] padded;
  private final float[][] tile;
  private FloatCorrelation[] correlations = {};
  private int used;

  private Buffer image = NONE;
  private Buffer out = NONE;
  private Pointwise f = Pointwise.NONE;
  private int samples;
  private int channels;
  private int rows;
  private int columns;
  private int top;
  private int left;
  private int height; // with padding
  private int width;
  private boolean inPlace; // there is no padding to lay out
  private int outSize;

  FloatConvolution(Workers workers) {
    this.workers = workers;
    this.padded = new float[workers.threads()][0];
    this.tile = new float[workers.threads()][FloatCorrelation.TILE];
  }

  void forward(
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
    int padding = window.padding();
    image(x, channels, height, width);
    padding(padding, padding, height + 2 * padding, width + 2 * padding);
    int in = channels / groups;
    int out = outputs / groups;
    int plane = window.outputRows(height) * window.outputColumns(width);
    FloatCorrelation all = correlation(0);
    all.forward(window, in, this.height, this.width);
    int row = in * window.size();
    all.weights(weight, row, out * row, bias, groups, out, plane, in * this.height * this.width);
    used = 1;
    run(samples, y, outputs * plane, f, (long) outputs * plane * row);
  }

  void transpose(
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
    int outRows = window.outputRows(height);
    int outColumns = window.outputColumns(width);
    int stride = window.stride();
    int above = (window.height() - 1) * window.dilation() / stride;
    int before = (window.width() - 1) * window.dilation() / stride;
    image(d, outputs, outRows, outColumns);
    padding(
        above,
        before,
        above + Math.max(outRows, (height - 1 + window.padding()) / stride + 1),
        before + Math.max(outColumns, (width - 1 + window.padding()) / stride + 1));
    int in = channels / groups;
    int out = outputs / groups;
    used = 0;
    for (int y = 0; y < stride; y++) {
      for (int x = 0; x < stride; x++) {
        FloatCorrelation some = correlation(used++);
        some.transpose(
            window, y, x, in, height, width, out, outRows, this.height, this.width, top, left);
        some.weights(
            weight,
            window.size(),
            out * in * window.size(),
            bias,
            groups,
            in,
            height * width,
            out * this.height * this.width);
      }
    }
    long work = (long) outputs * outRows * outColumns * in * window.size();
    run(samples, dx, channels * height * width, Pointwise.NONE, work);
  }

  private void image(Buffer image, int channels, int rows, int columns) {
    this.image = image;
    this.channels = channels;
    this.rows = rows;
    this.columns = columns;
  }

  private void padding(int top, int left, int height, int width) {
    this.top = top;
    this.left = left;
    this.height = height;
    this.width = width;
  }

  private FloatCorrelation correlation(int i) {
    if (i >= correlations.length) {
      correlations = Arrays.copyOf(correlations, i + 1);
      correlations[i] = new FloatCorrelation();
    }
    return correlations[i];
  }

  /// @param work multiply-adds of one sample
  private void run(int samples, Buffer out, int outSize, Pointwise f, long work) {
    this.samples = samples;
    this.out = out;
    this.outSize = outSize;
    this.f = f;
    inPlace = height == rows && width == columns;
    for (int i = 0; i < used; i++) {
      inPlace &= !correlations[i].readsBeyond();
    }
    if (samples * work < Split.WORTHWHILE || workers.active() == 1) {
      run(0, 1);
    } else {
      workers.run(this);
    }
  }

  @Override
  public void run(int part, int parts) {
    int from = (int) ((long) samples * part / parts);
    int to = (int) ((long) samples * (part + 1) / parts);
    if (!inPlace && from < to) {
      padded[part] = cleared(padded[part], channels * height * width + Lanes.COUNT);
    }
    for (int n = from; n < to; n++) {
      float[] xs = image.floats();
      int at = image.offset + n * channels * rows * columns;
      if (!inPlace) {
        pad(xs, at, channels, rows, columns, padded[part], top, left, height, width);
        xs = padded[part];
        at = 0;
      }
      for (int i = 0; i < used; i++) {
        correlations[i].run(xs, at, out.floats(), out.offset + n * outSize, tile[part]);
      }
      if (!f.equals(Pointwise.NONE)) {
        FloatActivations.apply(f, out, tile[part], n * outSize, (n + 1) * outSize);
      }
    }
  }

  /// Zeros, at least `n` of them, in the same memory if it is large enough.
  static float[] cleared(float[] memory, int n) {
    if (memory.length < n) {
      return new float[n];
    }
    Arrays.fill(memory, 0, n, 0f);
    return memory;
  }

  /// Copies planes into the middle of larger ones.
  static void pad(
      float[] xs,
      int xo,
      int planes,
      int rows,
      int columns,
      float[] ys,
      int top,
      int left,
      int height,
      int width) {
    for (int c = 0; c < planes; c++) {
      int at = (c * height + top) * width + left;
      copyRows(xs, xo + c * rows * columns, columns, rows, columns, ys, at, width);
    }
  }

  /// Copies rows of `n` numbers that are `ldx` apart to where they are `ldy` apart.
  static void copyRows(float[] xs, int xo, int ldx, int rows, int n, float[] ys, int yo, int ldy) {
    if (n < F.length()) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < n; j++) {
          ys[yo + i * ldy + j] = xs[xo + i * ldx + j];
        }
      }
      return;
    }
    for (int i = 0; i < rows; i++) {
      int x = xo + i * ldx;
      int y = yo + i * ldy;
      for (int j = 0; j < n - F.length(); j += F.length()) {
        FloatVector.fromArray(F, xs, x + j).intoArray(ys, y + j);
      }
      int last = n - F.length(); // ends with the row
      FloatVector.fromArray(F, xs, x + last).intoArray(ys, y + last);
    }
  }
}
