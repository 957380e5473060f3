package ijen.kernel;

import java.util.Arrays;

/// Loops of [ImageKernels#upsampleNearest] and [ImageKernels#upsampleBilinear] over the planes
/// `from` to `to − 1`. Of the operands, `a` is the small image, `strideA` high and `strideB` wide,
/// and `b` the large one.
final class FloatUpsampling {
  private FloatUpsampling() {}

  static void nearest(Split s, int from, int to) {
    float[] xs = s.a.floats();
    float[] ys = s.b.floats();
    int factor = (int) s.factor;
    int width = s.strideB;
    int wide = width * factor;
    for (int row = from * s.strideA; row < to * s.strideA; row++) {
      int xo = s.a.offset + row * width;
      int yo = s.b.offset + row * factor * wide;
      for (int j = 0; j < width; j++) {
        Arrays.fill(ys, yo + j * factor, yo + (j + 1) * factor, xs[xo + j]);
      }
      for (int k = 1; k < factor; k++) {
        System.arraycopy(ys, yo, ys, yo + k * wide, wide);
      }
    }
  }

  static void nearestGradient(Split s, int from, int to) {
    float[] xs = s.a.floats();
    float[] ys = s.b.floats();
    int factor = (int) s.factor;
    int width = s.strideB;
    int wide = width * factor;
    for (int row = from * s.strideA; row < to * s.strideA; row++) {
      int xo = s.a.offset + row * width;
      int yo = s.b.offset + row * factor * wide;
      for (int j = 0; j < width; j++) {
        float sum = 0;
        for (int k = 0; k < factor; k++) {
          for (int l = 0; l < factor; l++) {
            sum += ys[yo + k * wide + j * factor + l];
          }
        }
        xs[xo + j] = sum;
      }
    }
  }

  static void bilinear(Split s, int from, int to) {
    float[] xs = s.a.floats();
    float[] ys = s.b.floats();
    int factor = (int) s.factor;
    int height = s.strideA;
    int width = s.strideB;
    for (int plane = from; plane < to; plane++) {
      int first = s.a.offset + plane * height * width;
      int yo = s.b.offset + plane * height * width * factor * factor;
      for (int i = 0; i < height * factor; i++) {
        int top = before(i, factor);
        int upper = first + top * width;
        int lower = first + Math.min(top + 1, height - 1) * width;
        float down = beyond(i, factor);
        for (int j = 0; j < width * factor; j++) {
          int left = before(j, factor);
          int right = Math.min(left + 1, width - 1);
          float across = beyond(j, factor);
          float above = (1 - across) * xs[upper + left] + across * xs[upper + right];
          float below = (1 - across) * xs[lower + left] + across * xs[lower + right];
          ys[yo++] = (1 - down) * above + down * below;
        }
      }
    }
  }

  static void bilinearGradient(Split s, int from, int to) {
    float[] xs = s.a.floats();
    float[] ys = s.b.floats();
    int factor = (int) s.factor;
    int height = s.strideA;
    int width = s.strideB;
    for (int plane = from; plane < to; plane++) {
      int first = s.a.offset + plane * height * width;
      Arrays.fill(xs, first, first + height * width, 0f);
      int yo = s.b.offset + plane * height * width * factor * factor;
      for (int i = 0; i < height * factor; i++) {
        int top = before(i, factor);
        int upper = first + top * width;
        int lower = first + Math.min(top + 1, height - 1) * width;
        float down = beyond(i, factor);
        for (int j = 0; j < width * factor; j++) {
          int left = before(j, factor);
          int right = Math.min(left + 1, width - 1);
          float across = beyond(j, factor);
          float above = (1 - down) * ys[yo];
          float below = down * ys[yo++];
          xs[upper + left] += (1 - across) * above;
          xs[upper + right] += across * above;
          xs[lower + left] += (1 - across) * below;
          xs[lower + right] += across * below;
        }
      }
    }
  }

  /// The last input row (or column) whose centre is not behind that of output `i`, or the first.
  private static int before(int i, int factor) {
    return Math.max(0, 2 * i + 1 - factor) / (2 * factor);
  }

  /// How far output `i` lies beyond the centre of that input.
  private static float beyond(int i, int factor) {
    return Math.max(0, 2 * i + 1 - factor) % (2 * factor) / (2f * factor);
  }
}
