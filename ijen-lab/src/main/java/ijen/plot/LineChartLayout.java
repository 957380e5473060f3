package ijen.plot;

import ijen.plot.Mark.Anchor;
import ijen.plot.Mark.Dash;
import ijen.plot.Mark.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Finds the place of everything on a [LineChart].
final class LineChartLayout {
  private static final double TITLE_SIZE = 14;
  private static final double TEXT_SIZE = 11.5;
  private static final double LINE_HEIGHT = 16;
  private static final double SIGN_SIZE = 6;

  /// With more points than this, a line carries no signs.
  private static final int SIGNED_POINTS = 40;

  private static final int MOST_END_LABELS = 8;

  private final LineChart chart;
  private final List<Mark> marks = new ArrayList<>();

  LineChartLayout(LineChart chart) {
    this.chart = chart;
  }

  Drawing draw() {
    double width = chart.width();
    boolean gaps = chart.series().stream().flatMap(s -> s.points().stream()).anyMatch(this::isGap);
    double top = header(gaps);
    double bottom = chart.height() - 42;

    List<String> names = chart.series().stream().map(this::endText).toList();
    double widest =
        names.stream().mapToDouble(n -> TextWidth.of(n, TEXT_SIZE, false)).max().orElse(0);
    boolean atEnds =
        names.size() <= MOST_END_LABELS
            && names.size() * LINE_HEIGHT <= bottom - top
            && widest <= 0.36 * width;
    if (!atEnds) {
      top = legend(top);
    }
    double right = width - (atEnds && !names.isEmpty() ? widest + 24 : 16);

    int rows = (int) Math.max(2, (bottom - top) / 48);
    Ticks yTicks =
        chart
            .y()
            .ticksAround(
                values(p ->
                    List.of(p.y(), p.hasBand() ? p.low() : p.y(), p.hasBand() ? p.high() : p.y())),
                rows);
    double left =
        yTicks.ticks().stream()
                .mapToDouble(t -> TextWidth.of(t.label(), TEXT_SIZE, false))
                .max()
                .orElse(0)
            + 10;
    Ticks xTicks = xTicks(right - left);
    String lastTick = xTicks.ticks().getLast().label();
    right = Math.min(right, width - TextWidth.of(lastTick, TEXT_SIZE, false) / 2);
    Plane plane =
        new Plane(new Extent(left, top, right, bottom), chart.x(), chart.y(), xTicks, yTicks);

    axes(plane);
    for (int i = 0; i < chart.series().size(); i++) {
      bands(plane, chart.series().get(i), Theme.style(i));
    }
    for (int i = 0; i < chart.series().size(); i++) {
      line(plane, chart.series().get(i), Theme.style(i));
    }
    if (atEnds) {
      endLabels(plane, names);
    }
    return new Drawing(width, chart.height(), chart.title(), chart.description(), marks);
  }

  /// Title and y title; the returned height is the first that is free for the plot.
  private double header(boolean gaps) {
    double width = chart.width();
    String title = TextWidth.shorten(chart.title(), TITLE_SIZE, true, width);
    marks.add(
        Label.of(title, 0, 15, TITLE_SIZE, Anchor.START, Theme.INK)
            .inBold()
            .withHint(chart.title()));
    double room = width;
    if (gaps) {
      String note = "× not a finite number";
      if (chart.y().logarithmic()) {
        note = "× not a positive, finite number";
      }
      marks.add(Label.of(note, width, 35, TEXT_SIZE, Anchor.END, Theme.MUTED));
      room -= TextWidth.of(note, TEXT_SIZE, false) + 12;
    }
    String unit = TextWidth.shorten(chart.y().title(), TEXT_SIZE, false, room);
    marks.add(
        Label.of(unit, 0, 35, TEXT_SIZE, Anchor.START, Theme.MUTED).withHint(chart.y().title()));
    return 52;
  }

  private double legend(double top) {
    double x = 0;
    double y = top;
    for (int i = 0; i < chart.series().size(); i++) {
      String whole = chart.series().get(i).name();
      String name = TextWidth.shorten(whole, TEXT_SIZE, false, chart.width() - 30);
      double length = 30 + TextWidth.of(name, TEXT_SIZE, false);
      if (x > 0 && x + length > chart.width()) {
        x = 0;
        y += LINE_HEIGHT;
      }
      Theme.SeriesStyle style = Theme.style(i);
      marks.add(
          new Mark.Line(
              List.of(new Spot(x, y - 4), new Spot(x + 24, y - 4)),
              style.paint(),
              2,
              style.dash()));
      marks.add(new Mark.Sign(new Spot(x + 12, y - 4), style.shape(), SIGN_SIZE, style.paint()));
      marks.add(Label.of(name, x + 30, y, TEXT_SIZE, Anchor.START, Theme.INK).withHint(whole));
      x += length + 18;
    }
    return y + LINE_HEIGHT;
  }

  /// As many ticks as leave their labels apart.
  private Ticks xTicks(double width) {
    List<Double> values = values(p -> List.of(p.x()));
    for (int wanted = (int) Math.max(2, width / 44); ; wanted--) {
      Ticks ticks = chart.x().ticksWithin(values, wanted);
      double widest =
          ticks.ticks().stream()
              .mapToDouble(t -> TextWidth.of(t.label(), TEXT_SIZE, false))
              .max()
              .orElse(0);
      double nearest = Double.POSITIVE_INFINITY;
      List<Ticks.Tick> labelled = ticks.ticks().stream().filter(t -> !t.label().isEmpty()).toList();
      for (int i = 1; i < labelled.size(); i++) {
        double gap =
            chart.x().part(labelled.get(i).value(), ticks)
                - chart.x().part(labelled.get(i - 1).value(), ticks);
        nearest = Math.min(nearest, gap * width);
      }
      if (wanted <= 1 || nearest >= widest + 10) {
        return ticks;
      }
    }
  }

