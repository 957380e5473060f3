package ijen.plot;

import java.util.List;

/// Lines over a common axis: losses and accuracies over epochs, several runs beside each other.
///
/// Each line carries its name and last value at its end; where there are too many for that, a
/// legend stands above the plot. Lines differ in colour, dash and sign; bands lie behind them, and
/// `note` may say what they stand for. What has no place on an axis is marked where it begins and
/// said above the plot.
///
/// **Units:** width and height in pixels of 1/96 inch.
public record LineChart(
    String title,
    String description,
    Axis x,
    Axis y,
    List<Series> series,
    String note,
    double width,
    double height)
    implements Figure {
  public LineChart {
    series = List.copyOf(series);
    if (!(width >= 200 && height >= 150)) {
      throw new IllegalArgumentException(
          "chart '%s': expected at least 200 × 150 pixels, got %s × %s"
              .formatted(title, width, height));
    }
  }

  /// A chart of the usual size, described by its numbers.
  public static LineChart of(String title, Axis x, Axis y, List<Series> series) {
    return new LineChart(title, describe(x, y, series), x, y, series, "", 480, 320);
  }

  public LineChart withSize(double width, double height) {
    return new LineChart(title, description, x, y, series, note, width, height);
  }

  /// This chart with your own words for those who cannot see it.
  public LineChart withDescription(String description) {
    return new LineChart(title, description, x, y, series, note, width, height);
  }

  /// This chart with a line about what is drawn, such as `mean ± sd of 5 seeds`.
  public LineChart withNote(String note) {
    return new LineChart(title, description, x, y, series, note, width, height);
  }

  @Override
  public Drawing draw() {
    return new LineChartLayout(this).draw();
  }

  private static String describe(Axis x, Axis y, List<Series> series) {
    StringBuilder text = new StringBuilder();
    text.append("Line chart of ").append(y.title()).append(" over ").append(x.title()).append('.');
    for (Series line : series) {
      List<Point> points = line.points();
      text.append(' ').append(line.name()).append(": ");
      if (points.isEmpty()) {
        text.append("no points.");
        continue;
      }
      long drawn = points.stream().filter(p -> y.takes(p.y())).count();
      text.append(Digits.count(points.size()))
          .append(points.size() == 1 ? " point, " : " points, ");
      if (points.size() > 1) {
        text.append("from ").append(Digits.significant(points.getFirst().y(), 4)).append(" to ");
      }
      text.append(Digits.significant(points.getLast().y(), 4));
      if (drawn < points.size()) {
        double first = points.stream().filter(p -> !y.takes(p.y())).findFirst().orElseThrow().x();
        text.append("; ").append(Digits.count(points.size() - drawn)).append(" cannot be drawn");
        text.append(", from ").append(Digits.brief(first, 4)).append(" on");
      }
      text.append('.');
    }
    return text.toString();
  }
}
