package ijen.store;

import ijen.metric.Score;
import ijen.run.EpochRow;
import ijen.run.StepRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One number that was measured in a run.
///
/// @param step how many steps had been taken
/// @param epoch how many epochs had been done, if it was measured at the end of one, otherwise 0
/// @param part of which part of the data: `train`, `validation`, `test`; empty if of none
/// @param name what: `loss`, `accuracy`; without a part `learning-rate`, `seconds`
/// @param value the number; NaN if it was none
public record MetricEntry(long step, int epoch, String part, String name, double value) {
  /// What an epoch measured.
  public static List<MetricEntry> of(EpochRow row) {
    List<MetricEntry> entries = scores(row.step(), row.epoch(), row.scores());
    if (row.learningRate() != null) {
      entries.add(
          new MetricEntry(row.step(), row.epoch(), "", "learning-rate", row.learningRate()));
    }
    entries.add(new MetricEntry(row.step(), row.epoch(), "", "seconds", row.seconds()));
    return entries;
  }

  /// What was measured in the middle of an epoch.
  public static List<MetricEntry> of(StepRow row) {
    return scores(row.step(), 0, row.scores());
  }

  private static List<MetricEntry> scores(long step, int epoch, Map<String, Score> scores) {
    List<MetricEntry> entries = new ArrayList<>();
    scores.forEach((part, score) -> {
      entries.add(new MetricEntry(step, epoch, part, "loss", score.loss()));
      if (!Double.isNaN(score.accuracy())) {
        entries.add(new MetricEntry(step, epoch, part, "accuracy", score.accuracy()));
      }
    });
    return entries;
  }

  /// What it is called in conditions and tables: `test.accuracy`.
  public String key() {
    return part.isEmpty() ? name : part + "." + name;
  }
}