  private void axes(Plane plane) {
    Extent area = plane.area();
    for (Ticks.Tick tick : plane.yTicks().ticks()) {
      double y = plane.y(tick.value());
      marks.add(rule(area.left(), y, area.right(), y, Theme.GRID));
      if (!tick.label().isEmpty()) {
        marks.add(
            Label.of(tick.label(), area.left() - 8, y + 4, TEXT_SIZE, Anchor.END, Theme.MUTED));
      }
    }
    marks.add(rule(area.left(), area.bottom(), area.right(), area.bottom(), Theme.RULE));
    for (Ticks.Tick tick : plane.xTicks().ticks()) {
      double x = plane.x(tick.value());
      marks.add(rule(x, area.bottom(), x, area.bottom() + 4, Theme.RULE));
      if (!tick.label().isEmpty()) {
        marks.add(
            Label.of(tick.label(), x, area.bottom() + 17, TEXT_SIZE, Anchor.MIDDLE, Theme.MUTED));
      }
    }
    String title = TextWidth.shorten(chart.x().title(), TEXT_SIZE, false, area.width());
    marks.add(
        Label.of(
            title,
            (area.left() + area.right()) / 2,
            area.bottom() + 35,
            TEXT_SIZE,
            Anchor.MIDDLE,
            Theme.MUTED));
  }

  private static Mark rule(double x1, double y1, double x2, double y2, Paint paint) {
    return new Mark.Line(List.of(new Spot(x1, y1), new Spot(x2, y2)), paint, 1, Dash.SOLID);
  }

  private void bands(Plane plane, Series series, Theme.SeriesStyle style) {
    for (List<Point> stretch : plane.stretches(series.points())) {
      if (stretch.stream().noneMatch(Point::hasBand)) {
        continue;
      }
      List<Spot> outline = new ArrayList<>();
      stretch.forEach(p -> outline.add(plane.clamped(p.x(), p.hasBand() ? p.high() : p.y())));
      stretch
          .reversed()
          .forEach(p -> outline.add(plane.clamped(p.x(), p.hasBand() ? p.low() : p.y())));
      marks.add(new Mark.Area(outline, style.paint(), 0.18));
    }
  }

  private void line(Plane plane, Series series, Theme.SeriesStyle style) {
    for (List<Point> stretch : plane.stretches(series.points())) {
      List<Spot> spots = stretch.stream().map(plane::spot).toList();
      for (List<Spot> piece : plane.clip(plane.thin(spots))) {
        marks.add(new Mark.Line(piece, style.paint(), 2, style.dash()));
      }
      // A stretch of one point is no line: without its sign it would not be seen.
      if (series.points().size() <= SIGNED_POINTS || spots.size() == 1) {
        spots.stream()
            .filter(plane::shows)
            .forEach(s -> marks.add(new Mark.Sign(s, style.shape(), SIGN_SIZE, style.paint())));
      }
    }
    series.points().stream()
        .filter(p -> isGap(p) && chart.x().takes(p.x()))
        .map(p -> new Spot(plane.x(p.x()), plane.area().top()))
        .filter(plane::shows)
        .forEach(s -> marks.add(new Mark.Sign(s, Mark.Shape.CROSS, 7, style.paint())));
  }

  private void endLabels(Plane plane, List<String> names) {
    Extent area = plane.area();
    List<Double> wishes = new ArrayList<>();
    List<Spot> ends = new ArrayList<>();
    for (Series series : chart.series()) {
      List<List<Point>> stretches = plane.stretches(series.points());
      Point last = stretches.isEmpty() ? null : stretches.getLast().getLast();
      Spot end =
          last == null ? new Spot(area.right(), area.top()) : plane.clamped(last.x(), last.y());
      ends.add(end);
      wishes.add(end.y());
    }
    List<Double> places = Spread.apart(wishes, LINE_HEIGHT, area.top(), area.bottom());
    for (int i = 0; i < names.size(); i++) {
      Theme.SeriesStyle style = Theme.style(i);
      double y = places.get(i);
      Spot end = ends.get(i);
      if (Math.abs(y - end.y()) > 2 || area.right() - end.x() > 2) {
        List<Spot> leader = List.of(new Spot(end.x() + 4, end.y()), new Spot(area.right() + 6, y));
        marks.add(new Mark.Line(leader, style.paint(), 0.75, Dash.DOTTED));
      }
      marks.add(
          new Mark.Sign(new Spot(area.right() + 11, y), style.shape(), SIGN_SIZE, style.paint()));
      marks.add(
          Label.of(names.get(i), area.right() + 18, y + 4, TEXT_SIZE, Anchor.START, Theme.INK));
    }
  }

  private String endText(Series series) {
    return series.points().isEmpty()
        ? series.name()
        : series.name() + " " + Digits.significant(series.points().getLast().y(), 3);
  }

  private boolean isGap(Point point) {
    return !chart.y().takes(point.y());
  }

  private List<Double> values(Function<Point, List<Double>> of) {
    return chart.series().stream()
        .flatMap(s -> s.points().stream())
        .flatMap(p -> of.apply(p).stream())
        .toList();
  }
}
