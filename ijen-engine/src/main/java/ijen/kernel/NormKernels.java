package ijen.kernel;

import org.jspecify.annotations.Nullable;

/// Normalisations: over the batch for each channel, and over the numbers of each row.
///
/// Part of [Kernels], whose conventions hold.
///
/// **Over the batch**, x is `[rows, channels, positions]`: features have one position, images one
/// for each pixel. With μ and σ² of a channel, r = 1/√(σ² + ε), γ its `scale` and β its `shift`, y
/// = γ·r·(x − μ) + β; N is rows × positions.
///
/// **Over a row**, x is `[rows, columns]`, and each row has a μ and an r, each column a γ and a β.
///
/// **Accuracy.** In `float`, sums over a batch keep one running sum for each column, of four rows
/// at a time, and add up what 256 rows gave with compensation; sums over positions or columns are
/// made of sixteen partial sums over up to 1,024 numbers, and added up in double. Their error hence
/// hardly grows with their length.
public sealed interface NormKernels permits ReferenceNorms, VectorNorms {

  /// Batch normalisation: `y = γ·r·(x − μ) + β`, and max(y, 0) of that if `rectified`.
  ///
  /// `mean` and `variance` (biased: the mean of squares) of each channel are computed, or taken as
  /// they are if `given`. `inverse`, the r, is written. `y` may be `x`.
  ///
  /// **Shapes:** `x`, `y` `[rows, channels, positions]`; all others `[channels]`.
  void batch(
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
      int positions);

  /// The way back through [#batch]. With δ = d, or d·1\[y > 0] if `rectified`: `shiftGradient = Σ
  /// δ`, `scaleGradient = r·Σ δ·(x − μ)`, and, if `out` is there, `out = γ·r·(δ − Σδ/N − (x −
  /// μ)·r²·Σδ(x − μ)/N)`, or `γ·r·δ` where mean and variance were `given`. d is used up; `out` may
  /// be `d`.
  void batchGradient(
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
      int positions);

  /// The way forward of tangents through [#batch]: what [#batchGradient] makes of `t`, or nothing
  /// without one, plus `γ̇·r·(x − μ) + β̇`; 0 where `rectified` y is 0. `out` may be `t`.
  void batchTangent(
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
      int positions);

  /// Layer normalisation: `y[r,c] = γ[c]·r[r]·(x[r,c] − μ[r]) + β[c]`, with `mean` and `inverse` of
  /// each row written. `y` may be `x`.
  void layer(
      Buffer x,
      Buffer scale,
      Buffer shift,
      double epsilon,
      Buffer mean,
      Buffer inverse,
      Buffer y,
      int rows,
      int columns);

  /// The way back through [#layer]: `shiftGradient[c] = Σ_r d`, `scaleGradient[c] = Σ_r d·r·(x −
  /// μ)`, and, if `out` is there, with g = d·γ and n columns, `out = r·(g − Σ_c g/n − (x −
  /// μ)·r²·Σ_c g(x − μ)/n)`. `out` may be `d`.
  void layerGradient(
      Buffer x,
      Buffer d,
      Buffer scale,
      Buffer mean,
      Buffer inverse,
      @Nullable Buffer out,
      Buffer scaleGradient,
      Buffer shiftGradient,
      int rows,
      int columns);

  /// The way forward of tangents through [#layer]: `out = γ·r·(t − Σ_c t/n − (x − μ)·r²·Σ_c t(x −
  /// μ)/n) + γ̇·r·(x − μ) + β̇`, without what is not there. `out` may be `t`.
  void layerTangent(
      Buffer x,
      @Nullable Buffer t,
      Buffer scale,
      @Nullable Buffer scaleTangent,
      @Nullable Buffer shiftTangent,
      Buffer mean,
      Buffer inverse,
      Buffer out,
      int rows,
      int columns);
}
