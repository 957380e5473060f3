package ijen.plot;

import ijen.plot.Mark.Anchor;
import ijen.plot.Mark.Label;
import ijen.plot.RowChart.Estimate;
import ijen.plot.RowChart.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Finds the place of everything on a [RowChart].
final class RowChartLayout {
  private static final double SIZE = Theme.TEXT_SIZE;
  private static final double LINE = 17;
  private static final double BAR = 11;
  private static final double GAP = 7;
  private static final double CAP = 3.5;

  private final RowChart chart;
  private final List<Theme.SeriesStyle> styles;
  private final List<Mark> marks = new ArrayList<>();

  RowChartLayout(RowChart chart) {
    this.chart = chart;
    this.styles = IntStream.range(0, chart.sources().size()).mapToObj(Theme::style).toList();
  }

  Drawing draw() {
    double width = chart.width();
    Axes axes = new Axes(marks, width);
    double top = axes.header(chart.title(), "", notes());
    if (chart.sources().size() > 1) {
      top = axes.legend(chart.sources(), styles, false, top + 10);
    }
    List<String> names = chart.rows().stream().map(Row::name).toList();
    double nameRoom = Math.clamp(TextWidth.widest(names, SIZE, false), 26, 0.32 * width);
    List<String> texts = estimates().map(chart::text).toList();
    double textRoom = Math.min(TextWidth.widest(texts, SIZE, false), 0.34 * width);
    double rowHeight = Math.max(1, chart.sources().size()) * LINE + GAP;
    double bottom = top + Math.max(1, chart.rows().size()) * rowHeight;

    double left = nameRoom + 14;
    double right = width - textRoom - 18;
    Ticks ticks = ticks(right - left);
    Extent area = new Extent(left, top, right, bottom);
    Plane plane = new Plane(area, chart.axis(), Axis.linear(""), ticks, new Ticks(0, 1, List.of()));
    for (Ticks.Tick tick : ticks.ticks()) {
      double x = plane.x(tick.value());
      marks.add(Mark.Line.rule(x, top, x, bottom, Theme.GRID));
    }
    axes.level(plane);
    for (int i = 0; i < chart.rows().size(); i++) {
      double y = top + i * rowHeight;
      if (i > 0 && chart.sources().size() > 1) {
        marks.add(Mark.Line.rule(0, y, width, y, Theme.GRID));
      }
      row(chart.rows().get(i), plane, y + GAP / 2, nameRoom);
    }
    if (chart.bars() && ticks.from() < 0) {
      marks.add(Mark.Line.rule(plane.x(0), top, plane.x(0), bottom, Theme.RULE));
    }
    double height = bottom + Axes.BELOW;
    return new Drawing(width, height, chart.title(), chart.description(), marks);
  }

  private Stream<Estimate> estimates() {
    return chart.rows().stream().flatMap(row -> row.estimates().stream());
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!chart.note().isEmpty()) {
      notes.add(chart.note());
    }
    boolean outside =
        estimates()
            .filter(e -> !Double.isNaN(e.value()))
            .anyMatch(e ->
                !chart.axis().shows(e.value())
                    || (e.hasInterval()
                        && !(chart.axis().shows(e.low()) && chart.axis().shows(e.high()))));
    if (outside) {
      notes.add("some values lie outside");
    }
    return notes;
  }

  /// From one round number to another, so that no mark touches the names or the numbers.
  private Ticks ticks(double width) {
    List<Double> values = new ArrayList<>();
    estimates().forEach(e -> values.addAll(List.of(e.value(), e.low(), e.high())));
    if (chart.bars()) {
      values.add(0.0);
    }
    for (int wanted = (int) Math.max(2, width / 60); ; wanted--) {
      Ticks ticks = chart.axis().ticksAround(values, wanted);
      double apart = width / Math.max(1, ticks.ticks().size() - 1);
      if (wanted <= 1 || chart.axis().logarithmic() || apart >= Axes.widest(ticks) + 10) {
        return Axes.labelsApart(chart.axis(), ticks, width);
      }
    }
  }

  private void row(Row row, Plane plane, double top, double nameRoom) {
    int lines = Math.max(1, row.estimates().size());
    List<String> name = TextWidth.wrap(row.name(), SIZE, nameRoom, lines);
    double first = top + (lines - name.size() + 1) * LINE / 2;
    for (int i = 0; i < name.size(); i++) {
      double y = first + i * LINE + 4;
      marks.add(
          Label.of(name.get(i), nameRoom, y, SIZE, Anchor.END, Theme.INK).withHint(row.name()));
    }
    for (int i = 0; i < row.estimates().size(); i++) {
      Estimate estimate = row.estimates().get(i);
      double y = top + (i + 0.5) * LINE;
      Theme.SeriesStyle style = styles.get(i);
      if (chart.axis().takes(estimate.value())) {
        if (chart.bars()) {
          bar(estimate, plane, y, style);
        } else {
          interval(estimate, plane, y, style.paint());
          Spot at = new Spot(place(plane, estimate.value()), y);
          marks.add(new Mark.Sign(at, style.shape(), 8, style.paint()));
        }
      } else if (!Double.isNaN(estimate.value())) {
        Spot at = new Spot(place(plane, estimate.value()), y);
        marks.add(new Mark.Sign(at, Shape.CROSS, 7, style.paint()));
      }
      String whole = chart.text(estimate);
      String text = TextWidth.shorten(whole, SIZE, false, 0.34 * chart.width());
      marks.add(Label.of(text, chart.width(), y + 4, SIZE, Anchor.END, Theme.INK).withHint(whole));
    }
  }

  private void bar(Estimate estimate, Plane plane, double y, Theme.SeriesStyle style) {
    double zero = place(plane, 0);
    double end = place(plane, estimate.value());
    Extent extent = new Extent(Math.min(zero, end), y - BAR / 2, Math.max(zero, end), y + BAR / 2);
    marks.add(new Mark.Box(extent, Theme.PAGE, 1, "")); // no grid shines through
    marks.add(new Mark.Box(extent, style.paint(), 0.75, chart.text(estimate)));
    interval(estimate, plane, y, Theme.INK);
  }

  /// The interval with caps at its ends; where it goes on beyond the axis it has none.
  private void interval(Estimate estimate, Plane plane, double y, Paint paint) {
    if (!estimate.hasInterval()) {
      return;
    }
    double low = place(plane, estimate.low());
    double high = place(plane, estimate.high());
    line(low, y, high, y, paint);
    if (chart.axis().shows(estimate.low())) {
      line(low, y - CAP, low, y + CAP, paint);
    }
    if (chart.axis().shows(estimate.high())) {
      line(high, y - CAP, high, y + CAP, paint);
    }
  }

  private void line(double x1, double y1, double x2, double y2, Paint paint) {
    List<Spot> ends = List.of(new Spot(x1, y1), new Spot(x2, y2));
    marks.add(new Mark.Line(ends, paint, 1.5, Mark.Dash.SOLID));
  }

  /// The place of a number, at the edge when it has none within.
  private double place(Plane plane, double value) {
    Extent area = plane.area();
    if (!chart.axis().takes(value)) {
      return value > 0 ? area.right() : area.left();
    }
    return Math.clamp(plane.x(value), area.left(), area.right());
  }
}
