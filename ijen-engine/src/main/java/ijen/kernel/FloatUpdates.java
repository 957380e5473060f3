package ijen.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Optimiser updates over the numbers `from` to `to − 1`, in one pass over their arrays: SGD,
/// Adagrad, clipping. Those with moments stand in [FloatAdam] and [FloatRmsProp].
///
/// The settings arrive as `double`; what is constant over the pass (`1 − β`, `rate / correction1`,
/// …) is worked out in `double` and rounded once to `float`. The arithmetic of the pass is `float`
/// throughout, by fused multiply-adds. See [Lanes] for why the loops look as they do.
final class FloatUpdates {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;

  private FloatUpdates() {}

  /// A part of a call that walks through the ranges of its [Decay] that it meets.
  abstract static class Ranged implements Split.Part {
    private Decay decay = Decay.none();

    final void by(Decay decay) {
      this.decay = decay;
    }

    @Override
    public final void run(Split s, float[] scratch, int from, int to) {
      for (int range = 0, at = from; at < to; range++) {
        int end = Math.min(decay.end(range), to);
        if (at < end) {
          range(s, scratch, decay.factor(range), at, end);
          at = end;
        }
      }
    }

    /// The numbers `from` to `to − 1`, which all decay by `decay`.
    abstract void range(Split s, float[] scratch, double decay, int from, int to);
  }

  /// SGD.
  static final class Sgd extends Ranged {
    private float rate;

    Sgd of(double rate, Decay decay) {
      this.rate = (float) rate;
      by(decay);
      return this;
    }

    @Override
    void range(Split s, float[] scratch, double decay, int from, int to) {
      sgd(s.a, s.b, rate, (float) decay, from, to);
    }
  }

  /// SGD with momentum.
  static final class Momentum extends Ranged {
    private float rate;
    private float momentum;
    private boolean nesterov;

    Momentum of(double rate, double momentum, boolean nesterov, Decay decay) {
      this.rate = (float) rate;
      this.momentum = (float) momentum;
      this.nesterov = nesterov;
      by(decay);
      return this;
    }

    @Override
    void range(Split s, float[] scratch, double decay, int from, int to) {
      if (nesterov) {
        nesterov(s.a, s.b, s.c, rate, momentum, (float) decay, from, to);
      } else {
        momentum(s.a, s.b, s.c, rate, momentum, (float) decay, from, to);
      }
    }
  }

  /// Adagrad.
  static final class Adagrad extends Ranged {
    private float rate;
    private float epsilon;

    Adagrad of(double rate, double epsilon, Decay decay) {
      this.rate = (float) rate;
      this.epsilon = (float) epsilon;
      by(decay);
      return this;
    }

    @Override
    void range(Split s, float[] scratch, double decay, int from, int to) {
      adagrad(s.a, s.b, s.c, rate, epsilon, (float) decay, from, to);
    }
  }

