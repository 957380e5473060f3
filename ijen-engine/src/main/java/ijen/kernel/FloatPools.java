package ijen.kernel;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.NE;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Loops of pooling over the planes `from` to `to − 1`.
///
/// The pooling of all, 2 by 2 by steps of 2, has loops of its own, on vectors: neighbours are
/// brought together by splitting two vectors into their even and odd lanes. The last vector of a
/// row ends with the row and repeats some of the one before; a row shorter than a vector is written
/// together with what lies behind it, and that is overwritten when its turn comes.
final class FloatPools implements Split.Part {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;
  private static final int L = Lanes.COUNT;
  private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(F, i -> 2 * i % L);
  private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(F, i -> (2 * i + 1) % L);
  private static final VectorShuffle<Float> LOWER = VectorShuffle.fromOp(F, i -> i / 2);
  private static final VectorShuffle<Float> UPPER = VectorShuffle.fromOp(F, i -> (i + L) / 2);
  private static final VectorMask<Float> SECOND_HALF = lanes(i -> i >= L / 2);
  private static final VectorMask<Float> ODD_LANES = lanes(i -> i % 2 == 1);

  private static VectorMask<Float> lanes(java.util.function.IntPredicate some) {
    long bits = 0;
    for (int i = 0; i < L; i++) {
      bits |= some.test(i) ? 1L << i : 0;
    }
    return VectorMask.fromLong(F, bits);
  }

  /// What is done.
  enum Loop {
    MAX,
    MAX_GRADIENT,
    PICK,
    AVERAGE,
    AVERAGE_GRADIENT
  }

  private Loop loop = Loop.MAX;
  private Window window = Window.of(1);
  private int height;
  private int width;
  private int outRows;
  private int outColumns;
  private boolean halving;

  FloatPools of(Loop loop, Window window, int height, int width) {
    this.loop = loop;
    this.window = window;
    this.height = height;
    this.width = width;
    outRows = window.outputRows(height);
    outColumns = window.outputColumns(width);
    boolean two = window.height() == 2 && window.width() == 2;
    halving = two && window.stride() == 2 && window.padding() == 0;
    return this;
  }

  /// About as many additions as a plane costs.
  int cost() {
    return outRows * outColumns * window.size();
  }

  @Override
  public void run(Split s, float[] scratch, int from, int to) {
    switch (loop) {
      case MAX -> max(s.a, s.b, s.c, from, to);
      case MAX_GRADIENT -> maxGradient(s.a, s.b, s.c, from, to);
      case PICK -> pick(s.a, s.b, s.c, from, to);
      case AVERAGE -> average(s.a, s.b, from, to);
      case AVERAGE_GRADIENT -> averageGradient(s.a, s.b, from, to);
    }
  }

  private void max(Buffer x, Buffer y, Buffer index, int from, int to) {
    int n = Math.max(L, outColumns);
    for (int row = from * outRows; row < to * outRows; row++) {
      int i = row % outRows;
      int xo = x.offset + row / outRows * height * width;
      int yo = y.offset + row * outColumns;
      int io = index.offset + row * outColumns;
      int above = xo + 2 * i * width;
      if (halving
          && row * outColumns + n <= to * outRows * outColumns
          && above + width + 2 * n <= x.offset + to * height * width) {
        halve(x.floats(), above, above + width, y.floats(), yo, index.floats(), io, n);
      } else {
        maxRow(x.floats(), xo, i, y.floats(), yo, index.floats(), io);
      }
    }
  }

  /// One row of outputs from two rows of inputs.
  private static void halve(
      float[] xs, int xo, int below, float[] ys, int yo, float[] index, int io, int n) {
    for (int j = 0; j < n; j += L) {
      j = Math.min(j, n - L);
      FloatVector u = FloatVector.fromArray(F, xs, xo + 2 * j);
      FloatVector v = FloatVector.fromArray(F, xs, xo + 2 * j + L);
      FloatVector max = u.rearrange(EVEN).blend(v.rearrange(EVEN), SECOND_HALF);
      FloatVector place = FloatVector.zero(F);
      FloatVector next = u.rearrange(ODD).blend(v.rearrange(ODD), SECOND_HALF);
      VectorMask<Float> larger = next.compare(GT, max).or(next.compare(NE, next));
      max = max.blend(next, larger);
      place = place.blend(1, larger);
      u = FloatVector.fromArray(F, xs, below + 2 * j);
      v = FloatVector.fromArray(F, xs, below + 2 * j + L);
      next = u.rearrange(EVEN).blend(v.rearrange(EVEN), SECOND_HALF);
      larger = next.compare(GT, max).or(next.compare(NE, next));
      max = max.blend(next, larger);
      place = place.blend(2, larger);
      next = u.rearrange(ODD).blend(v.rearrange(ODD), SECOND_HALF);
      larger = next.compare(GT, max).or(next.compare(NE, next));
      max.blend(next, larger).intoArray(ys, yo + j);
      place.blend(3, larger).intoArray(index, io + j);
    }
  }

  private void maxRow(float[] xs, int xo, int i, float[] ys, int yo, float[] index, int io) {
    int top = i * window.stride() - window.padding();
    int high = Math.min(window.height(), height - top);
    for (int j = 0; j < outColumns; j++) {
      int left = j * window.stride() - window.padding();
      int wide = Math.min(window.width(), width - left);
      int low = Math.max(0, -left);
      float max = Float.NEGATIVE_INFINITY;
      int place = -1;
      for (int ky = Math.max(0, -top); ky < high; ky++) {
        int at = xo + (top + ky) * width + left;
        int k = ky * window.width();
        for (int kx = low; kx < wide; kx++) {
          float value = xs[at + kx];
          boolean better = place < 0 || value > max || Float.isNaN(value);
          max = better ? value : max;
          place = better ? k + kx : place;
        }
      }
      ys[yo + j] = max;
      index[io + j] = place;
    }
  }

