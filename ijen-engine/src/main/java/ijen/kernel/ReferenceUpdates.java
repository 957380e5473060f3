package ijen.kernel;

import org.jspecify.annotations.Nullable;

/// The specification of [UpdateKernels]: `double`, one thread, plain loops that read like the
/// textbook.
final class ReferenceUpdates implements UpdateKernels {

  @Override
  public void sgd(Buffer theta, Buffer g, int n, double rate, Decay decay) {
    double[] t = theta.doubles();
    for (int i = 0; i < n; i++) {
      int at = theta.offset + i;
      double gradient = g.doubles()[g.offset + i] + decay.at(i) * t[at];
      t[at] -= rate * gradient;
    }
  }

  @Override
  public void momentum(
      Buffer theta,
      Buffer g,
      Buffer v,
      int n,
      double rate,
      double momentum,
      boolean nesterov,
      Decay decay) {
    double[] t = theta.doubles();
    double[] vs = v.doubles();
    for (int i = 0; i < n; i++) {
      int at = theta.offset + i;
      double gradient = g.doubles()[g.offset + i] + decay.at(i) * t[at];
      double velocity = momentum * vs[v.offset + i] + gradient;
      vs[v.offset + i] = velocity;
      t[at] -= rate * (nesterov ? gradient + momentum * velocity : velocity);
    }
  }

  @Override
  public void adam(
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
      Decay decay) {
    double[] t = theta.doubles();
    double[] ms = m.doubles();
    double[] vs = v.doubles();
    for (int i = 0; i < n; i++) {
      int at = theta.offset + i;
      double gradient = g.doubles()[g.offset + i] + decay.at(i) * t[at];
      double first = beta1 * ms[m.offset + i] + (1 - beta1) * gradient;
      double second = beta2 * vs[v.offset + i] + (1 - beta2) * gradient * gradient;
      ms[m.offset + i] = first;
      vs[v.offset + i] = second;
      t[at] -= rate * (first / correction1) / (Math.sqrt(second / correction2) + epsilon);
    }
  }

  @Override
  public void adamW(
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
      Decay decay) {
    for (int i = 0; i < n; i++) {
      theta.set(i, theta.get(i) * (1 - rate * decay.at(i)));
    }
    adam(theta, g, m, v, n, rate, beta1, beta2, epsilon, correction1, correction2, Decay.none());
  }

  @Override
  public void amsgrad(
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
      Decay decay) {
    for (int i = 0; i < n; i++) {
      double gradient = g.get(i) + decay.at(i) * theta.get(i);
      m.set(i, beta1 * m.get(i) + (1 - beta1) * gradient);
      v.set(i, beta2 * v.get(i) + (1 - beta2) * gradient * gradient);
      largest.set(i, Math.max(largest.get(i), v.get(i)));
      double root = Math.sqrt(largest.get(i) / correction2);
      theta.set(i, theta.get(i) - rate * (m.get(i) / correction1) / (root + epsilon));
    }
  }

  @Override
  public void adamOfTwo(
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
      double correction2) {
    for (int i = 0; i < n; i++) {
      m.set(i, beta1 * m.get(i) + (1 - beta1) * ahead.get(i));
      s.set(i, beta2 * s.get(i) + (1 - beta2) * g.get(i) * g.get(i));
      double root = Math.sqrt(s.get(i) / correction2);
      theta.set(i, theta.get(i) - rate * (m.get(i) / correction1) / (root + epsilon));
    }
  }

  @Override
  public void rmsProp(
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
      Decay decay) {
    for (int i = 0; i < n; i++) {
      double gradient = g.get(i) + decay.at(i) * theta.get(i);
      square.set(i, alpha * square.get(i) + (1 - alpha) * gradient * gradient);
      double spread = square.get(i);
      if (mean != null) {
        mean.set(i, alpha * mean.get(i) + (1 - alpha) * gradient);
        spread = Math.max(square.get(i) - mean.get(i) * mean.get(i), 0);
      }
      double step = gradient / (Math.sqrt(spread) + epsilon);
      if (velocity != null) {
        velocity.set(i, momentum * velocity.get(i) + step);
        step = velocity.get(i);
      }
      theta.set(i, theta.get(i) - rate * step);
    }
  }

  @Override
  public void adagrad(
      Buffer theta, Buffer g, Buffer sum, int n, double rate, double epsilon, Decay decay) {
    for (int i = 0; i < n; i++) {
      double gradient = g.get(i) + decay.at(i) * theta.get(i);
      sum.set(i, sum.get(i) + gradient * gradient);
      theta.set(i, theta.get(i) - rate * gradient / (Math.sqrt(sum.get(i)) + epsilon));
    }
  }

  @Override
  public void clip(Buffer g, int n, double limit) {
    for (int i = 0; i < n; i++) {
      g.set(i, Math.min(Math.max(g.get(i), -limit), limit));
    }
  }
}
