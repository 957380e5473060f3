package ijen.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// RMSProp over the numbers `from` to `to − 1`. What is said of [FloatUpdates] holds here.
///
/// It goes through the numbers in blocks that stay in the first-level cache: the scaled gradient of
/// a block is written into scratch memory, from which θ takes its step, so that with and without
/// mean, with and without velocity make four short loops and not four long ones.
final class FloatRmsProp extends FloatUpdates.Ranged {
  private static final VectorSpecies<Float> F = Lanes.FLOAT;

  private boolean centred;
  private boolean moving;
  private float rate;
  private float alpha;
  private float rest;
  private float epsilon;
  private float momentum;

  void of(
      boolean centred,
      boolean moving,
      double rate,
      double alpha,
      double epsilon,
      double momentum,
      Decay decay) {
    this.centred = centred;
    this.moving = moving;
    this.rate = (float) rate;
    this.alpha = (float) alpha;
    this.rest = (float) (1 - alpha);
    this.epsilon = (float) epsilon;
    this.momentum = (float) momentum;
    by(decay);
  }

  @Override
  void range(Split s, float[] scratch, double decay, int from, int to) {
    for (int at = from; at < to; at += scratch.length) {
      int end = Math.min(at + scratch.length, to);
      if (centred) {
        centred(s.a, s.b, s.c, s.d, scratch, alpha, rest, epsilon, (float) decay, at, end);
      } else {
        plain(s.a, s.b, s.c, scratch, alpha, rest, epsilon, (float) decay, at, end);
      }
      if (moving) {
        move(s.a, s.e, scratch, rate, momentum, at, end);
      } else {
        step(s.a, scratch, rate, at, end);
      }
    }
  }

  /// `g ← fma(decay, θ, g); square ← fma(α, square, ((1−α)·g)·g); out = g / (√square + ε)`.
  private static void plain(
      Buffer theta,
      Buffer g,
      Buffer square,
      float[] out,
      float alpha,
      float rest,
      float epsilon,
      float decay,
      int from,
      int to) {
    float[] ts = theta.floats();
    float[] gs = g.floats();
    float[] ss = square.floats();
    int tt = theta.offset + from;
    int go = g.offset + from;
    int so = square.offset + from;
    int n = to - from;
    int i = 0;
    FloatVector decays = FloatVector.broadcast(F, decay);
    FloatVector alphas = FloatVector.broadcast(F, alpha);
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector t = FloatVector.fromArray(F, ts, tt + i);
      FloatVector gradient = decays.fma(t, FloatVector.fromArray(F, gs, go + i));
      FloatVector second =
          alphas.fma(FloatVector.fromArray(F, ss, so + i), gradient.mul(rest).mul(gradient));
      second.intoArray(ss, so + i);
      gradient.div(second.sqrt().add(epsilon)).intoArray(out, i);
    }
    for (; i < n; i++) {
      float gradient = Math.fma(decay, ts[tt + i], gs[go + i]);
      float second = Math.fma(alpha, ss[so + i], gradient * rest * gradient);
      ss[so + i] = second;
      out[i] = gradient / ((float) Math.sqrt(second) + epsilon);
    }
  }

  /// As [#plain], but `mean ← fma(α, mean, (1−α)·g); out = g / (√max(fma(−mean, mean, square), 0) +
  /// ε)`.
  private static void centred(
      Buffer theta,
      Buffer g,
      Buffer square,
      Buffer mean,
      float[] out,
      float alpha,
      float rest,
      float epsilon,
      float decay,
      int from,
      int to) {
    float[] ts = theta.floats();
    float[] gs = g.floats();
    float[] ss = square.floats();
    float[] ms = mean.floats();
    int tt = theta.offset + from;
    int go = g.offset + from;
    int so = square.offset + from;
    int mo = mean.offset + from;
    int n = to - from;
    int i = 0;
    FloatVector decays = FloatVector.broadcast(F, decay);
    FloatVector alphas = FloatVector.broadcast(F, alpha);
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector t = FloatVector.fromArray(F, ts, tt + i);
      FloatVector gradient = decays.fma(t, FloatVector.fromArray(F, gs, go + i));
      FloatVector first = alphas.fma(FloatVector.fromArray(F, ms, mo + i), gradient.mul(rest));
      FloatVector second =
          alphas.fma(FloatVector.fromArray(F, ss, so + i), gradient.mul(rest).mul(gradient));
      first.intoArray(ms, mo + i);
      second.intoArray(ss, so + i);
      FloatVector spread = first.neg().fma(first, second).max(0);
      gradient.div(spread.sqrt().add(epsilon)).intoArray(out, i);
    }
    for (; i < n; i++) {
      float gradient = Math.fma(decay, ts[tt + i], gs[go + i]);
      float first = Math.fma(alpha, ms[mo + i], gradient * rest);
      float second = Math.fma(alpha, ss[so + i], gradient * rest * gradient);
      ms[mo + i] = first;
      ss[so + i] = second;
      float spread = Math.max(Math.fma(-first, first, second), 0);
      out[i] = gradient / ((float) Math.sqrt(spread) + epsilon);
    }
  }

  /// `θ ← fma(−rate, d, θ)`.
  private static void step(Buffer theta, float[] d, float rate, int from, int to) {
    float[] ts = theta.floats();
    int tt = theta.offset + from;
    int n = to - from;
    int i = 0;
    FloatVector rates = FloatVector.broadcast(F, -rate);
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      rates
          .fma(FloatVector.fromArray(F, d, i), FloatVector.fromArray(F, ts, tt + i))
          .intoArray(ts, tt + i);
    }
    for (; i < n; i++) {
      ts[tt + i] = Math.fma(-rate, d[i], ts[tt + i]);
    }
  }

  /// `v ← fma(momentum, v, d); θ ← fma(−rate, v, θ)`.
  private static void move(
      Buffer theta, Buffer v, float[] d, float rate, float momentum, int from, int to) {
    float[] ts = theta.floats();
    float[] vs = v.floats();
    int tt = theta.offset + from;
    int vo = v.offset + from;
    int n = to - from;
    int i = 0;
    FloatVector rates = FloatVector.broadcast(F, -rate);
    FloatVector momenta = FloatVector.broadcast(F, momentum);
    for (int end = F.loopBound(n); i < end; i += F.length()) {
      FloatVector velocity =
          momenta.fma(FloatVector.fromArray(F, vs, vo + i), FloatVector.fromArray(F, d, i));
      velocity.intoArray(vs, vo + i);
      rates.fma(velocity, FloatVector.fromArray(F, ts, tt + i)).intoArray(ts, tt + i);
    }
    for (; i < n; i++) {
      float velocity = Math.fma(momentum, vs[vo + i], d[i]);
      vs[vo + i] = velocity;
      ts[tt + i] = Math.fma(-rate, velocity, ts[tt + i]);
    }
  }
}
