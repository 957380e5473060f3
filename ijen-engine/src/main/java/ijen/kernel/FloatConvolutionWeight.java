package ijen.kernel;

import java.util.Arrays;

/// [ImageKernels#convolveWeight] in `float`: each block of samples, each group and each two vectors
/// of outputs have sums of their own; these units are shared out over threads.
///
/// Within a block each sum is one accumulator over ascending samples and places, by
/// [FloatTaps#columns]: taps are its rows, and its panel is the gradient, places by outputs. A few
/// outputs would leave most lanes of that without work: they have lanes along places, and partial
/// sums ([FloatTapSums]). Which of the two depends on the number of outputs and the stride alone.
final class FloatConvolutionWeight implements Workers.Task {
  private static final Buffer NONE = Buffer.of(new float[0]);
  private static final int COLUMNS = FloatTaps.COLUMNS;
  private static final int PARTIALS = FloatTapSums.PARTIALS;
  private static final int SIDE = FloatTapSums.SIDE;

  /// Most blocks of samples. A constant, as the next one: sums are the same for any threads.
  private static final int MOST_BLOCKS = 16;

  /// Most numbers of all blocks' sums together, unless one block has more.
  private static final int MOST_SUMS = 1 << 22;

  /// Most outputs of a group whose lanes are places.
  private static final int FEW = 8;

  /// Places whose gradients stay in the first-level cache while all taps use them.
  private static final int CHUNK = 240;

  /// The same of gradients by rows, with the places between rows.
  private static final int WIDE_CHUNK = 1024;

  private final Workers workers;
  private final FloatCorrelation correlation = new FloatCorrelation();
  private final float[][] padded;
  private final float[][] panel;
  private float[] sums = {}; // [blocks, groups, panels, …]
  private int[] tapsOfTiles = {};

  private Buffer x = NONE;
  private Buffer d = NONE;
  private Window window = Window.of(1);
  private int groups;
  private int samples;
  private int channels;
  private int height;
  private int width;
  private int outputs;
  private int outRows;
  private int outColumns;
  private int blocks;
  private int panels;
  private int unitSize;
  private boolean neighbours; // so are the taps of a row of the window, in the image
  private boolean alongPlaces;

  FloatConvolutionWeight(Workers workers) {
    this.workers = workers;
    this.padded = new float[workers.threads()][0];
    this.panel = new float[workers.threads()][CHUNK * COLUMNS];
  }

  void run(
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
    this.window = window;
    this.groups = groups;
    this.samples = samples;
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.outputs = outputs;
    this.x = x;
    this.d = d;
    int out = outputs / groups;
    outRows = window.outputRows(height);
    outColumns = window.outputColumns(width);
    correlation.forward(window, channels / groups, paddedHeight(), paddedWidth());
    int size = outputs * (channels / groups) * window.size();
    neighbours = window.dilation() == 1 && window.width() > 2;
    alongPlaces = window.stride() == 1 && out <= FEW;
    blocks = Math.max(1, Math.min(Math.min(samples, MOST_BLOCKS), MOST_SUMS / size));
    panels = alongPlaces ? 1 : Math.ceilDiv(out, COLUMNS);
    unitSize = alongPlaces ? out3() * taps3() * PARTIALS : correlation.count() * COLUMNS;
    int block = groups * panels * unitSize;
    if (sums.length < blocks * block) {
      sums = new float[blocks * block];
    }
    if (alongPlaces) {
      repeatLastTap();
    }
    if ((long) samples * outRows * outColumns * size < Split.WORTHWHILE || workers.active() == 1) {
      run(0, 1);
    } else {
      workers.run(this);
    }
    for (int b = 1; b < blocks; b++) {
      FloatElements.add(sums, 0, sums, b * block, sums, 0, block);
    }
    for (int o = 0; o < outputs; o++) {
      collect(o, dw);
    }
  }

  /// Writes the gradient of one output's weight.
  private void collect(int o, Buffer dw) {
    int out = outputs / groups;
    int taps = correlation.count();
    int inGroup = o % out;
    int to = dw.offset + o * taps;
    for (int t = 0; t < taps; t++) {
      float sum;
      if (alongPlaces) {
        int unit = o / out * unitSize;
        sum = FloatTapSums.total(sums, unit + (inGroup * taps3() + t) * PARTIALS);
      } else {
        int unit = (o / out * panels + inGroup / COLUMNS) * unitSize;
        sum = sums[unit + t * COLUMNS + inGroup % COLUMNS];
      }
      dw.floats()[to + correlation.weightAt()[t]] = sum;
    }
  }

  private int paddedHeight() {
    return height + 2 * window.padding();
  }

  private int paddedWidth() {
    return width + 2 * window.padding();
  }

  /// Outputs of a group and taps, in whole tiles.
  private int out3() {
    return Math.ceilDiv(outputs / groups, SIDE) * SIDE;
  }

  private int taps3() {
    return Math.ceilDiv(correlation.count(), SIDE) * SIDE;
  }

