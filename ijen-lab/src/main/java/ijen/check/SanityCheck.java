package ijen.check;

import ijen.check.SanityReport.LayerFlow;
import ijen.check.SanityReport.Level;
import ijen.check.SanityReport.Update;
import ijen.data.Batches;
import ijen.data.Dataset;
import ijen.graph.Batch;
import ijen.graph.GraphObjective;
import ijen.graph.Mode;
import ijen.graph.Parameter;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import ijen.loss.Loss;
import ijen.nn.Network;
import ijen.optim.Optimizer;
import ijen.optim.OptimizerState;
import ijen.plot.Digits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at a network before it is trained for long, as an experienced eye would.
///
/// - **The initial loss** is about ln K for K classes: before it has learned, a network should know
///   nothing and be sure of nothing.
/// - **What flows through each layer**, values forward and gradients back: do they vanish or
///   explode, are units dead or saturated?
/// - **A trial** of some steps with the optimiser that is meant: how far does a step move each
///   tensor (‖Δθ‖/‖θ‖ about 10⁻³), does the loss fall, and where does the first NaN come from?
/// - **A tiny set by heart**: a network that cannot learn eight samples will not learn more.
///
/// Immutable: each method gives a changed copy.
public final class SanityCheck {
  private final Network network;
  private final Loss loss;
  private final Optimizer optimizer;
  private final SanitySettings settings;
  private final @Nullable Theta at;

  private SanityCheck(
      Network network,
      Loss loss,
      Optimizer optimizer,
      SanitySettings settings,
      @Nullable Theta at) {
    this.network = network;
    this.loss = loss;
    this.optimizer = optimizer;
    this.settings = settings;
    this.at = at;
  }

  /// A check of a network that is to be trained with that loss and optimiser.
  public static SanityCheck of(Network network, Loss loss, Optimizer optimizer) {
    return new SanityCheck(network, loss, optimizer, SanitySettings.defaults(), null);
  }

  /// The same with other settings.
  public SanityCheck with(SanitySettings settings) {
    return new SanityCheck(network, loss, optimizer, settings, at);
  }

  /// The same from `theta` on in place of the first values: of a network that has learned already.
  public SanityCheck at(Theta theta) {
    return new SanityCheck(network, loss, optimizer, settings, theta);
  }

  /// Does it, on samples of `data`.
  ///
  /// @throws IllegalArgumentException if data and network do not fit
  public SanityReport run(Dataset data) {
    try (Workers workers = Workers.of(1)) {
      return new Trial(data, Kernels.of(Precision.chosen(), workers)).report();
    }
  }

  /// One check in the making.
  private final class Trial {
    private final Dataset data;
    private final Kernels kernels;
    private final int rows;
    private final Traced traced;
    private final Theta theta;
    private final Batches batches;
    private final Batch batch;
    private final Findings findings = new Findings();
    private final List<LayerFlow> flows = new ArrayList<>();
    private final List<Update> updates = new ArrayList<>();
    private final List<Double> overfit = new ArrayList<>();
    private @Nullable NotFinite notFinite;

    Trial(Dataset data, Kernels kernels) {
      this.data = data;
      this.kernels = kernels;
      this.rows = Math.min(settings.samples(), data.size());
      this.traced = Traced.of(network, loss, data.target(), rows, Mode.TRAINING, settings.seed());
      this.theta = traced.graph().parameters().initialize(kernels.precision(), settings.seed());
      if (at != null) {
        theta.copyFrom(at);
      }
      this.batches = Batches.of(data, rows, true, settings.seed(), false);
      this.batch = traced.objective(kernels).newBatch();
    }

    SanityReport report() {
      batches.load(0, 0, 0, batch);
      double first = traced.objective(kernels).value(theta, batch);
      initialLoss(first);
      if (Double.isFinite(first)) {
        flow(false);
        trial(first);
        if (notFinite == null) {
          ByHeart learner = new ByHeart(network, loss, data, kernels, settings);
          findings.add(learner.finding());
          overfit.addAll(learner.curve());
        }
      }
      return new SanityReport(findings.list(), flows, updates, overfit, notFinite);
    }

    private void initialLoss(double first) {
      if (!Double.isFinite(first)) {
        notFinite = NotFinite.forward(traced, theta, batch, kernels);
        findings.add(
            "initial loss",
            Level.WRONG,
            Digits.significant(first, 4) + (notFinite == null ? "" : ": " + notFinite.words()));
        return;
      }
      InitialLoss.add(first, loss, data, at != null, findings);
    }

