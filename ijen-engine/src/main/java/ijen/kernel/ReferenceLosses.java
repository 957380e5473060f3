package ijen.kernel;

/// The specification of [LossKernels]: `double`, one thread, plain loops that read like the
/// textbook.
final class ReferenceLosses implements LossKernels {

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
    double share = smoothing / Math.max(1, classes);
    for (int r = 0; r < rows; r++) {
      int at = r * classes;
      int label = (int) labels.get(r);
      double max = max(logits, at, classes);
      double sum = 0;
      double linear = 0; // Σ q·(z − max)
      for (int c = 0; c < classes; c++) {
        double shifted = logits.get(at + c) - max;
        double e = StrictMath.exp(shifted);
        delta.set(at + c, e);
        sum += e;
        if (smoothing > 0) {
          linear += share * shifted;
        }
      }
      linear += (1 - smoothing) * (logits.get(at + label) - max);
      for (int c = 0; c < classes; c++) {
        delta.set(at + c, delta.get(at + c) / sum - share - (c == label ? 1 - smoothing : 0));
      }
      loss.set(r, StrictMath.log(sum) - linear);
    }
  }

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
    double share = smoothing / Math.max(1, classes);
    for (int r = 0; r < rows; r++) {
      int at = r * classes;
      double max = max(logits, at, classes);
      double sum = 0;
      double mass = 0;
      for (int c = at; c < at + classes; c++) {
        sum += StrictMath.exp(logits.get(c) - max);
        mass += (1 - smoothing) * q.get(c) + share;
      }
      double logSum = StrictMath.log(sum);
      double total = 0;
      for (int c = at; c < at + classes; c++) {
        double shifted = logits.get(c) - max;
        double target = (1 - smoothing) * q.get(c) + share;
        double logP = shifted - logSum;
        total -= target * logP;
        delta.set(c, mass * (StrictMath.exp(shifted) / sum) - target);
        logProbability.set(c, logP);
      }
      loss.set(r, total);
    }
  }

  @Override
  public void binaryCrossEntropyOfLogits(Buffer z, Buffer y, Buffer delta, Buffer loss, int n) {
    for (int i = 0; i < n; i++) {
      double logit = z.get(i);
      double target = y.get(i);
      delta.set(i, ReferencePointwise.sigmoid(logit) - target);
      loss.set(
          i,
          Math.max(logit, 0) - logit * target + StrictMath.log1p(StrictMath.exp(-Math.abs(logit))));
    }
  }

  @Override
  public void binaryCrossEntropy(
      Buffer p, Buffer y, Buffer delta, Buffer gamma, Buffer loss, int n) {
    for (int i = 0; i < n; i++) {
      double probability = p.get(i);
      double target = y.get(i);
      double logP = Math.max(StrictMath.log(probability), -100);
      double logQ = Math.max(StrictMath.log1p(-probability), -100);
      delta.set(i, (probability - target) / Math.max(probability * (1 - probability), 1e-12));
      gamma.set(i, logQ - logP);
      loss.set(i, -target * logP - (1 - target) * logQ);
    }
  }

  @Override
  public void halfLogistic(Buffer z, Buffer y, Buffer delta, Buffer gamma, Buffer loss, int n) {
    for (int i = 0; i < n; i++) {
      double logit = z.get(i);
      double target = y.get(i);
      double half = Math.max(-logit, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(logit)));
      delta.set(i, 1 - 2 * target + target * ReferencePointwise.sigmoid(logit));
      gamma.set(i, half - logit);
      loss.set(i, target * half + (1 - target) * logit);
    }
  }

  @Override
  public void absoluteError(Buffer a, Buffer b, Buffer delta, Buffer loss, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int i = r * columns; i < (r + 1) * columns; i++) {
        double error = a.get(i) - b.get(i);
        delta.set(i, Math.signum(error));
        sum += Math.abs(error);
      }
      loss.set(r, sum / columns);
    }
  }

  @Override
  public void huber(
      Buffer a, Buffer b, double threshold, Buffer delta, Buffer loss, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int i = r * columns; i < (r + 1) * columns; i++) {
        double error = a.get(i) - b.get(i);
        double size = Math.abs(error);
        delta.set(i, Math.clamp(error, -threshold, threshold));
        sum += size <= threshold ? error * error / 2 : threshold * (size - threshold / 2);
      }
      loss.set(r, sum / columns);
    }
  }

  private static double max(Buffer x, int from, int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + n; i++) {
      max = Math.max(max, x.get(i));
    }
    return max;
  }
}
