package ijen.plot;

import ijen.plot.Mark.Anchor;
import ijen.plot.Mark.Dash;
import ijen.plot.Mark.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Finds the place of everything on a [LineChart].
final class LineChartLayout {
  /// With more points than this, a line carries a sign only now and then.
  private static final int SIGNED_POINTS = 25;

  /// So many signs has a line then, if it reaches over the whole chart.
  private static final int SIGNS = 6;

  private static final int MOST_END_LABELS = 8;

  private final LineChart chart;
  private final List<Theme.SeriesStyle> styles;
  private final double lastX;
  private final List<Mark> marks = new ArrayList<>();

  LineChartLayout(LineChart chart) {
    this.chart = chart;
    this.styles = IntStream.range(0, chart.series().size()).mapToObj(Theme::style).toList();
    this.lastX = points().mapToDouble(Point::x).max().orElse(0);
  }

  Drawing draw() {
    double width = chart.width();
    Axes axes = new Axes(marks, width);
    double top = axes.header(chart.title(), chart.y().title(), notes());
    double bottom = chart.height() - Axes.BELOW;

    List<String> names = chart.series().stream().map(this::endText).toList();
    double widest = TextWidth.widest(names, Theme.TEXT_SIZE, false);
    boolean atEnds =
        names.size() <= MOST_END_LABELS
            && names.size() * Axes.LINE_HEIGHT <= bottom - top
            && widest <= 0.36 * width;
    if (!atEnds) {
      top = axes.legend(chart.series().stream().map(Series::name).toList(), styles, true, top);
    }
    double right = width - (atEnds && !names.isEmpty() ? widest + 24 : 16);

    Ticks yTicks =
        chart
            .y()
            .ticksAround(
                points().flatMapToDouble(LineChartLayout::heights).boxed().toList(),
                (int) Math.max(2, (bottom - top) / 48));
    double left = Axes.widest(yTicks) + 10;
    Ticks xTicks = Axes.levelTicks(chart.x(), points().map(Point::x).toList(), right - left);
    String lastTick = xTicks.ticks().getLast().label();
    right = Math.min(right, width - TextWidth.of(lastTick, Theme.TEXT_SIZE, false) / 2);
    Plane plane =
        new Plane(new Extent(left, top, right, bottom), chart.x(), chart.y(), xTicks, yTicks);

    axes.upright(plane);
    axes.level(plane);
    for (int i = 0; i < chart.series().size(); i++) {
      bands(plane, chart.series().get(i), styles.get(i));
    }
    for (int i = 0; i < chart.series().size(); i++) {
      line(plane, chart.series().get(i), styles.get(i));
      signs(plane, chart.series().get(i), i);
      gaps(plane, chart.series().get(i), styles.get(i));
    }
    if (atEnds) {
      endLabels(plane, names);
    }
    return new Drawing(width, chart.height(), chart.title(), chart.description(), marks);
  }

  private Stream<Point> points() {
    return chart.series().stream().flatMap(s -> s.points().stream());
  }

  private static DoubleStream heights(Point p) {
    return p.hasBand() ? DoubleStream.of(p.y(), p.low(), p.high()) : DoubleStream.of(p.y());
  }

