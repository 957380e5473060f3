package ijen.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One correlation of images with windows, for any number of samples: which numbers are multiplied
/// with which, told by tables that are made once for a call, and the loops over tiles of outputs.
///
/// It serves both directions of a convolution. Forward, the image is x and every output is a place
/// of the grid. Backward, the image is the gradient of the outputs, and the places whose row and
/// column are the same number beyond a multiple of the stride see the same taps: they are the grid
/// of one correlation, of which there are stride × stride.
///
/// Outputs lie along lanes ([FloatTaps#columns]) or, where they are few, neighbouring places do
/// ([FloatTaps#places]); no bit of a result depends on it. Taps that would read nothing but padding
/// above or below are left out.
final class FloatCorrelation {
  private static final int L = Lanes.COUNT;
  private static final int ROWS = FloatTaps.ROWS;
  private static final int OUTPUTS = FloatTaps.OUTPUTS;
  private static final int COLUMNS = FloatTaps.COLUMNS;

  /// Most places whose tiles are made before they are stored: they stay in the first-level cache.
  private static final int CHUNK = 240;

  /// The distance between rows of a tile of three vectors.
  private static final int TILE_ROW = 3 * L;

  /// Numbers of scratch memory that [#run] needs.
  static final int TILE = CHUNK * COLUMNS;

  private int count;
  private int[] taps = {};
  private int[] weightAt = {}; // of each tap, for output 0 of a group

  private int gridRows;
  private int gridColumns;
  private int[] from = {}; // of each grid row, the first tap that reads the image
  private int[] to = {};
  private int[] places = {}; // of each place of the grid in the image
  private boolean neighbours; // the places of a grid row are neighbours in the image
  private boolean alongPlaces;
  private int vectors; // of a grid row

  private int target; // in its plane, of place 0
  private int targetRow;
  private int targetColumn;
  private int plane;

  private int groups;
  private int rows; // outputs of a group
  private int tiles; // of a group
  private int groupImage; // the distance between groups in the image
  private float[] panel = {}; // [groups, tiles, taps, OUTPUTS or COLUMNS]
  private float[] start = {}; // [groups, tiles, OUTPUTS or COLUMNS]

  /// The places in the image that outputs are made of, `[groups, tiles, taps]`.
  int[] taps() {
    return taps;
  }

  int count() {
    return count;
  }

  /// For each tap, its place in the weight of the first output of a group.
  int[] weightAt() {
    return weightAt;
  }

  int[] places() {
    return places;
  }

  /// A convolution of images `channels` deep (those of one group), in which padding is laid out:
  /// rows of `width` numbers, `height` of them in a plane, of which `window.padding` on each side
  /// are no image.
  void forward(Window window, int channels, int height, int width) {
    count = window.size() * channels;
    reserveTaps();
    int t = 0;
    for (int ky = 0; ky < window.height(); ky++) {
      for (int c = 0; c < channels; c++) {
        for (int kx = 0; kx < window.width(); kx++) {
          taps[t] = (c * height + ky * window.dilation()) * width + kx * window.dilation();
          weightAt[t++] = (c * window.height() + ky) * window.width() + kx;
        }
      }
    }
    int padding = window.padding();
    gridRows = window.outputRows(height - 2 * padding);
    gridColumns = window.outputColumns(width - 2 * padding);
    int stride = window.stride();
    reserveGrid(0, 0, stride, width);
    int row = channels * window.width(); // taps of a row of the window
    for (int i = 0; i < gridRows; i++) {
      int above = padding - i * stride;
      int below = height - padding - i * stride;
      from[i] = row * within(Math.ceilDiv(above, window.dilation()), window.height());
      to[i] = row * within(Math.ceilDiv(below, window.dilation()), window.height());
    }
    target(0, gridColumns, 1);
    neighbours = stride == 1;
  }

  private static int within(int k, int most) {
    return Math.max(0, Math.min(k, most));
  }