    private void flow(boolean trained) {
      List<LayerFlow> now = Flow.measure(traced, network, theta, batch, kernels, trained);
      flows.addAll(now);
      FlowFindings.add(now, trained, findings);
    }

    private void trial(double first) {
      if (settings.steps() == 0) {
        return;
      }
      GraphObjective objective = traced.objective(kernels);
      OptimizerState state = optimizer.state(objective.parameters(), kernels);
      Theta before = theta.copy(kernels.precision());
      double[] moved = new double[objective.parameters().count()];
      double last = first;
      for (int step = 0; step < settings.steps(); step++) {
        int inEpoch = step % batches.stepsPerEpoch();
        batches.load(step / batches.stepsPerEpoch(), inEpoch, step, batch);
        before.copyFrom(theta);
        last = optimizer.step(objective, theta, batch, state);
        objective.settle(theta);
        if (!Double.isFinite(last) || !isFinite(theta)) {
          notANumber(step, before, last);
          return;
        }
        for (Parameter parameter : objective.parameters()) {
          moved[parameter.index()] += ratio(before, theta, parameter) / settings.steps();
        }
      }
      batches.load(0, 0, 0, batch);
      double after = objective.value(theta, batch);
      String words =
          "from %s to %s in %s steps of %s"
              .formatted(
                  Digits.significant(first, 4),
                  Digits.significant(after, 4),
                  settings.steps(),
                  optimizer.name());
      if (after > 1.2 * first + 1e-3 && at == null) {
        findings.add(
            "trial", Level.LOOK, "the loss rises, " + words + ": is the learning rate too large?");
      } else {
        findings.add("trial", Level.FINE, "the loss goes " + words);
      }
      ratios(objective, moved);
      flow(true);
    }

    private void ratios(GraphObjective objective, double[] moved) {
      String slow = "";
      String fast = "";
      for (Parameter parameter : objective.parameters()) {
        double ratio = moved[parameter.index()];
        updates.add(new Update(parameter.name(), ratio));
        String word = parameter.name() + " (" + Digits.significant(ratio, 2) + ")";
        slow += ratio < 1e-6 ? (slow.isEmpty() ? "" : ", ") + word : "";
        fast += ratio > 0.1 ? (fast.isEmpty() ? "" : ", ") + word : "";
      }
      if (!fast.isEmpty()) {
        findings.add(
            "update/weight",
            Level.LOOK,
            "a step changes more than a tenth of "
                + fast
                + ", where about 0.001 is usual: a smaller learning rate?");
      } else if (!slow.isEmpty()) {
        findings.add(
            "update/weight",
            Level.LOOK,
            "a step hardly changes "
                + slow
                + ", where about 0.001 is usual: a larger learning rate,"
                + " or does no gradient reach it?");
      } else {
        double[] known =
            updates.stream().mapToDouble(Update::ratio).filter(Double::isFinite).sorted().toArray();
        if (known.length > 0) {
          findings.add(
              "update/weight",
              Level.FINE,
              "between %s and %s a step; about 0.001 is usual"
                  .formatted(
                      Digits.significant(known[0], 2),
                      Digits.significant(known[known.length - 1], 2)));
        }
      }
    }

    private static double ratio(Theta before, Theta after, Parameter parameter) {
      double moved = 0;
      double size = 0;
      for (int i = parameter.offset(); i < parameter.end(); i++) {
        double x = before.values().get(i);
        double step = after.values().get(i) - x;
        moved += step * step;
        size += x * x;
      }
      double length = Math.sqrt(size / parameter.size());
      return length < 1e-3 ? Double.NaN : Math.sqrt(moved / size); // a bias begins at 0
    }

    private static boolean isFinite(Theta theta) {
      for (int i = 0; i < theta.size(); i++) {
        if (!Double.isFinite(theta.values().get(i))) {
          return false;
        }
      }
      return true;
    }

    /// The step `step`, from 0, made something that is no number.
    private void notANumber(int step, Theta before, double loss) {
      NotFinite found = NotFinite.forward(traced, before, batch, kernels);
      if (found == null) {
        found = NotFinite.backward(traced, before, batch, kernels);
      }
      if (found == null) {
        found =
            new NotFinite(
                "θ",
                optimizer.name(),
                false,
                "loss and gradient are finite, the step of %s itself is not: the learning rate is far too large, or the step divides by 0"
                    .formatted(optimizer.name()));
      }
      notFinite = found;
      findings.add(
          "trial",
          Level.WRONG,
          "step %s (loss %s): %s%s"
              .formatted(
                  step + 1,
                  Digits.significant(loss, 4),
                  found.words(),
                  step == 0 ? "" : "; it was finite before: is the learning rate too large?"));
    }
  }
}
