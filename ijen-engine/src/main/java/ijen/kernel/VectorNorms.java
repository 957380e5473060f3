package ijen.kernel;

import org.jspecify.annotations.Nullable;

/// [NormKernels] in `float` by SIMD instructions: the front that splits the work of a call over
/// threads.
///
/// What is computed stands in [FloatBatchNorm] and [FloatLayerNorm].
final class VectorNorms implements NormKernels {
  private final Split split;
  private final FloatBatchNorm batch = new FloatBatchNorm();
  private final FloatLayerNorm layer = new FloatLayerNorm();

  VectorNorms(Split split) {
    this.split = split;
  }

  @Override
  public void batch(
      Buffer x,
      Buffer scale,
      Buffer shift,
      double epsilon,
      boolean given,
      Buffer mean,
      Buffer variance,
      Buffer inverse,
      boolean rectified,
      Buffer y,
      int rows,
      int channels,
      int positions) {
    batch.forward(x, scale, shift, epsilon, given, mean, variance, inverse, rectified, y);
    run(rows, channels, positions);
  }

  @Override
  public void batchGradient(
      Buffer x,
      Buffer d,
      Buffer scale,
      Buffer shift,
      boolean given,
      Buffer mean,
      Buffer inverse,
      boolean rectified,
      @Nullable Buffer out,
      Buffer scaleGradient,
      Buffer shiftGradient,
      int rows,
      int channels,
      int positions) {
    batch.gradient(
        x, d, scale, shift, given, mean, inverse, rectified, out, scaleGradient, shiftGradient);
    run(rows, channels, positions);
  }

  @Override
  public void batchTangent(
      Buffer x,
      @Nullable Buffer t,
      Buffer scale,
      @Nullable Buffer scaleTangent,
      Buffer shift,
      @Nullable Buffer shiftTangent,
      boolean given,
      Buffer mean,
      Buffer inverse,
      boolean rectified,
      Buffer out,
      int rows,
      int channels,
      int positions) {
    batch.tangent(
        x, t, scale, scaleTangent, shift, shiftTangent, given, mean, inverse, rectified, out);
    run(rows, channels, positions);
  }

  private void run(int rows, int channels, int positions) {
    batch.sizes(rows, channels, positions);
    if (positions == 1) {
      split.columns(batch, rows, channels);
    } else {
      split.rows(batch, channels, rows * positions);
    }
  }

  @Override
  public void layer(
      Buffer x,
      Buffer scale,
      Buffer shift,
      double epsilon,
      Buffer mean,
      Buffer inverse,
      Buffer y,
      int rows,
      int columns) {
    split.rows(layer.forward(x, scale, shift, epsilon, mean, inverse, y), rows, columns);
  }

  @Override
  public void layerGradient(
      Buffer x,
      Buffer d,
      Buffer scale,
      Buffer mean,
      Buffer inverse,
      @Nullable Buffer out,
      Buffer scaleGradient,
      Buffer shiftGradient,
      int rows,
      int columns) {
    split.columns(layer.sums(x, d, mean, inverse, scaleGradient, shiftGradient), rows, columns);
    if (out != null) {
      split.rows(layer.gradient(x, d, scale, mean, inverse, out), rows, columns, 2);
    }
  }

  @Override
  public void layerTangent(
      Buffer x,
      @Nullable Buffer t,
      Buffer scale,
      @Nullable Buffer scaleTangent,
      @Nullable Buffer shiftTangent,
      Buffer mean,
      Buffer inverse,
      Buffer out,
      int rows,
      int columns) {
    split.rows(
        layer.tangent(x, t, scale, scaleTangent, shiftTangent, mean, inverse, out),
        rows,
        columns,
        2);
  }
}
