package ijen.check;

import ijen.check.SanityReport.Finding;
import ijen.check.SanityReport.Level;
import ijen.data.Dataset;
import ijen.graph.Batch;
import ijen.graph.GraphObjective;
import ijen.graph.Mode;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.loss.Loss;
import ijen.nn.Network;
import ijen.optim.Adam;
import ijen.optim.Optimizer;
import ijen.optim.OptimizerState;
import ijen.plot.Digits;
import java.util.ArrayList;
import java.util.List;

/// Lets a network learn a few samples by heart, by Adam at up to three rates: one that cannot will
/// not learn more.
final class ByHeart {
  private static final String CHECK = "learns by heart";
  private static final double[] RATES = {0.01, 0.001, 0.1};

  private final Kernels kernels;
  private final SanitySettings settings;
  private final int samples;
  private final GraphObjective objective;
  private final GraphObjective measure;
  private final Batch batch;
  private List<Double> curve = List.of();

  ByHeart(Network network, Loss loss, Dataset data, Kernels kernels, SanitySettings settings) {
    this.kernels = kernels;
    this.settings = settings;
    this.samples = Math.min(settings.tiny(), data.size());
    this.objective = objective(network, loss, data, Mode.TRAINING);
    this.measure = objective(network, loss, data, Mode.EVALUATION);
    this.batch = objective.newBatch();
    data.gather(Subject.drawn(data.size(), settings.seed()), 0, samples, batch);
    batch.begin(samples, 0);
  }

  private GraphObjective objective(Network network, Loss loss, Dataset data, Mode mode) {
    return Traced.of(network, loss, data.target(), samples, mode, settings.seed())
        .objective(kernels);
  }

  /// The loss before each step and after the last, of the best rate.
  List<Double> curve() {
    return curve;
  }

  Finding finding() {
    double best = Double.POSITIVE_INFINITY;
    for (double rate : RATES) {
      List<Double> attempt = learn(Adam.of(rate));
      double reached = attempt.stream().min(Double::compare).orElseThrow();
      if (reached < best || curve.isEmpty()) {
        best = reached;
        curve = attempt;
      }
      if (best < 0.05 * curve.getFirst()) {
        break;
      }
    }
    double start = curve.getFirst();
    String words =
        "%s samples: from %s to %s in %s steps of Adam"
            .formatted(
                samples,
                Digits.significant(start, 3),
                Digits.significant(best, 3),
                curve.size() - 1);
    if (best < 0.1 * start || best < 1e-3) {
      return new Finding(CHECK, Level.FINE, words);
    }
    if (best < 0.95 * start) {
      return new Finding(
          CHECK,
          Level.LOOK,
          words
              + ": not quite; is the network too small for it, are equal samples labelled"
              + " differently, or cannot the loss be 0?");
    }
    return new Finding(
        CHECK,
        Level.WRONG,
        words
            + ": it learns nothing; is the gradient right, do labels belong to their samples, is"
            + " the last layer one that the loss does not expect?");
  }

  /// Ends early when nearly all is learned, or when it diverges.
  private List<Double> learn(Optimizer adam) {
    Theta theta = objective.parameters().initialize(kernels.precision(), settings.seed());
    OptimizerState state = adam.state(objective.parameters(), kernels);
    List<Double> losses = new ArrayList<>();
    double start = measure.value(theta, batch);
    double now = start;
    losses.add(start);
    for (int step = 1; step <= settings.tinySteps() && !(now < 0.02 * start); step++) {
      batch.begin(samples, step);
      double before = adam.step(objective, theta, batch, state);
      objective.settle(theta);
      now = measure.value(theta, batch);
      if (!Double.isFinite(before) || !Double.isFinite(now)) {
        return losses;
      }
      losses.add(now);
    }
    return losses;
  }
}