  /// The part of the transpose that gives the input places whose row is `restY` and whose column is
  /// `restX` beyond a multiple of the stride, padding counted; of images of gradients `outputs`
  /// deep (those of one group) and `outRows` high, in rows of `width` numbers, `height` of them in
  /// a plane, the first `top` and `left` of which are no image.
  void transpose(
      Window window,
      int restY,
      int restX,
      int channels,
      int inRows,
      int inColumns,
      int outputs,
      int outRows,
      int height,
      int width,
      int top,
      int left) {
    int stride = window.stride();
    int padding = window.padding();
    count = window.size() * outputs;
    reserveTaps();
    gridRows = grid(inRows, padding, restY, stride);
    gridColumns = grid(inColumns, padding, restX, stride);
    int firstY = Math.ceilDiv(padding - restY, stride);
    int firstX = Math.ceilDiv(padding - restX, stride);
    reserveGrid(firstY, firstX, 1, width);
    Arrays.fill(from, 0, gridRows, -1);
    Arrays.fill(to, 0, gridRows, 0);
    int t = 0;
    for (int ky = 0; ky < window.height(); ky++) {
      int y = ky * window.dilation();
      if (y % stride != restY) {
        continue;
      }
      int before = t;
      for (int o = 0; o < outputs; o++) {
        for (int kx = 0; kx < window.width(); kx++) {
          int x = kx * window.dilation();
          if (x % stride == restX) {
            taps[t] = (o * height + top - y / stride) * width + left - x / stride;
            weightAt[t++] = (o * channels * window.height() + ky) * window.width() + kx;
          }
        }
      }
      for (int i = 0; i < gridRows; i++) {
        int row = firstY + i - y / stride;
        if (row >= 0 && row < outRows) {
          from[i] = from[i] < 0 ? before : from[i];
          to[i] = t;
        }
      }
    }
    count = t;
    for (int i = 0; i < gridRows; i++) {
      from[i] = Math.max(0, from[i]);
    }
    target(
        (stride * firstY + restY - padding) * inColumns + stride * firstX + restX - padding,
        stride * inColumns,
        stride);
    neighbours = true;
  }

  private static int grid(int numbers, int padding, int rest, int stride) {
    int first = Math.ceilDiv(padding - rest, stride);
    return Math.max(0, Math.floorDiv(numbers - 1 + padding - rest, stride) - first + 1);
  }

  private void reserveTaps() {
    if (taps.length < count) {
      taps = new int[count];
      weightAt = new int[count];
    }
  }

  private void reserveGrid(int firstY, int firstX, int step, int width) {
    if (from.length < gridRows) {
      from = new int[gridRows];
      to = new int[gridRows];
    }
    if (places.length < gridRows * gridColumns) {
      places = new int[gridRows * gridColumns];
    }
    int p = 0;
    for (int i = 0; i < gridRows; i++) {
      for (int j = 0; j < gridColumns; j++) {
        places[p++] = (firstY + i * step) * width + firstX + j * step;
      }
    }
  }

  private void target(int first, int row, int column) {
    target = first;
    targetRow = row;
    targetColumn = column;
  }

  /// States what is correlated: `groups` times `rows` outputs, planes of `plane` numbers; the
  /// weight of output r of a group begins `r·weightRow` after that of its first one; groups lie
  /// `groupWeight` apart in the weight and `groupImage` in the image. Outputs begin at their bias,
  /// if there is one.
  void weights(
      Buffer weight,
      int weightRow,
      int groupWeight,
      @Nullable Buffer bias,
      int groups,
      int rows,
      int plane,
      int groupImage) {
    this.groups = groups;
    this.rows = rows;
    this.plane = plane;
    this.groupImage = groupImage;
    vectors = Math.ceilDiv(gridColumns, L);
    // Vectors of eight are assumed: the choice must not depend on the machine.
    alongPlaces =
        neighbours
            && (long) Math.ceilDiv(rows, 3) * 3 * (Math.ceilDiv(gridColumns, 8) * 8L)
                < (long) Math.ceilDiv(rows, 16) * 16 * gridColumns;
    int size = alongPlaces ? OUTPUTS : COLUMNS;
    tiles = Math.ceilDiv(rows, size);
    int needed = Math.multiplyExact(groups * tiles * size, count);
    if (panel.length < needed) {
      panel = new float[needed];
    }
    if (start.length < groups * tiles * size) {
      start = new float[groups * tiles * size];
    }
    float[] ws = weight.floats();
    int p = 0;
    for (int g = 0; g < groups; g++) {
      for (int first = 0; first < rows; first += size) {
        int some = Math.min(size, rows - first);
        int wo = weight.offset + g * groupWeight + first * weightRow;
        for (int t = 0; t < count; t++, p += size) {
          int at = wo + weightAt[t];
          for (int r = 0; r < some; r++, at += weightRow) {
            panel[p + r] = ws[at];
          }
          Arrays.fill(panel, p + some, p + size, 0f);
        }
        int so = (g * tiles + first / size) * size;
        for (int r = 0; r < size; r++) {
          start[so + r] =
              bias == null || r >= some
                  ? 0
                  : bias.floats()[bias.offset + g * this.rows + first + r];
        }
      }
    }
  }

  /// Whether the image is read beyond its last number.
  boolean readsBeyond() {
    return alongPlaces && gridColumns < L;
  }

  /// The outputs of one sample, whose image begins at `io`, its outputs at `oo`.
  void run(float[] image, int io, float[] out, int oo, float[] tile) {
    for (int g = 0; g < groups; g++) {
      for (int i = 0; i < tiles; i++) {
        int first = i * (alongPlaces ? OUTPUTS : COLUMNS);
        int to = oo + (g * rows + first) * plane + target;
        if (alongPlaces) {
          alongPlaces(image, io + g * groupImage, g * tiles + i, rows - first, out, to, tile);
        } else {
          alongOutputs(image, io + g * groupImage, g * tiles + i, rows - first, out, to, tile);
        }
      }
    }
  }

