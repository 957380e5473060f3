package ijen.kernel;

import static ijen.kernel.Check.ROUNDING;
import static ijen.kernel.KernelCases.slack;

import ijen.kernel.KernelCases.Case;
import java.util.LinkedHashMap;
import java.util.Map;

/// The part of [KernelCases] that is about [LossKernels].
final class LossCases {
  private LossCases() {}

  static Map<String, Case> all() {
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put("crossEntropy", LossCases::crossEntropy);
    cases.put("crossEntropyOfDistribution", LossCases::crossEntropyOfDistribution);
    cases.put("binaryCrossEntropyOfLogits", LossCases::binaryCrossEntropyOfLogits);
    cases.put("binaryCrossEntropy", LossCases::binaryCrossEntropy);
    cases.put("halfLogistic", LossCases::halfLogistic);
    cases.put("absoluteError", LossCases::absoluteError);
    cases.put("huber", LossCases::huber);
    return cases;
  }

  private static double smoothing(Draw d) {
    return d.coin() ? 0 : d.number(0, 0.5);
  }

  private static double logitSlack(int classes, double deviation) {
    return (8 + classes / 8 + 10 * deviation) * ROUNDING;
  }

  private static void crossEntropy(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    int classes = Math.max(1, shape[1]);
    int n = shape[0] * classes;
    double deviation = d.coin() ? 1 : 50;
    Buffer logits = d.normal(n, deviation);
    Buffer labels = d.labels(shape[0], classes);
    double smoothing = smoothing(d);
    Buffer delta = d.junk(n);
    Buffer loss = d.junk(shape[0]);
    d.call(
        () -> k.losses().crossEntropy(logits, labels, smoothing, delta, loss, shape[0], classes));
    double slack = logitSlack(classes, deviation);
    c.out("delta", delta, 2, slack(n, i -> slack));
    // Smoothed, it is a sum over all logits.
    double more = smoothing == 0 ? 0 : (8 + classes / 8) * ROUNDING * 12 * deviation;
    c.out("loss", loss, 2, slack(shape[0], i -> slack + more));
  }

  private static void crossEntropyOfDistribution(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    int classes = shape[1];
    int n = shape[0] * classes;
    double deviation = d.coin() ? 1 : 50;
    Buffer logits = d.normal(n, deviation);
    Buffer q = d.uniform(n, 0, 2.0 / Math.max(1, classes));
    double smoothing = smoothing(d);
    Buffer delta = d.junk(n);
    Buffer logProbability = d.junk(n);
    Buffer loss = d.junk(shape[0]);
    d.call(() ->
        k.losses()
            .crossEntropyOfDistribution(
                logits, q, smoothing, delta, logProbability, loss, shape[0], classes));
    double slack = 2 * logitSlack(classes, deviation);
    c.out("delta", delta, 2, slack(n, i -> slack));
    c.out("logProbability", logProbability, 2, slack(n, i -> slack));
    c.out(
        "loss",
        loss,
        2,
        slack(shape[0], i -> 2 * slack + (8 + classes / 8) * ROUNDING * 12 * deviation));
  }

  private static void binaryCrossEntropyOfLogits(Kernels k, Draw d, Check c) {
    int n = d.length();
    Buffer z = d.normal(n, d.coin() ? 2 : 40);
    Buffer y = d.targets(n);
    Buffer delta = d.junk(n);
    Buffer loss = d.junk(n);
    d.call(() -> k.losses().binaryCrossEntropyOfLogits(z, y, delta, loss, n));
    c.out("delta", delta, 1, slack(n, i -> 4 * ROUNDING));
    // For targets of 0 and 1 nothing cancels: a loss of 1e-9 is as exact as one of 1.
    c.out(
        "loss",
        loss,
        6,
        slack(n, i -> y.get(i) == 0 || y.get(i) == 1 ? 0 : 4 * ROUNDING * Math.abs(z.get(i))));
  }

  private static void binaryCrossEntropy(Kernels k, Draw d, Check c) {
    int n = d.length();
    Buffer p = d.uniform(n, 0, 1);
    for (int i = 0; i < n; i += 7) {
      p.set(i, i % 2); // certainty, right or wrong
    }
    Buffer y = d.targets(n);
    Buffer delta = d.junk(n);
    Buffer gamma = d.junk(n);
    Buffer loss = d.junk(n);
    d.call(() -> k.losses().binaryCrossEntropy(p, y, delta, gamma, loss, n));
    double[] deltaSlack = slack(n, i -> 8 * ROUNDING / Math.max(p.get(i) * (1 - p.get(i)), 1e-12));
    c.out("delta", delta, 2, deltaSlack);
    c.out("gamma", gamma, 2, slack(n, i -> 4 * ROUNDING));
    c.out("loss", loss, 6);
  }

  private static void halfLogistic(Kernels k, Draw d, Check c) {
    int n = d.length();
    Buffer z = d.normal(n, d.coin() ? 2 : 40);
    Buffer y = d.targets(n);
    Buffer delta = d.junk(n);
    Buffer gamma = d.junk(n);
    Buffer loss = d.junk(n);
    d.call(() -> k.losses().halfLogistic(z, y, delta, gamma, loss, n));
    double[] slack = slack(n, i -> 4 * ROUNDING * (1 + Math.abs(z.get(i))));
    c.out("delta", delta, 1, slack(n, i -> 6 * ROUNDING));
    c.out("gamma", gamma, 2, slack);
    c.out("loss", loss, 2, slack);
  }

  private static void absoluteError(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    int columns = Math.max(1, shape[1]);
    int n = shape[0] * columns;
    Buffer a = d.normal(n);
    Buffer b = d.normal(n);
    for (int i = 0; i < n; i += 3) {
      a.set(i, b.get(i));
    }
    Buffer delta = d.junk(n);
    Buffer loss = d.junk(shape[0]);
    d.call(() -> k.losses().absoluteError(a, b, delta, loss, shape[0], columns));
    c.out("delta", delta, 0);
    c.out("loss", loss, 4, slack(shape[0], i -> (8 + columns / 8) * ROUNDING));
  }

  private static void huber(Kernels k, Draw d, Check c) {
    int[] shape = d.shape();
    int columns = Math.max(1, shape[1]);
    int n = shape[0] * columns;
    Buffer a = d.normal(n, 2);
    Buffer b = d.normal(n, 2);
    Buffer delta = d.junk(n);
    Buffer loss = d.junk(shape[0]);
    double threshold = d.number(0.1, 3);
    d.call(() -> k.losses().huber(a, b, threshold, delta, loss, shape[0], columns));
    c.out("delta", delta, 1, slack(n, i -> 8 * ROUNDING));
    c.out("loss", loss, 4, slack(shape[0], i -> (32 + columns / 4) * ROUNDING));
  }
}
