package ijen.kernel;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Losses and their gradients over the rows, or numbers, `from` to `to − 1`.
///
/// Each works block by block in several short passes, whose intermediate results lie in the
/// outputs: a block stays in the first-level cache. See [Lanes] for why the loops look as they do.
final class FloatLosses {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;

  private FloatLosses() {}

  static void crossEntropy(
      Buffer logits,
      Buffer labels,
      double smoothing,
      Buffer delta,
      Buffer loss,
      int classes,
      float[] scratch,
      int from,
      int to) {
    float[] ds = delta.floats();
    float[] ls = loss.floats();
    float[] labelled = labels.floats();
    float own = (float) (1 - smoothing);
    float share = (float) (smoothing / Math.max(1, classes));
    int step = Math.min(scratch.length, FloatRows.block(classes));
    for (int r = from; r < to; r += step) {
      int rows = Math.min(step, to - r);
      int zo = logits.offset + r * classes;
      int dd = delta.offset + r * classes;
      int yo = labels.offset + r;
      int lo = loss.offset + r;
      FloatRows.shiftByMax(logits.floats(), zo, ds, dd, classes, rows);
      for (int i = 0; i < rows; i++) {
        int at = dd + i * classes;
        float chosen = ds[at + (int) labelled[yo + i]];
        ls[lo + i] =
            smoothing == 0 ? chosen : own * chosen + share * FloatSums.sum(ds, at, classes);
      }
      FloatMath.exp(ds, dd, ds, dd, rows * classes);
      for (int i = 0; i < rows; i++) {
        int at = dd + i * classes;
        scratch[i] = FloatSums.sum(ds, at, classes); // at least e⁰
        FloatElements.scale(ds, at, 1 / scratch[i], ds, at, classes);
        if (smoothing != 0) {
          FloatElements.shift(ds, at, share, ds, at, classes);
        }
        ds[at + (int) labelled[yo + i]] -= own;
      }
      FloatMath.log(scratch, 0, scratch, 0, rows);
      FloatElements.subtract(scratch, 0, ls, lo, ls, lo, rows);
    }
  }

  static void crossEntropyOfDistribution(
      Buffer logits,
      Buffer q,
      double smoothing,
      Buffer delta,
      Buffer logProbability,
      Buffer loss,
      int classes,
      float[] scratch,
      int from,
      int to) {
    float[] qs = q.floats();
    float[] ds = delta.floats();
    float[] ps = logProbability.floats();
    float own = (float) (1 - smoothing);
    float share = (float) (smoothing / Math.max(1, classes));
    int step = Math.min(scratch.length, FloatRows.block(classes));
    for (int r = from; r < to; r += step) {
      int rows = Math.min(step, to - r);
      int zo = logits.offset + r * classes;
      int qo = q.offset + r * classes;
      int dd = delta.offset + r * classes;
      int po = logProbability.offset + r * classes;
      FloatRows.shiftByMax(logits.floats(), zo, ps, po, classes, rows);
      FloatMath.exp(ps, po, ds, dd, rows * classes);
      for (int i = 0; i < rows; i++) {
        int at = i * classes;
        float mass = FloatSums.sum(qs, qo + at, classes);
        scratch[i] = FloatSums.sum(ds, dd + at, classes); // at least e⁰
        if (smoothing == 0) {
          scaleMinus(ds, dd + at, mass / scratch[i], qs, qo + at, classes);
        } else {
          float scale = Math.fma(own, mass, (float) smoothing) / scratch[i];
          FloatElements.scale(ds, dd + at, scale, ds, dd + at, classes);
          FloatElements.addScaled(qs, qo + at, -own, ds, dd + at, classes);
          FloatElements.shift(ds, dd + at, share, ds, dd + at, classes);
        }
      }
      FloatMath.log(scratch, 0, scratch, 0, rows);
      for (int i = 0; i < rows; i++) {
        int at = i * classes;
        FloatElements.shift(ps, po + at, scratch[i], ps, po + at, classes);
        float total = FloatSums.dot(qs, qo + at, ps, po + at, classes);
        if (smoothing != 0) {
          total = own * total + share * FloatSums.sum(ps, po + at, classes);
        }
        loss.floats()[loss.offset + r + i] = -total;
      }
    }
  }

