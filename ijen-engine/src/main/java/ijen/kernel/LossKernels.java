package ijen.kernel;

/// Losses and their gradients, computed together: those of [Kernels#losses].
///
/// `delta` is the derivative by the first argument, what a backward pass goes on with. The
/// conventions are those of [Kernels]; no output may be an input or another output.
public sealed interface LossKernels permits ReferenceLosses, VectorLosses {

  /// Softmax cross-entropy of class numbers: with `q = (1 − s)·1[j = label] + s/classes` and `s =
  /// smoothing`, `loss[r] = ln Σ_j e^{z[r,j]} − Σ_j q_j·z[r,j]`, and its gradient by the logits,
  /// `delta[r,c] = softmax(z)[r,c] − q_c`.
  ///
  /// **Shapes:** `logits`, `delta` `[rows, classes]`; `labels`, `loss` `[rows]`. A label is a class
  /// number from 0 to classes − 1, held as a number.
  ///
  /// @throws IllegalArgumentException naming row and label, if a label is not a class number
  void crossEntropy(
      Buffer logits,
      Buffer labels,
      double smoothing,
      Buffer delta,
      Buffer loss,
      int rows,
      int classes);

  /// Softmax cross-entropy of distributions: with `p = (1 − s)·q + s/classes` and `s = smoothing`,
  /// `loss[r] = −Σ_j p[r,j]·ln softmax(z)[r,j]`, its gradient by the logits, `delta = (Σ_j
  /// p[r,j])·softmax(z) − p`, and `logProbability = ln softmax(z)`.
  ///
  /// **Shapes:** all `[rows, classes]`, but `loss` `[rows]`.
  void crossEntropyOfDistribution(
      Buffer logits,
      Buffer q,
      double smoothing,
      Buffer delta,
      Buffer logProbability,
      Buffer loss,
      int rows,
      int classes);

  /// Binary cross-entropy from logits: `loss[i] = max(z,0) − z·y + ln(1 + e^{−|z|})` and its
  /// gradient `delta[i] = σ(z) − y`.
  void binaryCrossEntropyOfLogits(Buffer z, Buffer y, Buffer delta, Buffer loss, int n);

  /// Binary cross-entropy from probabilities, `loss[i] = −y·ln p − (1−y)·ln(1−p)`, each logarithm
  /// held at −100 or above, with `delta[i] = (p − y) / max(p(1−p), 1e-12)`, the gradient by p, and
  /// `gamma[i] = ln(1−p) − ln p` (held likewise), the gradient by y.
  void binaryCrossEntropy(Buffer p, Buffer y, Buffer delta, Buffer gamma, Buffer loss, int n);

  /// Half of the logistic loss: `loss[i] = y·ln(1 + e^{−z}) + (1 − y)·z`, with `delta[i] = 1 − 2y +
  /// y·σ(z)`, the gradient by z, and `gamma[i] = ln(1 + e^{−z}) − z`, the gradient by y.
  void halfLogistic(Buffer z, Buffer y, Buffer delta, Buffer gamma, Buffer loss, int n);

  /// Mean absolute error of each row: `loss[r] = (1/columns)·Σ_c |e[r,c]|` with `e = a − b`, and
  /// `delta = sign(e)`, 0 at 0: columns times the gradient by a.
  ///
  /// **Shapes:** all `[rows, columns]`, but `loss` `[rows]`.
  void absoluteError(Buffer a, Buffer b, Buffer delta, Buffer loss, int rows, int columns);

  /// Huber's loss of each row: `loss[r] = (1/columns)·Σ_c h(e[r,c])` with `e = a − b` and `h(e) =
  /// e²/2` up to the threshold t and `t·(|e| − t/2)` beyond; and `delta = e` held between ± t:
  /// columns times the gradient by a.
  ///
  /// **Shapes:** all `[rows, columns]`, but `loss` `[rows]`.
  void huber(
      Buffer a, Buffer b, double threshold, Buffer delta, Buffer loss, int rows, int columns);
}
