package ijen.recipe;

import ijen.data.Dataset;
import ijen.kernel.Buffer;
import ijen.loss.Loss;
import ijen.loss.Losses;
import ijen.metric.Confusion;
import ijen.metric.Evaluator;
import ijen.metric.Score;
import ijen.model.Model;
import ijen.nn.Network;
import ijen.plot.Picture;
import ijen.run.EpochRow;
import ijen.run.LayerRow;
import ijen.run.Mistake;
import ijen.run.RunResult;
import ijen.run.RunStatus;
import ijen.train.TrainResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;

/// Writes up how a training ended.
final class Ending {
  /// How many mistakes are kept.
  private static final int MOST_MISTAKES = 40;

  private Ending() {}

  static RunResult of(Experiment experiment, TrainResult result, List<EpochRow> epochs, String id) {
    RunResult record =
        result.stopped()
            ? RunResult.of(RunStatus.INTERRUPTED)
                .withMessage("stopped; './ijen train --resume " + id + "' goes on")
            : RunResult.of(RunStatus.FINISHED).withMessage(endless(experiment, result, epochs));
    record =
        record
            .withScore(RunResult.TEST, result.score())
            .withNetwork(layers(result.model().network()), result.model().theta().sha256());
    if (!epochs.isEmpty()) {
      for (Map.Entry<String, Score> last : epochs.getLast().scores().entrySet()) {
        if (!last.getKey().equals(RunResult.TEST)) {
          record = record.withScore(last.getKey(), last.getValue());
        }
      }
    }
    if (result.progress().bestEpoch() > 0) {
      record = record.withBestEpoch(result.progress().bestEpoch());
    }
    Confusion confusion = result.test().confusion();
    if (confusion != null) {
      List<Mistake> mistakes =
          mistakes(result.model(), experiment.test(), experiment.training().settings().threads());
      record = record.withConfusion(experiment.test().classes(), confusion, mistakes);
    }
    return record;
  }

  /// What is to be said of a loss that falls without end; nothing of others.
  private static String endless(Experiment experiment, TrainResult result, List<EpochRow> epochs) {
    Loss loss = experiment.config().loss();
    if (loss.leastValue() > Double.NEGATIVE_INFINITY || epochs.isEmpty()) {
      return "";
    }
    Loss reported = experiment.config().reportedLoss();
    boolean hidden = !reported.equals(loss);
    Score train = epochs.getLast().scores().get(RunResult.TRAIN);
    double last = hidden ? result.progress().lastLoss() : train == null ? 0 : train.loss();
    if (!(last < 0)) {
      return "";
    }
    return String.format(
            Locale.ROOT,
            hidden ? "the loss trained by is %.4g in the last batch" : "the loss is %.4g",
            last)
        + " and falls on without end: %s has no least value, so that a lower loss is no better network; %s has one"
            .formatted(loss.name(), Losses.binaryCrossEntropy().name())
        + (hidden ? "; what is measured, " + reported.name() + ", does not show it" : "");
  }

  private static List<LayerRow> layers(Network network) {
    List<LayerRow> rows = new ArrayList<>();
    List<Network.Row> traced = network.rows();
    for (int i = 0; i < traced.size(); i++) {
      Network.Row row = traced.get(i);
      List<Long> shape =
          Arrays.stream(row.output().shape().dimensions()).mapToObj(Long::valueOf).toList();
      String kind = network.layers().get(i).kind();
      rows.add(new LayerRow(row.name(), kind, shape, row.parameters(), row.statistics()));
    }
    return rows;
  }

  /// The images with the highest loss among those that were decided wrong, the worst first.
  private static List<Mistake> mistakes(Model model, Dataset test, int threads) {
    int[] size = test.features().dimensions();
    if (!test.hasImages() || size.length != 2) {
      return List.of();
    }
    Worst worst = new Worst(test, model.network().output().size());
    model.evaluate(test, threads, worst);
    return worst.mistakes(size[0], size[1]);
  }

  /// Keeps the worst while they pass by.
  private static final class Worst implements Evaluator.Listener {
    private record Found(int index, double loss, int decision, double probability) {}

    private static final Comparator<Found> MILDEST_FIRST =
        Comparator.comparingDouble(Found::loss)
            .thenComparing(Comparator.comparingInt(Found::index).reversed());

    private final Dataset test;
    private final int outputs;
    private final PriorityQueue<Found> found = new PriorityQueue<>(MILDEST_FIRST);

    Worst(Dataset test, int outputs) {
      this.test = test;
      this.outputs = outputs;
    }

    @Override
    public void sample(int index, double loss, int decision, Buffer predictions, int row) {
      if (decision < 0 || decision == test.label(index)) {
        return;
      }
      found.add(new Found(index, loss, decision, probability(decision, predictions, row)));
      if (found.size() > MOST_MISTAKES) {
        found.remove();
      }
    }

    private double probability(int decision, Buffer predictions, int row) {
      double value = predictions.get(row * outputs + (outputs == 1 ? 0 : decision));
      return outputs == 1 && decision == 0
          ? 1 - value
          : value; // a single output speaks for class 1
    }

    List<Mistake> mistakes(int height, int width) {
      return found.stream()
          .sorted(MILDEST_FIRST.reversed())
          .map(one ->
              new Mistake(
                  one.index,
                  test.label(one.index),
                  one.decision,
                  one.probability,
                  Picture.grey(test.image(one.index), height, width)))
          .toList();
    }
  }
}