  private void alongPlaces(
      float[] image, int io, int number, int rows, float[] out, int oo, float[] tile) {
    int wo = number * count * OUTPUTS;
    int so = number * OUTPUTS;
    int some = Math.min(OUTPUTS, rows);
    boolean direct = targetColumn == 1 && gridColumns >= L;
    int last = gridRows * vectors - 1;
    for (int q = 0; q <= last; q += 3) { // three vectors, be they of one grid row or of several
      int q1 = Math.min(q + 1, last);
      int q2 = Math.min(q + 2, last);
      int i0 = q / vectors;
      int i1 = q1 / vectors;
      int i2 = q2 / vectors;
      int j0 = column(q);
      int j1 = column(q1);
      int j2 = column(q2);
      int u = io + places[i0 * gridColumns + j0];
      int v = io + places[i1 * gridColumns + j1];
      int w = io + places[i2 * gridColumns + j2];
      int low = low(i0, i2);
      int high = high(i0, i2);
      int ou = direct ? oo + i0 * targetRow + j0 : 0;
      int ov = direct ? oo + i1 * targetRow + j1 : L;
      int ow = direct ? oo + i2 * targetRow + j2 : 2 * L;
      float[] results = direct ? out : tile;
      int distance = direct ? plane : TILE_ROW;
      FloatTaps.places(
          image, u, v, w, taps, low, high, panel, wo, start, so, some, results, ou, ov, ow,
          distance);
      if (!direct) {
        store(tile, 0, some, out, i0, j0, oo);
        store(tile, L, some, out, i1, j1, oo);
        store(tile, 2 * L, some, out, i2, j2, oo);
      }
    }
  }

  /// The first tap that a grid row from `i` to `k` sees. A row between may see what the outer ones
  /// do not: one of them may see nothing at all.
  private int low(int i, int k) {
    int low = from[i];
    for (int row = i + 1; row <= k; row++) {
      low = Math.min(low, from[row]);
    }
    return low;
  }

  /// The end of the taps that grid rows from `i` to `k` see.
  private int high(int i, int k) {
    int high = to[i];
    for (int row = i + 1; row <= k; row++) {
      high = Math.max(high, to[row]);
    }
    return high;
  }

  /// The first column of vector number `q`: the last one of a row ends with the row.
  private int column(int q) {
    return Math.max(0, Math.min(q % vectors * L, gridColumns - L));
  }

  private void store(float[] tile, int at, int some, float[] out, int i, int j, int oo) {
    int n = Math.min(L, gridColumns - j);
    for (int r = 0; r < some; r++) {
      int o = oo + r * plane + i * targetRow + j * targetColumn;
      for (int c = 0; c < n; c++) {
        out[o + c * targetColumn] = tile[at + r * TILE_ROW + c];
      }
    }
  }

  /// How many of the `most` next places, the first of them in column `j` of the grid, make a tile
  /// of neighbours.
  private int run(int j, int most) {
    return Math.min(most, FloatNeighbours.run(j, gridColumns));
  }

  private void alongOutputs(
      float[] image, int io, int number, int rows, float[] out, int oo, float[] tile) {
    int po = number * count * COLUMNS;
    int so = number * COLUMNS;
    int some = Math.min(COLUMNS, rows);
    int all = gridRows * gridColumns;
    for (int begin = 0; begin < all; begin += CHUNK) {
      int n = Math.min(CHUNK, all - begin);
      for (int q = 0, m; q < n; q += m) {
        m = neighbours ? run((begin + q) % gridColumns, n - q) : Math.min(ROWS, n - q);
        int i = (begin + q) / gridColumns;
        int k = (begin + q + m - 1) / gridColumns;
        int low = low(i, k);
        int high = high(i, k);
        int a = io + places[begin + q];
        int at = q * COLUMNS;
        if (!neighbours
            || !FloatNeighbours.columns(
                image, a, m, taps, low, high, panel, po, start, so, 0, tile, at)) {
          FloatTaps.columns(
              image, io, places, begin + q, m, taps, low, high, panel, po, start, so, 0, tile, at);
        }
      }
      if (targetColumn == 1 && targetRow == gridColumns) {
        FloatTranspose.copy(tile, 0, COLUMNS, n, some, out, oo + begin, plane);
      } else {
        for (int q = 0; q < n; q++) {
          int i = (begin + q) / gridColumns;
          int at = oo + i * targetRow + (begin + q - i * gridColumns) * targetColumn;
          for (int r = 0; r < some; r++) {
            out[at + r * plane] = tile[q * COLUMNS + r];
          }
        }
      }
    }
  }
}
