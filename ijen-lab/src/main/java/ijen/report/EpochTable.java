package ijen.report;

import ijen.metric.Score;
import ijen.plot.Digits;
import ijen.report.Html.Column;
import ijen.run.EpochRow;
import java.util.ArrayList;
import java.util.List;

/// The numbers behind the curves: a row an epoch, a column a measure.
final class EpochTable {
  private EpochTable() {}

  static void write(List<EpochRow> epochs, Html html) {
    List<String> splits = RunFigures.splits(epochs);
    boolean rates = epochs.stream().anyMatch(row -> row.learningRate() != null);
    List<Column> columns = new ArrayList<>();
    columns.add(Column.number("epoch"));
    for (String split : splits) {
      columns.add(Column.number(split + " loss"));
      if (hasAccuracy(epochs, split)) {
        columns.add(Column.number(split + " accuracy"));
      }
    }
    if (rates) {
      columns.add(Column.number("learning rate"));
    }
    columns.add(Column.number("seconds"));
    List<List<String>> rows = new ArrayList<>();
    for (EpochRow epoch : epochs) {
      List<String> row = new ArrayList<>();
      row.add(Digits.count(epoch.epoch()));
      for (String split : splits) {
        Score score = epoch.scores().get(split);
        row.add(score == null ? Settings.NONE : Digits.significant(score.loss(), 4));
        if (hasAccuracy(epochs, split)) {
          row.add(score == null ? Settings.NONE : ClassTable.share(score.accuracy()));
        }
      }
      if (rates) {
        Double rate = epoch.learningRate();
        row.add(rate == null ? Settings.NONE : Digits.brief(rate, 4));
      }
      row.add(Digits.significant(epoch.seconds(), 3));
      rows.add(row);
    }
    html.table("Scores after each epoch", columns, rows, 0);
  }

  private static boolean hasAccuracy(List<EpochRow> epochs, String split) {
    return epochs.stream()
        .map(row -> row.scores().get(split))
        .anyMatch(score -> score != null && !Double.isNaN(score.accuracy()));
  }
}