  private void maxGradient(Buffer d, Buffer index, Buffer dx, int from, int to) {
    int plane = height * width;
    boolean whole = halving && height % 2 == 0 && width % 2 == 0;
    for (int p = from; p < to; p++) {
      int xo = dx.offset + p * plane;
      if (!whole) {
        Arrays.fill(dx.floats(), xo, xo + plane, 0f);
      }
      int at = p * outRows * outColumns;
      int n = whole ? Math.max(L, outColumns) : outColumns;
      for (int i = 0; i < outRows; i++, at += outColumns) {
        int row = xo + 2 * i * width;
        if (halving
            && n >= L
            && at + n <= to * outRows * outColumns
            && row + width + 2 * n <= dx.offset + to * plane) {
          spread(
              d.floats(),
              d.offset + at,
              index.floats(),
              index.offset + at,
              dx.floats(),
              row,
              row + width,
              n);
        } else {
          if (whole) {
            Arrays.fill(dx.floats(), row, row + 2 * width, 0f);
          }
          for (int j = 0; j < outColumns; j++) {
            int place = place((int) index.floats()[index.offset + at + j], i, j);
            dx.floats()[xo + place] += d.floats()[d.offset + at + j];
          }
        }
      }
    }
  }

  /// Two rows of inputs' gradients from one row of outputs'.
  private static void spread(
      float[] ds, int dd, float[] index, int io, float[] xs, int xo, int below, int n) {
    for (int j = 0; j < n; j += L) {
      j = Math.min(j, n - L);
      FloatVector d = FloatVector.fromArray(F, ds, dd + j);
      FloatVector place = FloatVector.fromArray(F, index, io + j);
      FloatVector zero = FloatVector.zero(F);
      FloatVector left = zero.blend(d, place.compare(EQ, 0));
      FloatVector right = zero.blend(d, place.compare(EQ, 1));
      left.rearrange(LOWER).blend(right.rearrange(LOWER), ODD_LANES).intoArray(xs, xo + 2 * j);
      left.rearrange(UPPER).blend(right.rearrange(UPPER), ODD_LANES).intoArray(xs, xo + 2 * j + L);
      left = zero.blend(d, place.compare(EQ, 2));
      right = zero.blend(d, place.compare(EQ, 3));
      left.rearrange(LOWER).blend(right.rearrange(LOWER), ODD_LANES).intoArray(xs, below + 2 * j);
      left.rearrange(UPPER)
          .blend(right.rearrange(UPPER), ODD_LANES)
          .intoArray(xs, below + 2 * j + L);
    }
  }

  private void pick(Buffer x, Buffer index, Buffer y, int from, int to) {
    for (int row = from * outRows; row < to * outRows; row++) {
      int xo = x.offset + row / outRows * height * width;
      int at = row * outColumns;
      for (int j = 0; j < outColumns; j++, at++) {
        int place = place((int) index.floats()[index.offset + at], row % outRows, j);
        y.floats()[y.offset + at] = x.floats()[xo + place];
      }
    }
  }

  /// The place in its plane of number `k` of the window of output (i, j).
  private int place(int k, int i, int j) {
    int ky = k / window.width();
    int row = i * window.stride() - window.padding() + ky;
    return row * width + j * window.stride() - window.padding() + k - ky * window.width();
  }

  private void average(Buffer x, Buffer y, int from, int to) {
    float share = 1f / window.size();
    for (int row = from * outRows; row < to * outRows; row++) {
      int i = row % outRows;
      int xo = x.offset + row / outRows * height * width;
      int top = i * window.stride() - window.padding();
      int high = Math.min(window.height(), height - top);
      for (int j = 0; j < outColumns; j++) {
        int left = j * window.stride() - window.padding();
        int low = Math.max(0, left);
        int wide = Math.min(window.width() + left, width) - low;
        float sum = 0;
        for (int ky = Math.max(0, -top); ky < high; ky++) {
          sum += FloatSums.sum(x.floats(), xo + (top + ky) * width + low, wide);
        }
        y.floats()[y.offset + row * outColumns + j] = share * sum;
      }
    }
  }

  private void averageGradient(Buffer d, Buffer dx, int from, int to) {
    float share = 1f / window.size();
    float[] xs = dx.floats();
    for (int p = from; p < to; p++) {
      int xo = dx.offset + p * height * width;
      Arrays.fill(xs, xo, xo + height * width, 0f);
      for (int i = 0; i < outRows; i++) {
        int top = i * window.stride() - window.padding();
        int high = Math.min(window.height(), height - top);
        for (int j = 0; j < outColumns; j++) {
          int left = j * window.stride() - window.padding();
          int low = Math.max(0, left);
          int end = Math.min(window.width() + left, width);
          float g = share * d.floats()[d.offset + (p * outRows + i) * outColumns + j];
          for (int ky = Math.max(0, -top); ky < high; ky++) {
            int at = xo + (top + ky) * width;
            for (int k = low; k < end; k++) {
              xs[at + k] += g;
            }
          }
        }
      }
    }
  }
}