  /// `g ← fma(decay, θ, g); θ ← fma(−rate, g, θ)`.
  static void sgd(Buffer theta, Buffer g, float rate, float decay, int from, int to) {
    float[] ts = theta.floats();
    float[] gs = g.floats();
    int tt = theta.offset + from;
    int go = g.offset + from;
    int n = to - from;
    int i = 0;
    FloatVector decays = FloatVector.broadcast(F, decay);
    FloatVector rates = FloatVector.broadcast(F, -rate);
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector t = FloatVector.fromArray(F, ts, tt + i);
      FloatVector gradient = decays.fma(t, FloatVector.fromArray(F, gs, go + i));
      rates.fma(gradient, t).intoArray(ts, tt + i);
    }
    for (; i < n; i++) {
      float t = ts[tt + i];
      ts[tt + i] = Math.fma(-rate, Math.fma(decay, t, gs[go + i]), t);
    }
  }

  /// `g ← fma(decay, θ, g); v ← fma(momentum, v, g); θ ← fma(−rate, v, θ)`.
  static void momentum(
      Buffer theta, Buffer g, Buffer v, float rate, float momentum, float decay, int from, int to) {
    float[] ts = theta.floats();
    float[] gs = g.floats();
    float[] vs = v.floats();
    int tt = theta.offset + from;
    int go = g.offset + from;
    int vo = v.offset + from;
    int n = to - from;
    int i = 0;
    FloatVector decays = FloatVector.broadcast(F, decay);
    FloatVector rates = FloatVector.broadcast(F, -rate);
    FloatVector momenta = FloatVector.broadcast(F, momentum);
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector t = FloatVector.fromArray(F, ts, tt + i);
      FloatVector gradient = decays.fma(t, FloatVector.fromArray(F, gs, go + i));
      FloatVector velocity = momenta.fma(FloatVector.fromArray(F, vs, vo + i), gradient);
      velocity.intoArray(vs, vo + i);
      rates.fma(velocity, t).intoArray(ts, tt + i);
    }
    for (; i < n; i++) {
      float t = ts[tt + i];
      float velocity = Math.fma(momentum, vs[vo + i], Math.fma(decay, t, gs[go + i]));
      vs[vo + i] = velocity;
      ts[tt + i] = Math.fma(-rate, velocity, t);
    }
  }

  /// As [#momentum], but for the last step: `θ ← fma(−rate, fma(momentum, v, g), θ)`.
  static void nesterov(
      Buffer theta, Buffer g, Buffer v, float rate, float momentum, float decay, int from, int to) {
    float[] ts = theta.floats();
    float[] gs = g.floats();
    float[] vs = v.floats();
    int tt = theta.offset + from;
    int go = g.offset + from;
    int vo = v.offset + from;
    int n = to - from;
    int i = 0;
    FloatVector decays = FloatVector.broadcast(F, decay);
    FloatVector rates = FloatVector.broadcast(F, -rate);
    FloatVector momenta = FloatVector.broadcast(F, momentum);
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector t = FloatVector.fromArray(F, ts, tt + i);
      FloatVector gradient = decays.fma(t, FloatVector.fromArray(F, gs, go + i));
      FloatVector velocity = momenta.fma(FloatVector.fromArray(F, vs, vo + i), gradient);
      velocity.intoArray(vs, vo + i);
      rates.fma(momenta.fma(velocity, gradient), t).intoArray(ts, tt + i);
    }
    for (; i < n; i++) {
      float t = ts[tt + i];
      float gradient = Math.fma(decay, t, gs[go + i]);
      float velocity = Math.fma(momentum, vs[vo + i], gradient);
      vs[vo + i] = velocity;
      ts[tt + i] = Math.fma(-rate, Math.fma(momentum, velocity, gradient), t);
    }
  }

  /// `g ← fma(decay, θ, g); sum ← fma(g, g, sum); θ ← θ − (rate·g) / (√sum + ε)`.
  static void adagrad(
      Buffer theta,
      Buffer g,
      Buffer sum,
      float rate,
      float epsilon,
      float decay,
      int from,
      int to) {
    float[] ts = theta.floats();
    float[] gs = g.floats();
    float[] ss = sum.floats();
    int tt = theta.offset + from;
    int go = g.offset + from;
    int so = sum.offset + from;
    int n = to - from;
    int i = 0;
    FloatVector decays = FloatVector.broadcast(F, decay);
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector t = FloatVector.fromArray(F, ts, tt + i);
      FloatVector gradient = decays.fma(t, FloatVector.fromArray(F, gs, go + i));
      FloatVector total = gradient.fma(gradient, FloatVector.fromArray(F, ss, so + i));
      total.intoArray(ss, so + i);
      t.sub(gradient.mul(rate).div(total.sqrt().add(epsilon))).intoArray(ts, tt + i);
    }
    for (; i < n; i++) {
      float t = ts[tt + i];
      float gradient = Math.fma(decay, t, gs[go + i]);
      float total = Math.fma(gradient, gradient, ss[so + i]);
      ss[so + i] = total;
      ts[tt + i] = t - gradient * rate / ((float) Math.sqrt(total) + epsilon);
    }
  }

  /// `g ← min(max(g, −limit), limit)`.
  static void clip(Buffer g, float limit, int from, int to) {
    float[] gs = g.floats();
    int go = g.offset + from;
    int n = to - from;
    int i = 0;
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector.fromArray(F, gs, go + i).max(-limit).min(limit).intoArray(gs, go + i);
    }
    for (; i < n; i++) {
      gs[go + i] = Math.min(Math.max(gs[go + i], -limit), limit);
    }
  }
}