  /// The chart's own note, and whatever of the data cannot be seen as it is.
  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!chart.note().isEmpty()) {
      notes.add(chart.note());
    }
    boolean positive = chart.y().logarithmic();
    if (points().anyMatch(p -> !chart.y().takes(p.y()))) {
      notes.add(positive ? "× not a positive, finite number" : "× not a finite number");
    }
    long unplaced = points().filter(p -> !chart.x().takes(p.x())).count();
    if (unplaced > 0) {
      notes.add(
          "%s without a place on the axis of %s"
              .formatted(Digits.count(unplaced), chart.x().title()));
    }
    if (positive && points().anyMatch(p -> p.hasBand() && p.low() <= 0)) {
      notes.add("bands reach 0");
    }
    if (points().anyMatch(this::isOutside)) {
      notes.add("some values lie outside");
    }
    return notes;
  }

  private boolean isOutside(Point p) {
    boolean placed = chart.x().takes(p.x()) && chart.y().takes(p.y());
    return placed && !(chart.x().shows(p.x()) && chart.y().shows(p.y()));
  }

  private void bands(Plane plane, Series series, Theme.SeriesStyle style) {
    for (List<Point> stretch : plane.stretches(series.points())) {
      if (stretch.stream().noneMatch(Point::hasBand)) {
        continue;
      }
      List<Spot> high = new ArrayList<>();
      List<Spot> low = new ArrayList<>();
      for (Point p : stretch) {
        high.add(plane.clamped(p.x(), p.hasBand() ? p.high() : p.y()));
        low.add(plane.clamped(p.x(), p.hasBand() ? p.low() : p.y()));
      }
      List<Spot> outline = new ArrayList<>(plane.thin(high));
      outline.addAll(plane.thin(low).reversed());
      marks.add(new Mark.Area(outline, style.paint(), 0.18));
    }
  }

  private void line(Plane plane, Series series, Theme.SeriesStyle style) {
    for (List<Point> stretch : plane.stretches(series.points())) {
      List<Spot> spots = stretch.stream().map(plane::spot).toList();
      for (List<Spot> piece : plane.clip(plane.thin(spots))) {
        marks.add(new Mark.Line(piece, style.paint(), 2, style.dash()));
      }
    }
  }

  /// A sign at each of few points; of many, at one now and then, elsewhere than on other lines. The
  /// last point always has one, and a stretch of one point, or neither would be seen.
  private void signs(Plane plane, Series series, int index) {
    Theme.SeriesStyle style = styles.get(index);
    List<List<Point>> stretches = plane.stretches(series.points());
    if (stretches.isEmpty()) {
      return;
    }
    Point end = stretches.getLast().getLast();
    double step = plane.area().width() / SIGNS;
    double next = plane.area().left() + step * (index + 0.5) / styles.size();
    for (List<Point> stretch : stretches) {
      for (Point point : stretch) {
        Spot spot = plane.spot(point);
        boolean few = series.points().size() <= SIGNED_POINTS;
        boolean due = spot.x() >= next && plane.x(end.x()) - spot.x() > step / 4;
        boolean last = point.equals(end) || stretch.size() == 1;
        if ((few || due || last) && plane.shows(spot)) {
          marks.add(new Mark.Sign(spot, style.shape(), Axes.SIGN_SIZE, style.paint()));
        }
        while (spot.x() >= next) {
          next += step;
        }
      }
    }
  }

  /// A cross where values begin that have no place, led to from the last value that has one: at the
  /// edge to which they went, or at the height they left when they are no numbers.
  private void gaps(Plane plane, Series series, Theme.SeriesStyle style) {
    for (Gap gap : Gap.of(series, plane)) {
      if (gap.from() != null) {
        marks.add(new Mark.Line(List.of(gap.from(), gap.at()), style.paint(), 1, Dash.DOTTED));
      }
      marks.add(new Mark.Sign(gap.at(), Shape.CROSS, 7, style.paint()));
    }
  }

  private void endLabels(Plane plane, List<String> names) {
    Extent area = plane.area();
    List<Double> wishes = new ArrayList<>();
    List<Spot> ends = new ArrayList<>();
    for (Series series : chart.series()) {
      Spot end = end(plane, series);
      ends.add(end);
      wishes.add(end.y());
    }
    List<Double> places = Spread.apart(wishes, Axes.LINE_HEIGHT, area.top(), area.bottom());
    for (int i = 0; i < names.size(); i++) {
      Theme.SeriesStyle style = styles.get(i);
      double y = places.get(i);
      Spot end = ends.get(i);
      if (Math.abs(y - end.y()) > 2 || area.right() - end.x() > 2) {
        List<Spot> leader = List.of(new Spot(end.x() + 4, end.y()), new Spot(area.right() + 6, y));
        marks.add(new Mark.Line(leader, style.paint(), 0.75, Dash.DOTTED));
      }
      Spot sign = new Spot(area.right() + 11, y);
      marks.add(new Mark.Sign(sign, style.shape(), Axes.SIGN_SIZE, style.paint()));
      marks.add(
          Label.of(
              names.get(i), area.right() + 18, y + 4, Theme.TEXT_SIZE, Anchor.START, Theme.INK));
    }
  }

  /// Where a line is last seen: at its last value, or where values begin that have no place.
  private Spot end(Plane plane, Series series) {
    List<Point> points = series.points();
    List<Point> placed = plane.stretches(points).stream().flatMap(List::stream).toList();
    List<Gap> gaps = Gap.of(series, plane);
    if (!gaps.isEmpty() && (placed.isEmpty() || !placed.getLast().equals(points.getLast()))) {
      return gaps.getLast().at();
    }
    return placed.isEmpty()
        ? new Spot(plane.area().right(), plane.area().top())
        : plane.clamped(placed.getLast().x(), placed.getLast().y());
  }

  /// Name and last value, and where a line ends that others pass.
  private String endText(Series series) {
    if (series.points().isEmpty()) {
      return series.name();
    }
    Point last = series.points().getLast();
    String value = series.name() + " " + Digits.significant(last.y(), 3);
    return last.x() < lastX ? value + " at " + Digits.brief(last.x(), 4) : value;
  }
}