  /// `x = factor·x − y`.
  private static void scaleMinus(float[] xs, int xo, float factor, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector.fromArray(F, xs, xo + i)
          .fma(FloatVector.broadcast(F, factor), FloatVector.fromArray(F, ys, yo + i).neg())
          .intoArray(xs, xo + i);
    }
    for (; i < n; i++) {
      xs[xo + i] = Math.fma(xs[xo + i], factor, -ys[yo + i]);
    }
  }

  static void binaryCrossEntropyOfLogits(
      Buffer z, Buffer y, Buffer delta, Buffer loss, float[] scratch, int from, int to) {
    float[] zs = z.floats();
    float[] ys = y.floats();
    float[] ds = delta.floats();
    float[] ls = loss.floats();
    for (int i = from; i < to; i += scratch.length) {
      int n = Math.min(scratch.length, to - i);
      int zo = z.offset + i;
      int yo = y.offset + i;
      int dd = delta.offset + i;
      int lo = loss.offset + i;
      FloatActivations.minusAbsolute(zs, zo, scratch, n);
      FloatMath.exp(scratch, 0, scratch, 0, n);
      logOnePlus(scratch, 0, ls, lo, n);
      addHinge(zs, zo, ys, yo, ls, lo, n);
      FloatActivations.sigmoidOf(zs, zo, scratch, ds, dd, n);
      FloatElements.subtract(ds, dd, ys, yo, ds, dd, n);
    }
  }

  /// `loss += max(z, 0) − z·y`.
  private static void addHinge(float[] zs, int zo, float[] ys, int yo, float[] ls, int lo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector z = FloatVector.fromArray(F, zs, zo + i);
      FloatVector y = FloatVector.fromArray(F, ys, yo + i);
      FloatVector hinge = z.neg().fma(y, z.blend(0, z.compare(LT, 0)));
      hinge.add(FloatVector.fromArray(F, ls, lo + i)).intoArray(ls, lo + i);
    }
    for (; i < n; i++) {
      float z = zs[zo + i];
      ls[lo + i] = Math.fma(-z, ys[yo + i], z < 0 ? 0 : z) + ls[lo + i];
    }
  }

  static void binaryCrossEntropy(
      Buffer p,
      Buffer y,
      Buffer delta,
      Buffer gamma,
      Buffer loss,
      float[] scratch,
      int from,
      int to) {
    float[] ps = p.floats();
    float[] ys = y.floats();
    float[] ls = loss.floats();
    for (int i = from; i < to; i += scratch.length) {
      int n = Math.min(scratch.length, to - i);
      int po = p.offset + i;
      int yo = y.offset + i;
      int lo = loss.offset + i;
      FloatElements.scale(ps, po, -1, scratch, 0, n);
      logOnePlus(scratch, 0, ls, lo, n);
      FloatMath.log(ps, po, scratch, 0, n);
      binaryDelta(ps, po, ys, yo, delta.floats(), delta.offset + i, n);
      binaryLoss(ys, yo, scratch, ls, lo, gamma.floats(), gamma.offset + i, n);
    }
  }

  private static void binaryDelta(
      float[] ps, int po, float[] ys, int yo, float[] ds, int dd, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector p = FloatVector.fromArray(F, ps, po + i);
      FloatVector y = FloatVector.fromArray(F, ys, yo + i);
      FloatVector variance = p.mul(FloatVector.broadcast(F, 1).sub(p));
      variance = variance.blend(1e-12f, variance.compare(LT, 1e-12f));
      p.sub(y).div(variance).intoArray(ds, dd + i);
    }
    for (; i < n; i++) {
      float p = ps[po + i];
      float variance = p * (1 - p);
      ds[dd + i] = (p - ys[yo + i]) / (variance < 1e-12f ? 1e-12f : variance);
    }
  }

  /// From `ln p` in `as` and `ln(1 − p)` in `ls`.
  private static void binaryLoss(
      float[] ys, int yo, float[] as, float[] ls, int lo, float[] gs, int go, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector y = FloatVector.fromArray(F, ys, yo + i);
      FloatVector a = FloatVector.fromArray(F, as, i);
      FloatVector b = FloatVector.fromArray(F, ls, lo + i);
      a = a.blend(-100, a.compare(LT, -100));
      b = b.blend(-100, b.compare(LT, -100));
      b.sub(a).intoArray(gs, go + i);
      y.fma(a, FloatVector.broadcast(F, 1).sub(y).mul(b)).neg().intoArray(ls, lo + i);
    }
    for (; i < n; i++) {
      float a = as[i] < -100 ? -100 : as[i];
      float b = ls[lo + i] < -100 ? -100 : ls[lo + i];
      gs[go + i] = b - a;
      ls[lo + i] = -Math.fma(ys[yo + i], a, (1 - ys[yo + i]) * b);
    }
  }

  static void halfLogistic(
      Buffer z,
      Buffer y,
      Buffer delta,
      Buffer gamma,
      Buffer loss,
      float[] scratch,
      int from,
      int to) {
    for (int i = from; i < to; i += scratch.length) {
      int n = Math.min(scratch.length, to - i);
      int zo = z.offset + i;
      int lo = loss.offset + i;
      FloatActivations.minusAbsolute(z.floats(), zo, scratch, n);
      FloatMath.exp(scratch, 0, scratch, 0, n);
      logOnePlus(scratch, 0, loss.floats(), lo, n);
      FloatActivations.sigmoidOf(z.floats(), zo, scratch, delta.floats(), delta.offset + i, n);
      halfLogisticOf(
          z.floats(),
          zo,
          y.floats(),
          y.offset + i,
          delta.floats(),
          delta.offset + i,
          gamma.floats(),
          gamma.offset + i,
          loss.floats(),
          lo,
          n);
    }
  }

  /// From `σ(z)` in `ds` and `ln(1 + e^−|z|)` in `ls`.
  private static void halfLogisticOf(
      float[] zs,
      int zo,
      float[] ys,
      int yo,
      float[] ds,
      int dd,
      float[] gs,
      int go,
      float[] ls,
      int lo,
      int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector z = FloatVector.fromArray(F, zs, zo + i);
      FloatVector y = FloatVector.fromArray(F, ys, yo + i);
      FloatVector half =
          FloatVector.fromArray(F, ls, lo + i).add(z.neg().blend(0, z.compare(GT, 0)));
      FloatVector other = FloatVector.broadcast(F, 1).sub(y);
      FloatVector sigma = FloatVector.fromArray(F, ds, dd + i);
      y.fma(sigma, other.sub(y)).intoArray(ds, dd + i);
      half.sub(z).intoArray(gs, go + i);
      y.fma(half, other.mul(z)).intoArray(ls, lo + i);
    }
    for (; i < n; i++) {
      float z = zs[zo + i];
      float y = ys[yo + i];
      float half = ls[lo + i] + (z > 0 ? 0 : -z);
      float other = 1 - y;
      ds[dd + i] = Math.fma(y, ds[dd + i], other - y);
      gs[go + i] = half - z;
      ls[lo + i] = Math.fma(y, half, other * z);
    }
  }

  static void absoluteError(
      Buffer a,
      Buffer b,
      Buffer delta,
      Buffer loss,
      int columns,
      float[] scratch,
      int from,
      int to) {
    for (int r = from; r < to; r++) {
      double sum = 0;
      for (int i = 0; i < columns; i += scratch.length) {
        int n = Math.min(scratch.length, columns - i);
        int at = r * columns + i;
        int dd = delta.offset + at;
        FloatElements.subtract(a.floats(), a.offset + at, b.floats(), b.offset + at, scratch, 0, n);
        sign(scratch, delta.floats(), dd, n);
        sum += FloatSums.dot(scratch, 0, delta.floats(), dd, n);
      }
      loss.floats()[loss.offset + r] = (float) (sum / columns);
    }
  }

  /// `y = −1, 0 or 1`, by the sign of x; NaN stays NaN.
  private static void sign(float[] xs, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector x = FloatVector.fromArray(F, xs, i);
      x.blend(1, x.compare(GT, 0)).blend(-1, x.compare(LT, 0)).intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      float x = xs[i];
      ys[yo + i] = x > 0 ? 1 : x < 0 ? -1 : x;
    }
  }

  static void huber(
      Buffer a,
      Buffer b,
      float threshold,
      Buffer delta,
      Buffer loss,
      int columns,
      float[] scratch,
      int from,
      int to) {
    for (int r = from; r < to; r++) {
      double sum = 0;
      for (int i = 0; i < columns; i += scratch.length) {
        int n = Math.min(scratch.length, columns - i);
        int at = r * columns + i;
        int dd = delta.offset + at;
        FloatElements.subtract(a.floats(), a.offset + at, b.floats(), b.offset + at, scratch, 0, n);
        clamp(scratch, threshold, delta.floats(), dd, n);
        FloatElements.addScaled(delta.floats(), dd, -0.5f, scratch, 0, n);
        sum += FloatSums.dot(scratch, 0, delta.floats(), dd, n);
      }
      loss.floats()[loss.offset + r] = (float) (sum / columns);
    }
  }

  /// `y = x`, held between ± limit; NaN stays NaN.
  private static void clamp(float[] xs, float limit, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector x = FloatVector.fromArray(F, xs, i);
      x.blend(limit, x.compare(GT, limit))
          .blend(-limit, x.compare(LT, -limit))
          .intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      float x = xs[i];
      ys[yo + i] = x > limit ? limit : x < -limit ? -limit : x;
    }
  }

  /// `y = ln(1 + u)` for −1 ≤ u ≤ 1, from other memory than u's: the logarithm of the rounded sum
  /// w, plus `(u − (w − 1)) / w`, what the rounding lost.
  static void logOnePlus(float[] us, int uo, float[] ys, int yo, int n) {
    FloatElements.shift(us, uo, -1, ys, yo, n);
    FloatMath.log(ys, yo, ys, yo, n);
    addLost(us, uo, ys, yo, n);
  }

  private static void addLost(float[] us, int uo, float[] ys, int yo, int n) {
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector u = FloatVector.fromArray(F, us, uo + i);
      FloatVector y = FloatVector.fromArray(F, ys, yo + i);
      FloatVector w = u.add(1);
      FloatVector lost = u.sub(w.sub(1)).div(w).blend(0, w.eq(0));
      y.add(lost).intoArray(ys, yo + i);
    }
    for (; i < n; i++) {
      float u = us[uo + i];
      float w = u + 1;
      ys[yo + i] += w == 0 ? 0 : (u - (w - 1)) / w;
    }
  }
}