  private void repeatLastTap() {
    if (tapsOfTiles.length < taps3()) {
      tapsOfTiles = new int[taps3()];
    }
    int taps = correlation.count();
    System.arraycopy(correlation.taps(), 0, tapsOfTiles, 0, taps);
    Arrays.fill(tapsOfTiles, taps, taps3(), tapsOfTiles[taps - 1]);
  }

  @Override
  public void run(int part, int parts) {
    long units = (long) blocks * groups * panels;
    int from = (int) (units * part / parts);
    int to = (int) (units * (part + 1) / parts);
    if (from == to) {
      return;
    }
    if (window.padding() > 0 || alongPlaces) {
      int size = channels / groups * paddedHeight() * paddedWidth() + PARTIALS;
      padded[part] = FloatConvolution.cleared(padded[part], size);
    }
    if (alongPlaces) {
      int size = out3() * (Math.max(WIDE_CHUNK, paddedWidth()) + PARTIALS);
      panel[part] = FloatConvolution.cleared(panel[part], size);
    }
    for (int unit = from; unit < to; unit++) {
      int block = unit / (groups * panels);
      unit(
          unit,
          unit / panels % groups,
          unit % panels,
          (int) ((long) samples * block / blocks),
          (int) ((long) samples * (block + 1) / blocks),
          padded[part],
          panel[part]);
    }
  }

  /// The sums of one group and panel over the samples `from` to `to − 1`.
  private void unit(
      int unit, int group, int panel, int from, int to, float[] padded, float[] gradients) {
    int in = channels / groups;
    int plane = outRows * outColumns;
    int so = unit * unitSize;
    int first = group * (outputs / groups) + panel * COLUMNS;
    int some = Math.min(COLUMNS, outputs / groups - panel * COLUMNS);
    Arrays.fill(sums, so, so + unitSize, 0f);
    if (!alongPlaces) {
      Arrays.fill(gradients, 0f); // columns beyond `some` stay zero
    }
    for (int n = from; n < to; n++) {
      float[] xs = x.floats();
      int xo = x.offset + (n * channels + group * in) * height * width;
      if (window.padding() > 0 || alongPlaces) {
        int p = window.padding();
        FloatConvolution.pad(
            xs, xo, in, height, width, padded, p, p, paddedHeight(), paddedWidth());
        xs = padded;
        xo = 0;
      }
      int at = d.offset + (n * outputs + first) * plane;
      if (alongPlaces) {
        addAlongPlaces(xs, at, gradients, so);
        continue;
      }
      for (int q = 0; q < plane; q += CHUNK) {
        int places = Math.min(CHUNK, plane - q);
        FloatTranspose.copy(d.floats(), at + q, plane, some, places, gradients, 0, COLUMNS);
        addAlongOutputs(xs, xo, q, places, gradients, so);
      }
    }
  }

  /// Adds to all sums what one sample contributes, whose gradients begin at `at`: these are laid
  /// out in rows as long as the padded image's, with zeros between, so that places run on over
  /// rows.
  private void addAlongPlaces(float[] image, int at, float[] gradients, int so) {
    int out = outputs / groups;
    int pitch = paddedWidth();
    int rows = Math.max(1, WIDE_CHUNK / pitch);
    int ldd = rows * pitch + PARTIALS;
    int plane = outRows * outColumns;
    for (int i = 0; i < outRows; i += rows) {
      int some = Math.min(rows, outRows - i);
      int end = (some - 1) * pitch + outColumns;
      int n = Math.ceilDiv(end, PARTIALS) * PARTIALS;
      for (int o = 0; o < out; o++) {
        int row = o * ldd;
        int from = at + o * plane + i * outColumns;
        FloatConvolution.copyRows(
            d.floats(), from, outColumns, some, outColumns, gradients, row, pitch);
        Arrays.fill(gradients, row + end, row + n, 0f);
      }
      int lds = taps3() * PARTIALS;
      for (int o = 0; o < out; o += SIDE) {
        for (int t = 0; t < taps3(); t += SIDE) {
          int to = so + o * lds + t * PARTIALS;
          FloatTapSums.add(
              gradients, o * ldd, ldd, image, i * pitch, tapsOfTiles, t, n, sums, to, lds);
        }
      }
    }
  }

  /// Adds to all sums what the places `q` to `q + places − 1` contribute.
  private void addAlongOutputs(float[] xs, int xo, int q, int places, float[] gradients, int so) {
    int[] taps = correlation.taps();
    int[] grid = correlation.places();
    int panel = -q * COLUMNS; // where it would begin if it held all places
    int end = q + places;
    for (int t = 0, rows; t < correlation.count(); t += rows) {
      rows =
          neighbours
              ? FloatNeighbours.run(t % window.width(), window.width())
              : Math.min(FloatTaps.ROWS, correlation.count() - t);
      int at = so + t * COLUMNS;
      int first = xo + taps[t];
      if (!neighbours
          || !FloatNeighbours.columns(
              xs, first, rows, grid, q, end, gradients, panel, sums, at, COLUMNS, sums, at)) {
        FloatTaps.columns(
            xs, xo, taps, t, rows, grid, q, end, gradients, panel, sums, at, COLUMNS, sums, at);
      }
    }
  }
}
