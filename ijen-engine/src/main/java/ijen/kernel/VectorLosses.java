package ijen.kernel;

/// [LossKernels] in `float` by SIMD instructions: the front that splits the work of a call over
/// threads. What is computed stands in [FloatLosses].
final class VectorLosses implements LossKernels {
  private final Split split;

  VectorLosses(Split split) {
    this.split = split;
  }

  @Override
  public void crossEntropy(
      Buffer logits,
      Buffer labels,
      double smoothing,
      Buffer delta,
      Buffer loss,
      int rows,
      int classes) {
    Labels.check(labels, rows, classes);
    boolean narrow = smoothing == 0 && FloatNarrow.suits(rows, classes);
    split
        .of(logits, labels, delta, loss)
        .factor(smoothing)
        .rows(narrow ? NARROW_CROSS_ENTROPY : CROSS_ENTROPY, rows, classes, 32);
  }

  /// A loop of its own, not a branch of the other: compiled together they would be too much for the
  /// compiler's inlining, see [Lanes].
  private static final Split.Part NARROW_CROSS_ENTROPY =
      (s, scratch, from, to) ->
          FloatNarrow.crossEntropy(s.a, s.b, s.c, s.d, s.columns, scratch, from, to);

  private static final Split.Part CROSS_ENTROPY =
      (s, scratch, from, to) ->
          FloatLosses.crossEntropy(s.a, s.b, s.factor, s.c, s.d, s.columns, scratch, from, to);

  @Override
  public void crossEntropyOfDistribution(
      Buffer logits,
      Buffer q,
      double smoothing,
      Buffer delta,
      Buffer logProbability,
      Buffer loss,
      int rows,
      int classes) {
    split
        .of(logits, q, delta, logProbability, loss)
        .factor(smoothing)
        .rows(DISTRIBUTION, rows, classes, 32);
  }

  private static final Split.Part DISTRIBUTION =
      (s, scratch, from, to) ->
          FloatLosses.crossEntropyOfDistribution(
              s.a, s.b, s.factor, s.c, s.d, s.e, s.columns, scratch, from, to);

  @Override
  public void binaryCrossEntropyOfLogits(Buffer z, Buffer y, Buffer delta, Buffer loss, int n) {
    split.of(z, y, delta, loss).elements(BINARY_OF_LOGITS, n, 20);
  }

  private static final Split.Part BINARY_OF_LOGITS =
      (s, scratch, from, to) ->
          FloatLosses.binaryCrossEntropyOfLogits(s.a, s.b, s.c, s.d, scratch, from, to);

  @Override
  public void binaryCrossEntropy(
      Buffer p, Buffer y, Buffer delta, Buffer gamma, Buffer loss, int n) {
    split.of(p, y, delta, gamma, loss).elements(BINARY, n, 20);
  }

  private static final Split.Part BINARY =
      (s, scratch, from, to) ->
          FloatLosses.binaryCrossEntropy(s.a, s.b, s.c, s.d, s.e, scratch, from, to);

  @Override
  public void halfLogistic(Buffer z, Buffer y, Buffer delta, Buffer gamma, Buffer loss, int n) {
    split.of(z, y, delta, gamma, loss).elements(HALF_LOGISTIC, n, 20);
  }

  private static final Split.Part HALF_LOGISTIC =
      (s, scratch, from, to) ->
          FloatLosses.halfLogistic(s.a, s.b, s.c, s.d, s.e, scratch, from, to);

  @Override
  public void absoluteError(Buffer a, Buffer b, Buffer delta, Buffer loss, int rows, int columns) {
    split.of(a, b, delta, loss).rows(ABSOLUTE_ERROR, rows, columns, 4);
  }

  private static final Split.Part ABSOLUTE_ERROR =
      (s, scratch, from, to) ->
          FloatLosses.absoluteError(s.a, s.b, s.c, s.d, s.columns, scratch, from, to);

  @Override
  public void huber(
      Buffer a, Buffer b, double threshold, Buffer delta, Buffer loss, int rows, int columns) {
    split.of(a, b, delta, loss).factor(threshold).rows(HUBER, rows, columns, 5);
  }

  private static final Split.Part HUBER =
      (s, scratch, from, to) ->
          FloatLosses.huber(s.a, s.b, (float) s.factor, s.c, s.d, s.columns, scratch, from, to);
}
