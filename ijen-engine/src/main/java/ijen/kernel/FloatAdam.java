package ijen.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Adam and its kin over the numbers `from` to `to − 1`, in one pass over their arrays. What is
/// said of [FloatUpdates] holds here.
///
/// The formula's `rate·(m/correction1) / (√(v/correction2) + ε)` is computed as `(step·m) / fma(√v,
/// root, ε)` with `step = rate / correction1` and `root = 1 / √correction2`: one division and one
/// root for each number.
final class FloatAdam extends FloatUpdates.Ranged {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;

  /// Which of the family.
  enum Form {
    /// [UpdateKernels#adam].
    ADAM,
    /// [UpdateKernels#adamW].
    ADAMW,
    /// [UpdateKernels#amsgrad].
    AMSGRAD,
    /// [UpdateKernels#adamOfTwo].
    OF_TWO
  }

  private Form form = Form.ADAM;
  private double rate;
  private float step;
  private float beta1;
  private float rest1;
  private float beta2;
  private float rest2;
  private float root;
  private float epsilon;

  void of(
      Form form,
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      double correction1,
      double correction2,
      Decay decay) {
    this.form = form;
    this.rate = rate;
    this.step = (float) (rate / correction1);
    this.beta1 = (float) beta1;
    this.rest1 = (float) (1 - beta1);
    this.beta2 = (float) beta2;
    this.rest2 = (float) (1 - beta2);
    this.root = (float) (1 / Math.sqrt(correction2));
    this.epsilon = (float) epsilon;
    by(decay);
  }

  @Override
  void range(Split s, float[] scratch, double decay, int from, int to) {
    switch (form) {
      case ADAM -> adam(s, (float) decay, 1, from, to);
      case ADAMW -> adam(s, 0, (float) (1 - rate * decay), from, to);
      case AMSGRAD -> amsgrad(s, (float) decay, from, to);
      case OF_TWO -> ofTwo(s, from, to);
    }
  }

  private void adam(Split s, float decay, float keep, int from, int to) {
    adam(
        s.a, s.b, s.c, s.d, step, beta1, rest1, beta2, rest2, root, epsilon, decay, keep, from, to);
  }

  private void amsgrad(Split s, float decay, int from, int to) {
    amsgrad(
        s.a, s.b, s.c, s.d, s.e, step, beta1, rest1, beta2, rest2, root, epsilon, decay, from, to);
  }

  private void ofTwo(Split s, int from, int to) {
    ofTwo(s.a, s.b, s.c, s.d, s.e, step, beta1, rest1, beta2, rest2, root, epsilon, from, to);
  }

