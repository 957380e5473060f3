package ijen.cli;

import ijen.metric.Score;
import ijen.recipe.Experiment;
import ijen.train.EpochReport;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A table that grows by a row with each epoch; at most 79 characters wide.
final class EpochTable {
  private static final String PART = "  %6s  %8s";

  private final Terminal terminal;
  private final boolean validation;
  private final boolean test;

  EpochTable(Terminal terminal, Experiment experiment) {
    this.terminal = terminal;
    this.validation = experiment.validation() != null;
    this.test = experiment.config().watchTest();
  }

  void heads() {
    StringBuilder above = new StringBuilder(" ".repeat(5)).append(over("training"));
    StringBuilder heads =
        new StringBuilder("epoch").append(String.format(Locale.ROOT, PART, "loss", "accuracy"));
    if (validation) {
      above.append(over("validation"));
      heads.append(String.format(Locale.ROOT, PART, "loss", "accuracy"));
    }
    if (test) {
      above.append(over("test"));
      heads.append(String.format(Locale.ROOT, PART, "loss", "accuracy"));
    }
    terminal.say(terminal.bold(above.toString().stripTrailing()));
    terminal.say(terminal.bold(heads.append("  samples/s  seconds").toString()));
  }

  void row(EpochReport report, double samplesPerSecond) {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%5d", report.epoch()));
    row.append(score(report.training()));
    row.append(validation ? score(report.validation()) : "");
    row.append(test ? score(report.test()) : "");
    row.append(String.format(Locale.ROOT, "  %,9.0f  %7.1f", samplesPerSecond, report.seconds()));
    terminal.say(row.toString());
  }

  private static String over(String part) {
    return String.format(Locale.ROOT, "  %16s", part);
  }

  private static String score(@Nullable Score score) {
    return score == null
        ? String.format(Locale.ROOT, PART, "", "")
        : String.format(
            Locale.ROOT,
            PART,
            loss(score.loss()),
            Double.isNaN(score.accuracy())
                ? ""
                : String.format(Locale.ROOT, "%.4f", score.accuracy()));
  }

  /// In six characters.
  private static String loss(double loss) {
    return loss < 10
        ? String.format(Locale.ROOT, "%.4f", loss)
        : loss < 10_000
            ? String.format(Locale.ROOT, "%.1f", loss)
            : String.format(Locale.ROOT, "%.0e", loss);
  }
}
