package ijen.kernel;

import static ijen.kernel.Check.ROUNDING;

import ijen.kernel.KernelCases.Case;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/// One generated call of every method of [UpdateKernels], as [KernelCases] has them of [Kernels].
final class UpdateCases {
  private UpdateCases() {}

  static Map<String, Case> all() {
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put("sgd", UpdateCases::sgd);
    cases.put("momentum", UpdateCases::momentum);
    cases.put("adam", UpdateCases::adam);
    cases.put("adamW", UpdateCases::adamW);
    cases.put("amsgrad", UpdateCases::amsgrad);
    cases.put("adamOfTwo", UpdateCases::adamOfTwo);
    cases.put("rmsProp", UpdateCases::rmsProp);
    cases.put("adagrad", UpdateCases::adagrad);
    cases.put("clip", UpdateCases::clip);
    return cases;
  }

  /// None, or some in up to five ranges, which may end before the last number or after it.
  private static Decay decay(Draw d, int n) {
    int ranges = d.whole(0, 5);
    int[] ends = new int[ranges];
    double[] factors = new double[ranges];
    for (int i = 0, end = 0; i < ranges; i++) {
      end += d.whole(1, 2 + n / 3);
      ends[i] = end;
      factors[i] = d.coin() ? 0 : d.number(0, 0.1);
    }
    return Decay.of(ends, factors);
  }

  private static void sgd(Kernels k, Draw d, Check c) {
    int n = d.length();
    Buffer theta = d.normal(n);
    Buffer g = d.normal(n);
    double rate = d.number(0, 1) / 3;
    Decay decay = decay(d, n);
    d.call(() -> k.updates().sgd(theta, g, n, rate, decay));
    c.out("theta", theta, 1, slack(n, i -> 32 * ROUNDING));
    c.out("g", g, 0);
  }

  private static void momentum(Kernels k, Draw d, Check c) {
    int n = d.length();
    Buffer theta = d.normal(n);
    Buffer g = d.normal(n);
    Buffer v = d.normal(n);
    double rate = d.number(0, 1) / 3;
    double momentum = d.number(0, 1);
    boolean nesterov = d.coin();
    Decay decay = decay(d, n);
    d.call(() -> k.updates().momentum(theta, g, v, n, rate, momentum, nesterov, decay));
    c.out("theta", theta, 1, slack(n, i -> 64 * ROUNDING));
    c.out("v", v, 1, slack(n, i -> 32 * ROUNDING));
    c.out("g", g, 0);
  }

  /// The arguments of Adam and its kin.
  private static final class Moments {
    final int n;
    final Buffer theta;
    final Buffer g;
    final Buffer m;
    final Buffer v;
    final Buffer other;
    final double rate;
    final double correction1;
    final double correction2;
    final Decay decay;

    Moments(Draw d) {
      n = d.length();
      theta = d.normal(n, 0.01); // small beside the step, which would hide in it otherwise
      g = d.normal(n);
      m = d.normal(n);
      v = d.uniform(n, 0.01, 2);
      other = d.uniform(n, 0.01, 2);
      int step = d.whole(1, 1000);
      rate = d.number(0.1, 1);
      correction1 = 1 - Math.pow(0.9, step);
      correction2 = 1 - Math.pow(0.999, step);
      decay = decay(d, n);
    }

    /// Of θ: 12 roundings of the step, from the sizes of its terms, and of θ.
    double[] slack() {
      return UpdateCases.slack(
          n,
          i -> {
            double size =
                0.9 * Math.abs(m.get(i)) + 0.1 * Math.max(Math.abs(g.get(i)), other.get(i));
            double root = Math.sqrt(0.999 * v.get(i) / correction2);
            return 12 * ROUNDING * (rate / correction1 * size / root + Math.abs(theta.get(i)));
          });
    }

    void check(Check c, double[] slack) {
      c.out("theta", theta, 1, slack);
      c.out("m", m, 1, UpdateCases.slack(n, i -> 16 * ROUNDING));
      c.out("v", v, 4);
      c.out("other", other, 4);
      c.out("g", g, 0);
    }
  }

