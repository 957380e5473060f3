package ijen.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Optimiser updates over the numbers `from` to `to − 1`, in one pass over their arrays.
///
/// A part of a call walks through the ranges of its [Decay] that it meets. The settings arrive as
/// `double`; what is constant over the pass (`1 − β`, `rate / correction1`, …) is worked out in
/// `double` and rounded once to `float`. The arithmetic of the pass is `float` throughout, by fused
/// multiply-adds. See [Lanes] for why the loops look as they do.
final class FloatUpdates {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;

  private FloatUpdates() {}

  /// SGD.
  static final class Sgd implements Split.Part {
    private float rate;
    private Decay decay = Decay.none();

    Sgd of(double rate, Decay decay) {
      this.rate = (float) rate;
      this.decay = decay;
      return this;
    }

    @Override
    public void run(Split s, float[] scratch, int from, int to) {
      for (int range = 0, at = from; at < to; range++) {
        int end = Math.min(decay.end(range), to);
        if (at < end) {
          sgd(s.a, s.b, rate, (float) decay.factor(range), at, end);
          at = end;
        }
      }
    }
  }

  /// SGD with momentum.
  static final class Momentum implements Split.Part {
    private float rate;
    private float momentum;
    private boolean nesterov;
    private Decay decay = Decay.none();

    Momentum of(double rate, double momentum, boolean nesterov, Decay decay) {
      this.rate = (float) rate;
      this.momentum = (float) momentum;
      this.nesterov = nesterov;
      this.decay = decay;
      return this;
    }

    @Override
    public void run(Split s, float[] scratch, int from, int to) {
      for (int range = 0, at = from; at < to; range++) {
        int end = Math.min(decay.end(range), to);
        if (at < end) {
          float factor = (float) decay.factor(range);
          if (nesterov) {
            nesterov(s.a, s.b, s.c, rate, momentum, factor, at, end);
          } else {
            momentum(s.a, s.b, s.c, rate, momentum, factor, at, end);
          }
          at = end;
        }
      }
    }
  }

  /// Adam.
  static final class Adam implements Split.Part {
    private float step;
    private float beta1;
    private float rest1;
    private float beta2;
    private float rest2;
    private float root;
    private float epsilon;
    private Decay decay = Decay.none();

    Adam of(
        double rate,
        double beta1,
        double beta2,
        double epsilon,
        double correction1,
        double correction2,
        Decay decay) {
      this.step = (float) (rate / correction1);
      this.beta1 = (float) beta1;
      this.rest1 = (float) (1 - beta1);
      this.beta2 = (float) beta2;
      this.rest2 = (float) (1 - beta2);
      this.root = (float) (1 / Math.sqrt(correction2));
      this.epsilon = (float) epsilon;
      this.decay = decay;
      return this;
    }

    @Override
    public void run(Split s, float[] scratch, int from, int to) {
      for (int range = 0, at = from; at < to; range++) {
        int end = Math.min(decay.end(range), to);
        if (at < end) {
          float factor = (float) decay.factor(range);
          adam(
              s.a, s.b, s.c, s.d, step, beta1, rest1, beta2, rest2, root, epsilon, factor, at, end);
          at = end;
        }
      }
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

  /// `g ← fma(decay, θ, g); m ← fma(β₁, m, (1−β₁)·g); v ← fma(β₂, v, ((1−β₂)·g)·g); θ ← θ −
  /// (step·m) / fma(√v, root, ε)`, where `step = rate / correction1` and `root = 1 / √correction2`.
  static void adam(
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
      t.sub(first.mul(step).div(second.sqrt().fma(roots, epsilons))).intoArray(ts, tt + i);
    }
    for (; i < n; i++) {
      float t = ts[tt + i];
      float gradient = Math.fma(decay, t, gs[go + i]);
      float first = Math.fma(beta1, ms[mo + i], gradient * rest1);
      float second = Math.fma(beta2, vs[vo + i], gradient * rest2 * gradient);
      ms[mo + i] = first;
      vs[vo + i] = second;
      ts[tt + i] = t - first * step / Math.fma((float) Math.sqrt(second), root, epsilon);
    }
  }
}
