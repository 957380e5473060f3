package ijen.kernel;

import org.jspecify.annotations.Nullable;

/// [UpdateKernels] in `float` by SIMD instructions: the front that splits the work of a call over
/// threads. What is computed stands in [FloatUpdates], [FloatAdam] and [FloatRmsProp].
final class VectorUpdates implements UpdateKernels {
  private final Split split;
  private final FloatUpdates.Sgd sgd = new FloatUpdates.Sgd();
  private final FloatUpdates.Momentum momentum = new FloatUpdates.Momentum();
  private final FloatAdam adam = new FloatAdam();
  private final FloatRmsProp rmsProp = new FloatRmsProp();
  private final FloatUpdates.Adagrad adagrad = new FloatUpdates.Adagrad();

  VectorUpdates(Split split) {
    this.split = split;
  }

  @Override
  public void sgd(Buffer theta, Buffer g, int n, double rate, Decay decay) {
    split.of(theta, g).elements(sgd.of(rate, decay), n);
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
    split.of(theta, g, v).elements(this.momentum.of(rate, momentum, nesterov, decay), n, 2);
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
    adam.of(FloatAdam.Form.ADAM, rate, beta1, beta2, epsilon, correction1, correction2, decay);
    split.of(theta, g, m, v).elements(adam, n, 3);
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
    adam.of(FloatAdam.Form.ADAMW, rate, beta1, beta2, epsilon, correction1, correction2, decay);
    split.of(theta, g, m, v).elements(adam, n, 3);
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
    adam.of(FloatAdam.Form.AMSGRAD, rate, beta1, beta2, epsilon, correction1, correction2, decay);
    split.of(theta, g, m, v, largest).elements(adam, n, 4);
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
    FloatAdam.Form form = FloatAdam.Form.OF_TWO;
    adam.of(form, rate, beta1, beta2, epsilon, correction1, correction2, Decay.none());
    split.of(theta, g, m, s, ahead).elements(adam, n, 4);
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
    rmsProp.of(mean != null, velocity != null, rate, alpha, epsilon, momentum, decay);
    Buffer d = mean != null ? mean : square; // not touched where there is none
    Buffer e = velocity != null ? velocity : square;
    split.of(theta, g, square, d, e).elements(rmsProp, n, 4);
  }

  @Override
  public void adagrad(
      Buffer theta, Buffer g, Buffer sum, int n, double rate, double epsilon, Decay decay) {
    split.of(theta, g, sum).elements(adagrad.of(rate, epsilon, decay), n, 3);
  }

  @Override
  public void clip(Buffer g, int n, double limit) {
    split.of(g, g).factor(limit).elements(CLIP, n);
  }

  private static final Split.Part CLIP =
      (s, scratch, from, to) -> FloatUpdates.clip(s.a, (float) s.factor, from, to);
}
