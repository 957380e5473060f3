package ijen.kernel;

import org.jspecify.annotations.Nullable;

/// Kernels of images: convolution in its three directions, pooling, upsampling.
///
/// **Shapes.** A batch of images is `[samples, channels, height, width]`, row-major; a plane is one
/// channel of one sample. `outRows` and `outColumns` below are [Window#outputRows] of the height
/// and [Window#outputColumns] of the width. Buffers must not overlap unless a method says so. The
/// promises of [Kernels] hold here too.
///
/// **Groups.** Channels and outputs are cut into `groups` equal parts; outputs of a part see the
/// channels of the same part alone.
public sealed interface ImageKernels permits ReferenceImages, VectorImages {
  /// Convolution (as everybody calls the cross-correlation), bias and activation in one go: `y[n,o]
  /// = f(bias[o] + Σ_ky Σ_c Σ_kx weight[o,c,ky,kx]·x[n,c,·+ky,·+kx])`.
  ///
  /// **Shapes:** x `[samples, channels, height, width]`, weight `[outputs, channels/groups,
  /// window.height, window.width]`, bias `[outputs]` or none, y `[samples, outputs, outRows,
  /// outColumns]`. Each output is one accumulator, from its bias or zero, over ascending ky, c, kx.
  void convolve(
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
      Buffer y);

  /// The transpose of [#convolve] by its input, which is also transposed convolution: `dx[n,c] =
  /// bias[c] + Σ_ky Σ_o Σ_kx weight[o,c,ky,kx]·d[n,o,·]` over those outputs that x[n,c,·] goes
  /// into.
  ///
  /// **Shapes:** as in [#convolve], d like y, dx like x; but bias `[channels]` or none.
  void convolveInput(
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
      Buffer dx);

  /// The transpose of [#convolve] by its weight: `dw[o,c,ky,kx] = Σ_n Σ_position
  /// d[n,o,position]·x[n,c,position + (ky,kx)]`.
  ///
  /// **Shapes:** as in [#convolve], d like y, dw like weight. Sums over blocks of samples, whose
  /// number depends on the shapes alone, are added in ascending order.
  void convolveWeight(
      Window window,
      int groups,
      int samples,
      int channels,
      int height,
      int width,
      int outputs,
      Buffer x,
      Buffer d,
      Buffer dw);

  /// The way back through activation and bias: `delta = d∘f′(y)` and, if wanted, `biasGradient[c] =
  /// Σ_n Σ_position delta[n,c,position]`.
  ///
  /// **Shapes:** y, d, delta `[samples, channels, plane]`, biasGradient `[channels]`. `delta` may
  /// be `d`. The derivative of f is one that y tells ([Pointwise#readsInput] is false).
  void convolutionDelta(
      Pointwise f,
      Buffer y,
      Buffer d,
      Buffer delta,
      @Nullable Buffer biasGradient,
      int samples,
      int channels,
      int plane);

  /// `y[n,c,position] = values[c]`: each plane filled with its channel's number.
  void fillChannels(Buffer values, Buffer y, int samples, int channels, int plane);

  /// `y` is the largest number that the window sees, padding not counted, and `index` its place in
  /// the window, `ky·window.width + kx`: the first of equals. A NaN counts as largest, the last one
  /// above all.
  ///
  /// **Shapes:** x `[planes, height, width]`; y, index `[planes, outRows, outColumns]`. The padding
  /// is smaller than the window and the dilation 1.
  void maxPool(Window window, int planes, int height, int width, Buffer x, Buffer y, Buffer index);

  /// The transpose of [#pick]: `dx` is zero but where a maximum was, and there the sum of `d` over
  /// the outputs whose maximum it was, over ascending outputs.
  ///
  /// **Shapes:** as in [#maxPool], d like y, dx like x.
  void maxPoolGradient(
      Window window, int planes, int height, int width, Buffer d, Buffer index, Buffer dx);

  /// `y = x[index]`: the numbers of x at places that [#maxPool] found in another x.
  ///
  /// **Shapes:** as in [#maxPool].
  void pick(Window window, int planes, int height, int width, Buffer x, Buffer index, Buffer y);

  /// `y` is the sum of what the window sees over the number of its places: padding counts as zeros.
  ///
  /// **Shapes:** x `[planes, height, width]`; y `[planes, outRows, outColumns]`.
  void averagePool(Window window, int planes, int height, int width, Buffer x, Buffer y);

  /// The transpose of [#averagePool].
  ///
  /// **Shapes:** as in [#averagePool], d like y, dx like x.
  void averagePoolGradient(Window window, int planes, int height, int width, Buffer d, Buffer dx);

  /// Each number becomes a square of `factor × factor` equal ones.
  ///
  /// **Shapes:** x `[planes, height, width]`, y `[planes, height·factor, width·factor]`.
  void upsampleNearest(int factor, int planes, int height, int width, Buffer x, Buffer y);

  /// The transpose of [#upsampleNearest]: the sum of each square, row by row.
  void upsampleNearestGradient(int factor, int planes, int height, int width, Buffer d, Buffer dx);

  /// Bilinear interpolation: output `i` of a row or column lies at `(i + ½)/factor − ½` between the
  /// centres of the inputs, and beyond the outermost ones has their value.
  ///
  /// **Shapes:** x `[planes, height, width]`, y `[planes, height·factor, width·factor]`.
  void upsampleBilinear(int factor, int planes, int height, int width, Buffer x, Buffer y);

  /// The transpose of [#upsampleBilinear].
  void upsampleBilinearGradient(int factor, int planes, int height, int width, Buffer d, Buffer dx);
}