  private static void adam(Kernels k, Draw d, Check c) {
    Moments a = new Moments(d);
    double[] slack = a.slack();
    d.call(() ->
        k.updates()
            .adam(
                a.theta,
                a.g,
                a.m,
                a.v,
                a.n,
                a.rate,
                0.9,
                0.999,
                1e-8,
                a.correction1,
                a.correction2,
                a.decay));
    a.check(c, slack);
  }

  private static void adamW(Kernels k, Draw d, Check c) {
    Moments a = new Moments(d);
    double[] slack = a.slack();
    d.call(() ->
        k.updates()
            .adamW(
                a.theta,
                a.g,
                a.m,
                a.v,
                a.n,
                a.rate,
                0.9,
                0.999,
                1e-8,
                a.correction1,
                a.correction2,
                a.decay));
    a.check(c, slack);
  }

  private static void amsgrad(Kernels k, Draw d, Check c) {
    Moments a = new Moments(d);
    double[] slack = a.slack();
    d.call(() ->
        k.updates()
            .amsgrad(
                a.theta,
                a.g,
                a.m,
                a.v,
                a.other,
                a.n,
                a.rate,
                0.9,
                0.999,
                1e-8,
                a.correction1,
                a.correction2,
                a.decay));
    a.check(c, slack);
  }

  private static void adamOfTwo(Kernels k, Draw d, Check c) {
    Moments a = new Moments(d);
    double[] slack = a.slack();
    d.call(() ->
        k.updates()
            .adamOfTwo(
                a.theta,
                a.other,
                a.g,
                a.m,
                a.v,
                a.n,
                a.rate,
                0.9,
                0.999,
                1e-8,
                a.correction1,
                a.correction2));
    a.check(c, slack);
  }

  private static void rmsProp(Kernels k, Draw d, Check c) {
    int n = d.length();
    Buffer theta = d.normal(n, 0.01);
    Buffer g = d.normal(n);
    Buffer square = d.uniform(n, 1, 2); // well above mean², so that little cancels
    Buffer mean = d.uniform(n, -0.5, 0.5);
    Buffer velocity = d.normal(n);
    boolean centred = d.coin();
    boolean moving = d.coin();
    double rate = d.number(0.1, 1);
    double momentum = d.number(0, 1);
    Decay decay = decay(d, n);
    double[] slack =
        slack(
            n,
            i -> {
              double size = 2 * Math.abs(g.get(i)) + Math.abs(velocity.get(i));
              return 16 * ROUNDING * (size + Math.abs(theta.get(i)));
            });
    d.call(() ->
        k.updates()
            .rmsProp(
                theta,
                g,
                square,
                centred ? mean : null,
                moving ? velocity : null,
                n,
                rate,
                0.99,
                1e-8,
                momentum,
                decay));
    c.out("theta", theta, 1, slack);
    c.out("square", square, 4);
    c.out("mean", mean, 1, slack(n, i -> 4 * ROUNDING));
    c.out("velocity", velocity, 1, slack);
    c.out("g", g, 0);
  }

  private static void adagrad(Kernels k, Draw d, Check c) {
    int n = d.length();
    Buffer theta = d.normal(n, 0.01);
    Buffer g = d.normal(n);
    Buffer sum = d.uniform(n, 0.01, 2);
    double rate = d.number(0.1, 1);
    Decay decay = decay(d, n);
    double[] slack =
        slack(
            n,
            i -> {
              double step = Math.abs(g.get(i)) / Math.sqrt(sum.get(i));
              return 12 * ROUNDING * (step + Math.abs(theta.get(i)));
            });
    d.call(() -> k.updates().adagrad(theta, g, sum, n, rate, 1e-8, decay));
    c.out("theta", theta, 1, slack);
    c.out("sum", sum, 4);
    c.out("g", g, 0);
  }

  private static void clip(Kernels k, Draw d, Check c) {
    int n = d.length();
    Buffer g = d.coin() ? d.normal(n) : d.extreme(n);
    d.call(() -> k.updates().clip(g, n, 0.5));
    c.out("g", g, 0);
  }

  private static double[] slack(int n, IntToDoubleFunction of) {
    double[] slack = new double[n];
    Arrays.setAll(slack, of);
    return slack;
  }
}
