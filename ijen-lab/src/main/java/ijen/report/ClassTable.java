package ijen.report;

import ijen.metric.Confusion;
import ijen.plot.Digits;
import ijen.report.Html.Column;
import java.util.ArrayList;
import java.util.List;

/// Precision, recall and F1 of each class, and their means.
final class ClassTable {
  private ClassTable() {}

  /// A class without a measure, such as the precision of one that was never predicted, does not
  /// count in that measure's mean.
  static void write(List<String> names, Confusion confusion, Html html) {
    List<Column> columns =
        List.of(
            Column.text("class"),
            Column.number("examples"),
            Column.number("precision"),
            Column.number("recall"),
            Column.number("F1"),
            Column.text("most often taken for"));
    List<List<String>> rows = new ArrayList<>();
    double[] sums = new double[3];
    int[] counted = new int[3];
    for (int i = 0; i < names.size(); i++) {
      double[] measures = {confusion.precision(i), confusion.recall(i), confusion.f1(i)};
      for (int k = 0; k < 3; k++) {
        if (!Double.isNaN(measures[k])) {
          sums[k] += measures[k];
          counted[k]++;
        }
      }
      rows.add(
          List.of(
              names.get(i),
              Digits.count(support(confusion, i)),
              share(measures[0]),
              share(measures[1]),
              share(measures[2]),
              mostTakenFor(names, confusion, i)));
    }
    rows.add(
        List.of(
            "mean of the classes",
            Digits.count(confusion.total()),
            share(sums[0] / counted[0]),
            share(sums[1] / counted[1]),
            share(sums[2] / counted[2]),
            ""));
    html.table("Precision, recall and F1 of each class", columns, rows, 1);
  }

  private static long support(Confusion confusion, int truth) {
    long sum = 0;
    for (int i = 0; i < confusion.classes(); i++) {
      sum += confusion.count(truth, i);
    }
    return sum;
  }

  private static String mostTakenFor(List<String> names, Confusion confusion, int truth) {
    int most = -1;
    for (int i = 0; i < names.size(); i++) {
      boolean more = most < 0 || confusion.count(truth, i) > confusion.count(truth, most);
      most = i != truth && more ? i : most;
    }
    long count = most < 0 ? 0 : confusion.count(truth, most);
    return count == 0 ? Settings.NONE : names.get(most) + " (" + Digits.count(count) + ")";
  }

  /// A share of 0–1, or a dash where there is none.
  static String share(double value) {
    return Double.isNaN(value) ? Settings.NONE : Digits.fixed(value, 4);
  }
}
