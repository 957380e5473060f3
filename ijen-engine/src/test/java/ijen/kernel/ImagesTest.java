package ijen.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.kernel.ImageCases.Sizes;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Convolution against loops that know nothing of the kernels, at the sizes where the kernels
/// change their ways; and the windows themselves.
class ImagesTest {
  private static final long SEED = Long.getLong("ijen.seed", System.nanoTime());

  /// The three directions of a convolution, each from its definition.
  private record Naive(Sizes s) {
    double at(double[] x, int n, int c, int row, int column) {
      boolean inside = row >= 0 && row < s.height() && column >= 0 && column < s.width();
      return inside ? x[((n * s.channels() + c) * s.height() + row) * s.width() + column] : 0;
    }

    /// Goes over all seven indices; `what` is 0 for y, 1 for dx, 2 for dw.
    double[] run(int what, double[] x, double[] w, double[] y) {
      Window window = s.window();
      int rows = window.outputRows(s.height());
      int columns = window.outputColumns(s.width());
      int in = s.channels() / s.groups();
      int out = s.outputs() / s.groups();
      double[] result = new double[what == 0 ? s.y() : what == 1 ? s.x() : s.weight()];
      for (int n = 0; n < s.samples(); n++) {
        for (int o = 0; o < s.outputs(); o++) {
          for (int c = 0; c < in; c++) {
            for (int k = 0; k < window.height(); k++) {
              for (int l = 0; l < window.width(); l++) {
                for (int i = 0; i < rows; i++) {
                  for (int j = 0; j < columns; j++) {
                    int channel = o / out * in + c;
                    int row = i * window.stride() + k * window.dilation() - window.padding();
                    int column = j * window.stride() + l * window.dilation() - window.padding();
                    int yAt = ((n * s.outputs() + o) * rows + i) * columns + j;
                    int wAt = ((o * in + c) * window.height() + k) * window.width() + l;
                    switch (what) {
                      case 0 -> result[yAt] += w[wAt] * at(x, n, channel, row, column);
                      case 2 -> result[wAt] += y[yAt] * at(x, n, channel, row, column);
                      default -> {
                        if (row >= 0 && row < s.height() && column >= 0 && column < s.width()) {
                          int plane = n * s.channels() + channel;
                          result[(plane * s.height() + row) * s.width() + column] +=
                              w[wAt] * y[yAt];
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
      return result;
    }
  }

  @Test
  void convolutionAgreesWithNaiveLoops() {
    SplittableRandom random = new SplittableRandom(SEED);
    try (Workers workers = Workers.of(2)) {
      Kernels[] both = {Kernels.reference(), Kernels.vector(workers)};
      for (int round = 0; round < 150; round++) {
        Sizes s = sizes(random);
        double[] x = numbers(random, s.x());
        double[] w = numbers(random, s.weight());
        double[] y = numbers(random, s.y());
        Naive naive = new Naive(s);
        for (Kernels k : both) {
          double error = k.precision() == Precision.FLOAT ? 1e-3 : 1e-10;
          Buffer bx = buffer(k, x);
          Buffer bw = buffer(k, w);
          Buffer by = buffer(k, y);
          Buffer y2 = buffer(k, new double[y.length]);
          Buffer x2 = buffer(k, new double[x.length]);
          Buffer w2 = buffer(k, new double[w.length]);
          ImageKernels images = k.images();
          images.convolve(
              s.window(),
              s.groups(),
              s.samples(),
              s.channels(),
              s.height(),
              s.width(),
              s.outputs(),
              bx,
              bw,
              null,
              Pointwise.NONE,
              y2);
          images.convolveInput(
              s.window(),
              s.groups(),
              s.samples(),
              s.channels(),
              s.height(),
              s.width(),
              s.outputs(),
              by,
              bw,
              null,
              x2);
          images.convolveWeight(
              s.window(),
              s.groups(),
              s.samples(),
              s.channels(),
              s.height(),
              s.width(),
              s.outputs(),
              bx,
              by,
              w2);
          String what = s + ", replay with -Dijen.seed=" + SEED;
          assertThat(y2.toDoubles()).as(what).containsExactly(naive.run(0, x, w, y), within(error));
          assertThat(x2.toDoubles()).as(what).containsExactly(naive.run(1, x, w, y), within(error));
          assertThat(w2.toDoubles()).as(what).containsExactly(naive.run(2, x, w, y), within(error));
        }
      }
    }
  }

  /// Few and many outputs, narrow and wide images, every kind of step.
  private static Sizes sizes(SplittableRandom random) {
    int stride = random.nextInt(4) == 0 ? random.nextInt(2, 4) : 1;
    int dilation = random.nextInt(4) == 0 ? random.nextInt(2, 4) : 1;
    Window window =
        new Window(random.nextInt(1, 6), random.nextInt(1, 8), stride, random.nextInt(4), dilation);
    int groups = random.nextInt(3) == 0 ? random.nextInt(2, 4) : 1;
    int height = (window.height() - 1) * dilation + random.nextInt(1, 12);
    int width = (window.width() - 1) * dilation + random.nextInt(1, 24);
    int channels = groups * random.nextInt(1, 4);
    int outputs = groups * (random.nextBoolean() ? random.nextInt(1, 5) : random.nextInt(1, 20));
    return new Sizes(window, groups, random.nextInt(1, 4), channels, height, width, outputs);
  }

  private static double[] numbers(SplittableRandom random, int n) {
    double[] numbers = new double[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private static Buffer buffer(Kernels k, double[] values) {
    Buffer buffer = k.allocate(values.length);
    for (int i = 0; i < values.length; i++) {
      buffer.set(i, values[i]);
    }
    return buffer;
  }

  @Test
  void theLastOfSeveralNansIsTheMaximum() {
    try (Workers workers = Workers.of(1)) {
      for (Kernels k : new Kernels[] {Kernels.reference(), Kernels.vector(workers)}) {
        double[] image = new double[2 * 40];
        image[1] = Double.NaN;
        image[40] = Double.NaN;
        image[3] = 7;
        image[42] = 7;
        Buffer y = k.allocate(20);
        Buffer index = k.allocate(20);
        Window two = Window.of(2).withStride(2);
        k.images().maxPool(two, 1, 2, 40, buffer(k, image), y, index);
        assertThat(y.get(0)).isNaN();
        assertThat(index.get(0)).isEqualTo(2);
        assertThat(y.get(1)).isEqualTo(7);
        assertThat(index.get(1)).as("the first of equals").isEqualTo(1);
        assertThat(index.get(2)).isZero();
      }
    }
  }

  @Test
  void windowsCountWhatComesOut() {
    assertThat(Window.of(5).withPadding(2).outputRows(28)).isEqualTo(28);
    assertThat(Window.of(2, 3).withStride(2).outputRows(5)).isEqualTo(2);
    assertThat(Window.of(2, 3).withStride(2).outputColumns(5)).isEqualTo(2);
    assertThat(Window.of(3).withDilation(2).outputRows(5)).isEqualTo(1);
    assertThat(Window.of(5).outputRows(4)).isZero();
    assertThat(Window.of(9).withStride(3).outputRows(4)).isNegative();
    assertThatThrownBy(() -> Window.of(0))
        .hasMessage("window: expected a kernel height of 1 to 32768, got 0");
    assertThatThrownBy(() -> Window.of(3).withStride(0))
        .hasMessage("window: expected a stride of 1 to 32768, got 0");
    assertThatThrownBy(() -> Window.of(3).withPadding(-1))
        .hasMessage("window: expected a padding of 0 to 32768, got -1");
  }
}
