package ijen.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/// Generated arguments of kernels: the same for the same seed, in either precision.
///
/// Every number drawn is a `float`, so that both precisions start from the same values. Every
/// buffer is a window onto a longer one whose ends are guarded, see [#verifyGuards].
final class Draw {
  /// How large the arguments are.
  enum Size {
    /// From none to about a hundred numbers, around the lane counts.
    SMALL,
    /// Large enough to be split over threads.
    LARGE
  }

  private static final int[] LENGTHS = {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 61, 97};
  private static final int[] LARGE = {32_768, 32_771, 40_009, 65_536, 70_001};
  private static final float GUARD = -98_765.43f;
  private static final float[] EXTREMES = {
    0f,
    -0f,
    1f,
    -1f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    1e-40f,
    -3e-39f,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    1e-20f,
    1e20f,
    -1e20f,
    88.72284f,
    -87.33655f,
    -103.97f,
    17f,
    -17f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN
  };

  final Kernels kernels;
  private final SplittableRandom random;
  private final Size size;
  private final int alias;
  private final List<Window> windows = new ArrayList<>();

  private Consumer<Runnable> caller = Runnable::run;

  private record Window(Buffer whole, int from, int length) {}

  /// Arguments for `kernels`; with `alias` above 0, outputs are the alias-th input where that is
  /// allowed.
  Draw(Kernels kernels, long seed, Size size, int alias) {
    this.kernels = kernels;
    this.random = new SplittableRandom(seed);
    this.size = size;
    this.alias = alias;
  }

  boolean coin() {
    return random.nextBoolean();
  }

  double number(double low, double high) {
    return (float) random.nextDouble(low, high);
  }

  long bits() {
    return random.nextLong();
  }

  /// A whole number from `low` to `high`.
  int whole(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  /// The length of an element-wise call.
  int length() {
    return size == Size.SMALL ? small() : LARGE[random.nextInt(LARGE.length)] + random.nextInt(20);
  }

  private int small() {
    return random.nextInt(3) == 0 ? random.nextInt(120) : LENGTHS[random.nextInt(LENGTHS.length)];
  }

  /// Rows and columns of a matrix, rarely a square.
  int[] shape() {
    if (size == Size.SMALL) {
      return new int[] {random.nextInt(12), small()};
    }
    int columns = coin() ? whole(7, 13) : whole(900, 1100);
    return new int[] {70_000 / columns + random.nextInt(9), columns};
  }

  /// One side of a matrix product.
  int side() {
    return size == Size.SMALL ? small() % 40 : whole(50, 130);
  }

  private interface Source {
    float next();
  }

  private Buffer window(int n, Source source) {
    int from = random.nextInt(6);
    Buffer whole = kernels.allocate(from + n + random.nextInt(6));
    whole.fill(GUARD);
    for (int i = 0; i < n; i++) {
      whole.set(from + i, source.next());
    }
    windows.add(new Window(whole, from, n));
    return whole.slice(from, n);
  }

  Buffer normal(int n) {
    return window(n, () -> (float) random.nextGaussian());
  }

  Buffer normal(int n, double deviation) {
    return window(n, () -> (float) (deviation * random.nextGaussian()));
  }

  Buffer uniform(int n, double low, double high) {
    return window(n, () -> (float) random.nextDouble(low, high));
  }

  /// Normal numbers, powers of ten, and the ends of the format among them.
  Buffer extreme(int n) {
    return window(
        n,
        () ->
            switch (random.nextInt(4)) {
              case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
              case 1 -> (float) (random.nextGaussian() * Math.pow(10, random.nextInt(-40, 38)));
              default -> (float) random.nextGaussian();
            });
  }

  Buffer labels(int n, int classes) {
    return window(n, () -> random.nextInt(classes));
  }

  /// Targets of a binary loss: mostly 0 or 1.
  Buffer targets(int n) {
    return window(
        n, () -> random.nextInt(3) == 0 ? (float) random.nextDouble() : random.nextInt(2));
  }

  /// A buffer for `n` results, full of something else.
  Buffer junk(int n) {
    return window(n, () -> 1e9f + random.nextInt(1000));
  }

  /// A buffer for results: new, or one of the inputs if this draw is for aliasing.
  Buffer out(int n, Buffer... inputs) {
    Buffer fresh = junk(n);
    return alias > 0 && alias <= inputs.length && inputs[alias - 1].length() == n
        ? inputs[alias - 1]
        : fresh;
  }

  /// Fails if a number outside of the windows was written.
  void verifyGuards() {
    for (Window window : windows) {
      for (int i = 0; i < window.whole.length(); i++) {
        boolean outside = i < window.from || i >= window.from + window.length;
        if (outside && (float) window.whole.get(i) != GUARD) {
          throw new AssertionError(
              "wrote "
                  + window.whole.get(i)
                  + " to index "
                  + (i - window.from)
                  + " of a buffer of "
                  + window.length
                  + " numbers");
        }
      }
    }
  }

  /// Runs the call of the case.
  void call(Runnable call) {
    caller.accept(call);
  }

  /// Runs the call of the case and returns what it returns.
  double value(DoubleSupplier call) {
    double[] result = new double[1];
    caller.accept(() -> result[0] = call.getAsDouble());
    return result[0];
  }

  /// Lets `caller` run the call, once or more often, in its own way.
  Draw calledBy(Consumer<Runnable> caller) {
    this.caller = caller;
    return this;
  }
}
