package ijen.kernel;

import org.jspecify.annotations.Nullable;

/// [ImageKernels] in `float` by SIMD instructions: the front that splits the work of a call over
/// threads.
final class VectorImages implements ImageKernels {
  private final Split split;
  private final FloatConvolution convolution;
  private final FloatConvolutionWeight weight;
  private final Delta delta = new Delta();
  private final ChannelSums channelSums = new ChannelSums();
  private final FloatPools pools = new FloatPools();

  VectorImages(Split split, Workers workers) {
    this.split = split;
    this.convolution = new FloatConvolution(workers);
    this.weight = new FloatConvolutionWeight(workers);
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
    convolution.forward(
        window, groups, samples, channels, height, width, outputs, x, weight, bias, f, y);
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
    convolution.transpose(
        window, groups, samples, channels, height, width, outputs, d, weight, bias, dx);
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
    weight.run(window, groups, samples, channels, height, width, outputs, x, d, dw);
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
    if (!f.equals(Pointwise.NONE) || !d.isSamePlace(delta)) {
      split.of(y, d, delta).rows(this.delta.of(f), samples, channels * plane);
    }
    if (biasGradient != null) {
      split.of(delta, biasGradient);
      split.rows(channelSums.of(samples, channels, plane), channels, samples * plane);
    }
  }

  /// The way back through an activation, for some samples.
  private static final class Delta implements Split.Part {
    private Pointwise f = Pointwise.NONE;

    Delta of(Pointwise f) {
      this.f = f;
      return this;
    }

    @Override
    public void run(Split s, float[] scratch, int from, int to) {
      int first = from * s.columns;
      FloatActivations.gradient(f, s.a, s.a, s.b, s.c, scratch, first, to * s.columns);
    }
  }

  /// Sums of some channels over all samples: of each plane as [FloatSums] adds, over ascending
  /// samples.
  private static final class ChannelSums implements Split.Part {
    private int samples;
    private int channels;
    private int plane;

    ChannelSums of(int samples, int channels, int plane) {
      this.samples = samples;
      this.channels = channels;
      this.plane = plane;
      return this;
    }

    @Override
    public void run(Split s, float[] scratch, int from, int to) {
      for (int c = from; c < to; c++) {
        float sum = 0;
        for (int n = 0; n < samples; n++) {
          sum += FloatSums.sum(s.a.floats(), s.a.offset + (n * channels + c) * plane, plane);
        }
        s.b.floats()[s.b.offset + c] = sum;
      }
    }
  }

  @Override
  public void fillChannels(Buffer values, Buffer y, int samples, int channels, int plane) {
    split.of(values, y).strides(channels, 0).rows(FILL_CHANNELS, samples * channels, plane);
  }

  private static final Split.Part FILL_CHANNELS =
      (s, scratch, from, to) -> {
        for (int r = from; r < to; r++) {
          float value = s.a.floats()[s.a.offset + r % s.strideA];
          int at = s.b.offset + r * s.columns;
          java.util.Arrays.fill(s.b.floats(), at, at + s.columns, value);
        }
      };

  /// Runs a loop over planes whose larger side is of `plane` numbers.
  private void planes(FloatPools.Loop loop, Window window, int planes, int height, int width) {
    pools.of(loop, window, height, width);
    split.rows(pools, planes, pools.cost());
  }

  @Override
  public void maxPool(
      Window window, int planes, int height, int width, Buffer x, Buffer y, Buffer index) {
    split.of(x, y, index);
    planes(FloatPools.Loop.MAX, window, planes, height, width);
  }

  @Override
  public void maxPoolGradient(
      Window window, int planes, int height, int width, Buffer d, Buffer index, Buffer dx) {
    split.of(d, index, dx);
    planes(FloatPools.Loop.MAX_GRADIENT, window, planes, height, width);
  }

  @Override
  public void pick(
      Window window, int planes, int height, int width, Buffer x, Buffer index, Buffer y) {
    split.of(x, index, y);
    planes(FloatPools.Loop.PICK, window, planes, height, width);
  }

  @Override
  public void averagePool(Window window, int planes, int height, int width, Buffer x, Buffer y) {
    split.of(x, y);
    planes(FloatPools.Loop.AVERAGE, window, planes, height, width);
  }

  @Override
  public void averagePoolGradient(
      Window window, int planes, int height, int width, Buffer d, Buffer dx) {
    split.of(d, dx);
    planes(FloatPools.Loop.AVERAGE_GRADIENT, window, planes, height, width);
  }

  @Override
  public void upsampleNearest(int factor, int planes, int height, int width, Buffer x, Buffer y) {
    upsampling(NEAREST, factor, planes, height, width, x, y);
  }

  private static final Split.Part NEAREST =
      (s, scratch, from, to) -> FloatUpsampling.nearest(s, from, to);

  @Override
  public void upsampleNearestGradient(
      int factor, int planes, int height, int width, Buffer d, Buffer dx) {
    upsampling(NEAREST_GRADIENT, factor, planes, height, width, dx, d);
  }

  private static final Split.Part NEAREST_GRADIENT =
      (s, scratch, from, to) -> FloatUpsampling.nearestGradient(s, from, to);

  @Override
  public void upsampleBilinear(int factor, int planes, int height, int width, Buffer x, Buffer y) {
    upsampling(BILINEAR, factor, planes, height, width, x, y);
  }

  private static final Split.Part BILINEAR =
      (s, scratch, from, to) -> FloatUpsampling.bilinear(s, from, to);

  @Override
  public void upsampleBilinearGradient(
      int factor, int planes, int height, int width, Buffer d, Buffer dx) {
    upsampling(BILINEAR_GRADIENT, factor, planes, height, width, dx, d);
  }

  private static final Split.Part BILINEAR_GRADIENT =
      (s, scratch, from, to) -> FloatUpsampling.bilinearGradient(s, from, to);

  /// Runs a loop over planes of `small`, which are `factor` times as high and wide in `large`.
  private void upsampling(
      Split.Part part, int factor, int planes, int height, int width, Buffer small, Buffer large) {
    split.of(small, large).strides(height, width).factor(factor);
    split.rows(part, planes, height * factor * width * factor);
  }
}
