package ijen.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Many lines over common axes, too many for a name and a colour each: coloured by rank of a number
/// that each came to, the best on top. A line that came to none is grey and ends in a ring.
///
/// **Units:** width and height in pixels of 1/96 inch.
///
/// @param measure what the numbers are
/// @param high whether higher ones are better
/// @param grey what a line without one is called: `pruned`
public record RankedLines(
    String title,
    String description,
    Axis x,
    Axis y,
    String measure,
    boolean high,
    List<Line> lines,
    String grey,
    double width,
    double height)
    implements Figure {
  public RankedLines {
    lines = List.copyOf(lines);
    if (!(width >= 200 && height >= 200)) {
      throw new IllegalArgumentException(
          "lines '%s': expected at least 200 × 200 pixels, got %s × %s"
              .formatted(title, width, height));
    }
  }

  /// A line and the number that it came to, NaN for none.
  public record Line(Series series, double value) {}

  /// A figure of the usual size, described by its numbers.
  public static RankedLines of(
      String title, Axis x, Axis y, String measure, boolean high, List<Line> lines) {
    List<Double> values = lines.stream().map(Line::value).toList();
    Ranks ranks = new Ranks(values, high);
    StringBuilder text = new StringBuilder();
    text.append(Digits.count(lines.size())).append(lines.size() == 1 ? " line of " : " lines of ");
    text.append(y.title()).append(" over ").append(x.title()).append('.');
    if (ranks.best() >= 0) {
      Line best = lines.get(ranks.best());
      text.append(" The best is ").append(best.series().name()).append(": ").append(measure);
      text.append(' ').append(Digits.brief(best.value(), 4)).append('.');
      long without = values.stream().filter(value -> Double.isNaN(value)).count();
      if (without > 0) {
        text.append(' ').append(Digits.count(without)).append(" came to no value.");
      }
    }
    return new RankedLines(
        title, text.toString(), x, y, measure, high, lines, "without a value", 640, 400);
  }

  public RankedLines withSize(double width, double height) {
    return new RankedLines(title, description, x, y, measure, high, lines, grey, width, height);
  }

  public RankedLines withDescription(String description) {
    return new RankedLines(title, description, x, y, measure, high, lines, grey, width, height);
  }

  /// With a word for lines without a number.
  public RankedLines withGrey(String grey) {
    return new RankedLines(title, description, x, y, measure, high, lines, grey, width, height);
  }

  @Override
  public Drawing draw() {
    List<Mark> marks = new ArrayList<>();
    Axes axes = new Axes(marks, width);
    marks.add(Mark.Label.title(title, width));
    Ranks ranks = new Ranks(lines.stream().map(Line::value).toList(), high);
    double top = ranks.key(marks, measure, grey, width, 37);
    String unit = TextWidth.shorten(y.title(), Theme.TEXT_SIZE, false, width);
    marks.add(
        Mark.Label.of(unit, 0, top + 8, Theme.TEXT_SIZE, Mark.Anchor.START, Theme.MUTED)
            .withHint(y.title()));
    top += 24;
    double bottom = height - Axes.BELOW;
    Ticks yTicks =
        y.ticksAround(points().map(Point::y).toList(), (int) Math.max(2, (bottom - top) / 48));
    double left = Axes.widest(yTicks) + 10;
    double right = width - 16;
    Ticks xTicks = Axes.levelTicks(x, points().map(Point::x).toList(), right - left);
    String lastTick = xTicks.ticks().getLast().label();
    right = Math.min(right, width - TextWidth.of(lastTick, Theme.TEXT_SIZE, false) / 2);
    Plane plane = new Plane(new Extent(left, top, right, bottom), x, y, xTicks, yTicks);
    axes.upright(plane);
    axes.level(plane);
    for (int i : ranks.order()) {
      line(lines.get(i), plane, ranks.paint(i), i == ranks.best(), marks);
    }
    return new Drawing(width, height, title, description, marks);
  }

  private Stream<Point> points() {
    return lines.stream().flatMap(line -> line.series().points().stream());
  }

  private static void line(Line line, Plane plane, Paint paint, boolean best, List<Mark> marks) {
    List<List<Point>> stretches = plane.stretches(line.series().points());
    for (List<Point> stretch : stretches) {
      List<Spot> spots = plane.thin(stretch.stream().map(plane::spot).toList());
      for (List<Spot> piece : plane.clip(spots)) {
        marks.add(new Mark.Line(piece, paint, best ? 3 : 1.25, Mark.Dash.SOLID));
      }
    }
    if (stretches.isEmpty()) {
      return;
    }
    Spot end = plane.spot(stretches.getLast().getLast());
    boolean early = Double.isNaN(line.value());
    if ((early || best || stretches.getLast().size() == 1) && plane.shows(end)) {
      Shape shape = early ? Shape.RING : Shape.CIRCLE;
      marks.add(new Mark.Sign(end, shape, best ? Axes.SIGN_SIZE : 4, paint));
    }
  }
}
