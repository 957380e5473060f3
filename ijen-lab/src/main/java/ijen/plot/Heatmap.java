package ijen.plot;

import java.util.ArrayList;
import java.util.List;

/// A table whose cells are shaded by their values, such as a confusion matrix.
///
/// Every cell may carry a number and a smaller line below it; where cells become too small for text
/// they keep their shade and their hint. Blue shades stand for what is right, rust ones for what is
/// wrong.
///
/// **Shapes:** cells `[rows, columns]`.
public record Heatmap(
    String title,
    String description,
    String rowTitle,
    String columnTitle,
    List<String> rows,
    List<String> columns,
    List<List<Cell>> cells,
    double width)
    implements Figure {
  public Heatmap {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    cells = cells.stream().map(List::copyOf).toList();
    if (cells.size() != rows.size() || rows.isEmpty() || columns.isEmpty()) {
      throw new IllegalArgumentException(
          "heat map '%s': expected one row of cells for each of %s names, got %s"
              .formatted(title, rows.size(), cells.size()));
    }
    for (int i = 0; i < cells.size(); i++) {
      if (cells.get(i).size() != columns.size()) {
        throw new IllegalArgumentException(
            "heat map '%s': row '%s' has %s cells, expected %s"
                .formatted(title, rows.get(i), cells.get(i).size(), columns.size()));
      }
    }
    if (!(width >= 200)) {
      throw new IllegalArgumentException(
          "heat map '%s': expected a width of at least 200 pixels, got %s".formatted(title, width));
    }
  }

  /// One cell: how deep its shade is (**range** 0–1), whether it stands for something right, its
  /// text, the smaller line below, and what is shown under the pointer.
  public record Cell(double level, boolean right, String text, String detail, String hint) {
    public Cell {
      if (!(level >= 0 && level <= 1)) {
        throw new IllegalArgumentException(
            "cell '" + text + "': expected a level of 0–1, got " + level);
      }
    }
  }

  /// The confusion matrix of a classifier.
  ///
  /// Each cell shows how many examples of the row's class were taken for the column's, and their
  /// share of the row. The shade grows with the square root of the share, or rare mistakes could
  /// not be seen.
  ///
  /// **Shapes:** counts `[truth, predicted]`, square, one row a class.
  public static Heatmap confusion(String title, long[][] counts, List<String> classes) {
    List<List<Cell>> cells = new ArrayList<>();
    long all = 0;
    long right = 0;
    for (int truth = 0; truth < counts.length; truth++) {
      long total = 0;
      for (long count : counts[truth]) {
        if (count < 0) {
          throw new IllegalArgumentException(
              "confusion matrix '%s': row '%s' holds a negative count, %s"
                  .formatted(title, classes.get(truth), count));
        }
        total += count;
      }
      List<Cell> row = new ArrayList<>();
      for (int predicted = 0; predicted < counts[truth].length; predicted++) {
        long count = counts[truth][predicted];
        double share = total == 0 ? 0 : (double) count / total;
        String percent = percent(share);
        row.add(
            new Cell(
                StrictMath.sqrt(share),
                truth == predicted,
                count == 0 ? "" : Digits.count(count),
                count == 0 ? "" : percent,
                "%s, predicted %s: %s (%s)"
                    .formatted(
                        classes.get(truth), classes.get(predicted), Digits.count(count), percent)));
        right += truth == predicted ? count : 0;
      }
      all += total;
      cells.add(row);
    }
    String description =
        "Confusion matrix of %s classes, true classes in rows, predicted ones in columns: %s of %s right."
            .formatted(classes.size(), Digits.count(right), Digits.count(all));
    return new Heatmap(
        title, description, "true class", "predicted class", classes, classes, cells, 720);
  }

  public Heatmap withWidth(double width) {
    return new Heatmap(title, description, rowTitle, columnTitle, rows, columns, cells, width);
  }

  public Heatmap withDescription(String description) {
    return new Heatmap(title, description, rowTitle, columnTitle, rows, columns, cells, width);
  }

  @Override
  public Drawing draw() {
    return new HeatmapLayout(this).draw();
  }

  private static String percent(double share) {
    return share > 0 && share < 0.001 ? "<0.1%" : Digits.fixed(100 * share, 1) + "%";
  }
}
