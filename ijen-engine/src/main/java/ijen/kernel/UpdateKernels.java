package ijen.kernel;

import org.jspecify.annotations.Nullable;

/// The steps of optimisers: θ and the vectors that go with it, moved in one pass over their arrays.
///
/// Part of [Kernels], whose conventions hold. All vectors have `n` numbers. The given gradient `g`
/// stays as it is; where a [Decay] is given, the formulae mean `g + decay∘θ` by g unless they say
/// otherwise.
public sealed interface UpdateKernels permits ReferenceUpdates, VectorUpdates {

  /// SGD: `θ ← θ − rate·g`.
  void sgd(Buffer theta, Buffer g, int n, double rate, Decay decay);

  /// SGD with momentum: `v ← momentum·v + g; θ ← θ − rate·(nesterov ? g + momentum·v : v)`.
  void momentum(
      Buffer theta,
      Buffer g,
      Buffer v,
      int n,
      double rate,
      double momentum,
      boolean nesterov,
      Decay decay);

  /// Adam: `m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; θ ← θ − rate·(m/correction1) / (√(v/correction2)
  /// + ε)`.
  ///
  /// `correction1 = 1 − β₁ᵗ`, `correction2 = 1 − β₂ᵗ` for step t = 1, 2, …
  void adam(
      Buffer theta,
      Buffer g,
      Buffer m,
      Buffer v,
      int n,
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      double correction1,
      double correction2,
      Decay decay);

  /// AdamW: θ decays by itself, `θ ← (1 − rate·decay)∘θ`, and is then moved as by [#adam] with the
  /// gradient as it is given.
  void adamW(
      Buffer theta,
      Buffer g,
      Buffer m,
      Buffer v,
      int n,
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      double correction1,
      double correction2,
      Decay decay);

  /// AMSGrad: as [#adam], but by the largest v so far: `largest ← max(largest, v); θ ← θ −
  /// rate·(m/correction1) / (√(largest/correction2) + ε)`.
  void amsgrad(
      Buffer theta,
      Buffer g,
      Buffer m,
      Buffer v,
      Buffer largest,
      int n,
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      double correction1,
      double correction2,
      Decay decay);

  /// Adam with two gradients: `m ← β₁m + (1−β₁)·ahead; s ← β₂s + (1−β₂)g²; θ ← θ −
  /// rate·(m/correction1) / (√(s/correction2) + ε)`.
  void adamOfTwo(
      Buffer theta,
      Buffer ahead,
      Buffer g,
      Buffer m,
      Buffer s,
      int n,
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      double correction1,
      double correction2);

  /// RMSProp: `square ← αsquare + (1−α)g²; d = g / (√square + ε); θ ← θ − rate·d`.
  ///
  /// With `mean`, centred: `mean ← αmean + (1−α)g`, and `√max(square − mean², 0)` takes the place
  /// of `√square`. With `velocity`: `velocity ← momentum·velocity + d; θ ← θ − rate·velocity`.
  void rmsProp(
      Buffer theta,
      Buffer g,
      Buffer square,
      @Nullable Buffer mean,
      @Nullable Buffer velocity,
      int n,
      double rate,
      double alpha,
      double epsilon,
      double momentum,
      Decay decay);

  /// Adagrad: `sum ← sum + g²; θ ← θ − rate·g / (√sum + ε)`.
  void adagrad(Buffer theta, Buffer g, Buffer sum, int n, double rate, double epsilon, Decay decay);

  /// Clips by value: `g ← min(max(g, −limit), limit)`; NaN stays NaN.
  void clip(Buffer g, int n, double limit);
}
