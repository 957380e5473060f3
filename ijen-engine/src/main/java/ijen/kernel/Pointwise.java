package ijen.kernel;

/// A function of one number that products can end with: y = f(x), with a derivative that can be
/// told from y alone.
public enum Pointwise {
  /// f(x) = x; f′ = 1.
  NONE,
  /// f(x) = max(x, 0); f′ = 1[y > 0]. See [Kernels#relu].
  RELU,
  /// f(x) = 1 / (1 + e⁻ˣ); f′ = y·(1 − y). See [Kernels#sigmoid].
  SIGMOID,
  /// f(x) = tanh x; f′ = 1 − y². See [Kernels#tanh].
  TANH
}