  /// `g ← fma(decay, θ, g); m ← fma(β₁, m, (1−β₁)·g); v ← fma(β₂, v, ((1−β₂)·g)·g); θ ← keep·θ −
  /// (step·m) / fma(√v, root, ε)`.
  private static void adam(
      Buffer theta,
      Buffer g,
      Buffer m,
      Buffer v,
      float step,
      float beta1,
      float rest1,
      float beta2,
      float rest2,
      float root,
      float epsilon,
      float decay,
      float keep,
      int from,
      int to) {
    float[] ts = theta.floats();
    float[] gs = g.floats();
    float[] ms = m.floats();
    float[] vs = v.floats();
    int tt = theta.offset + from;
    int go = g.offset + from;
    int mo = m.offset + from;
    int vo = v.offset + from;
    int n = to - from;
    int i = 0;
    FloatVector decays = FloatVector.broadcast(F, decay);
    FloatVector betas1 = FloatVector.broadcast(F, beta1);
    FloatVector betas2 = FloatVector.broadcast(F, beta2);
    FloatVector roots = FloatVector.broadcast(F, root);
    FloatVector epsilons = FloatVector.broadcast(F, epsilon);
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector t = FloatVector.fromArray(F, ts, tt + i);
      FloatVector gradient = decays.fma(t, FloatVector.fromArray(F, gs, go + i));
      FloatVector first = betas1.fma(FloatVector.fromArray(F, ms, mo + i), gradient.mul(rest1));
      FloatVector second =
          betas2.fma(FloatVector.fromArray(F, vs, vo + i), gradient.mul(rest2).mul(gradient));
      first.intoArray(ms, mo + i);
      second.intoArray(vs, vo + i);
      t.mul(keep)
          .sub(first.mul(step).div(second.sqrt().fma(roots, epsilons)))
          .intoArray(ts, tt + i);
    }
    for (; i < n; i++) {
      float t = ts[tt + i];
      float gradient = Math.fma(decay, t, gs[go + i]);
      float first = Math.fma(beta1, ms[mo + i], gradient * rest1);
      float second = Math.fma(beta2, vs[vo + i], gradient * rest2 * gradient);
      ms[mo + i] = first;
      vs[vo + i] = second;
      ts[tt + i] = t * keep - first * step / Math.fma((float) Math.sqrt(second), root, epsilon);
    }
  }

  /// As [#adam] without `keep`, and by `largest ← max(largest, v)` in place of v in the last line.
  private static void amsgrad(
      Buffer theta,
      Buffer g,
      Buffer m,
      Buffer v,
      Buffer largest,
      float step,
      float beta1,
      float rest1,
      float beta2,
      float rest2,
      float root,
      float epsilon,
      float decay,
      int from,
      int to) {
    float[] ts = theta.floats();
    float[] gs = g.floats();
    float[] ms = m.floats();
    float[] vs = v.floats();
    float[] ls = largest.floats();
    int tt = theta.offset + from;
    int go = g.offset + from;
    int mo = m.offset + from;
    int vo = v.offset + from;
    int lo = largest.offset + from;
    int n = to - from;
    int i = 0;
    FloatVector decays = FloatVector.broadcast(F, decay);
    FloatVector betas1 = FloatVector.broadcast(F, beta1);
    FloatVector betas2 = FloatVector.broadcast(F, beta2);
    FloatVector roots = FloatVector.broadcast(F, root);
    FloatVector epsilons = FloatVector.broadcast(F, epsilon);
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector t = FloatVector.fromArray(F, ts, tt + i);
      FloatVector gradient = decays.fma(t, FloatVector.fromArray(F, gs, go + i));
      FloatVector first = betas1.fma(FloatVector.fromArray(F, ms, mo + i), gradient.mul(rest1));
      FloatVector second =
          betas2.fma(FloatVector.fromArray(F, vs, vo + i), gradient.mul(rest2).mul(gradient));
      FloatVector most = FloatVector.fromArray(F, ls, lo + i).max(second);
      first.intoArray(ms, mo + i);
      second.intoArray(vs, vo + i);
      most.intoArray(ls, lo + i);
      t.sub(first.mul(step).div(most.sqrt().fma(roots, epsilons))).intoArray(ts, tt + i);
    }
    for (; i < n; i++) {
      float t = ts[tt + i];
      float gradient = Math.fma(decay, t, gs[go + i]);
      float first = Math.fma(beta1, ms[mo + i], gradient * rest1);
      float second = Math.fma(beta2, vs[vo + i], gradient * rest2 * gradient);
      float most = Math.max(ls[lo + i], second);
      ms[mo + i] = first;
      vs[vo + i] = second;
      ls[lo + i] = most;
      ts[tt + i] = t - first * step / Math.fma((float) Math.sqrt(most), root, epsilon);
    }
  }

  /// As [#adam] without decay, m following `ahead` in place of g.
  private static void ofTwo(
      Buffer theta,
      Buffer g,
      Buffer m,
      Buffer v,
      Buffer ahead,
      float step,
      float beta1,
      float rest1,
      float beta2,
      float rest2,
      float root,
      float epsilon,
      int from,
      int to) {
    float[] ts = theta.floats();
    float[] gs = g.floats();
    float[] ms = m.floats();
    float[] vs = v.floats();
    float[] as = ahead.floats();
    int tt = theta.offset + from;
    int go = g.offset + from;
    int mo = m.offset + from;
    int vo = v.offset + from;
    int ao = ahead.offset + from;
    int n = to - from;
    int i = 0;
    FloatVector betas1 = FloatVector.broadcast(F, beta1);
    FloatVector betas2 = FloatVector.broadcast(F, beta2);
    FloatVector roots = FloatVector.broadcast(F, root);
    FloatVector epsilons = FloatVector.broadcast(F, epsilon);
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector gradient = FloatVector.fromArray(F, gs, go + i);
      FloatVector other = FloatVector.fromArray(F, as, ao + i);
      FloatVector first = betas1.fma(FloatVector.fromArray(F, ms, mo + i), other.mul(rest1));
      FloatVector second =
          betas2.fma(FloatVector.fromArray(F, vs, vo + i), gradient.mul(rest2).mul(gradient));
      first.intoArray(ms, mo + i);
      second.intoArray(vs, vo + i);
      FloatVector.fromArray(F, ts, tt + i)
          .sub(first.mul(step).div(second.sqrt().fma(roots, epsilons)))
          .intoArray(ts, tt + i);
    }
    for (; i < n; i++) {
      float gradient = gs[go + i];
      float first = Math.fma(beta1, ms[mo + i], as[ao + i] * rest1);
      float second = Math.fma(beta2, vs[vo + i], gradient * rest2 * gradient);
      ms[mo + i] = first;
      vs[vo + i] = second;
      ts[tt + i] -= first * step / Math.fma((float) Math.sqrt(second), root, epsilon);
    }
  }
}
