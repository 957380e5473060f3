package ijen.plot;

import ijen.plot.Mark.Anchor;
import ijen.plot.Mark.Dash;
import ijen.plot.Mark.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A noisy sequence, such as the loss of every batch, as a thin line, its smoothed course as a
/// thick one over it, and places on the level axis that it is about, each an upright line with its
/// name above the plot.
///
/// What does not fit a range of the upright axis is cut off there, and said so above the plot.
///
/// **Units:** width and height in pixels of 1/96 inch.
///
/// @param raw every value; those without a place on the axes interrupt the line
/// @param smooth their smoothed course
/// @param places in any order
public record NoisyLine(
    String title,
    String description,
    Axis x,
    Axis y,
    Series raw,
    Series smooth,
    List<Place> places,
    double width,
    double height)
    implements Figure {
  public NoisyLine {
    places = List.copyOf(places);
    if (!(width >= 200 && height >= 200)) {
      throw new IllegalArgumentException(
          "noisy line '%s': expected at least 200 × 200 pixels, got %s × %s"
              .formatted(title, width, height));
    }
  }

  /// A place on the level axis.
  ///
  /// @param name what it is, in few words
  /// @param at where it is
  /// @param alarm whether something goes wrong there, or else it is what to look at
  public record Place(String name, double at, boolean alarm) {}

  /// A figure of the usual size, described by its numbers.
  public static NoisyLine of(
      String title, Axis x, Axis y, Series raw, Series smooth, List<Place> places) {
    StringBuilder text = new StringBuilder();
    text.append(y.title()).append(" over ").append(x.title()).append(": ");
    text.append(Digits.count(raw.points().size())).append(" values of ").append(raw.name());
    text.append(", and ").append(smooth.name()).append('.');
    for (Place place : places) {
      text.append(' ').append(place.name()).append(" at ").append(Digits.brief(place.at(), 3));
      text.append('.');
    }
    return new NoisyLine(title, text.toString(), x, y, raw, smooth, places, 560, 340);
  }

  public NoisyLine withSize(double width, double height) {
    return new NoisyLine(title, description, x, y, raw, smooth, places, width, height);
  }

  public NoisyLine withDescription(String description) {
    return new NoisyLine(title, description, x, y, raw, smooth, places, width, height);
  }

  @Override
  public Drawing draw() {
    List<Mark> marks = new ArrayList<>();
    Axes axes = new Axes(marks, width);
    List<String> notes = new ArrayList<>(List.of("thin: " + raw.name(), "thick: " + smooth.name()));
    if (points().anyMatch(p -> y.takes(p.y()) && !y.shows(p.y()))) {
      notes.add("some values lie outside");
    }
    double header = axes.header(title, y.title(), notes);
    double top = header + Axes.LINE_HEIGHT * places.size();
    double bottom = height - Axes.BELOW;
    Ticks yTicks =
        y.ticksAround(points().map(Point::y).toList(), (int) Math.max(2, (bottom - top) / 48));
    double left = Axes.widest(yTicks) + 10;
    double right = width - 16;
    List<Double> across =
        Stream.concat(points().map(Point::x), places.stream().map(Place::at)).toList();
    Ticks xTicks = Axes.levelTicks(x, across, right - left);
    String lastTick = xTicks.ticks().getLast().label();
    right = Math.min(right, width - TextWidth.of(lastTick, Theme.TEXT_SIZE, false) / 2);
    Plane plane = new Plane(new Extent(left, top, right, bottom), x, y, xTicks, yTicks);
    axes.upright(plane);
    axes.level(plane);
    for (int i = 0; i < places.size(); i++) {
      mark(places.get(i), plane, header + Axes.LINE_HEIGHT * i, marks);
    }
    line(raw, plane, Theme.MUTED, 0.75, marks);
    line(smooth, plane, Theme.INK, 2.5, marks);
    return new Drawing(width, height, title, description, marks);
  }

  private Stream<Point> points() {
    return Stream.concat(raw.points().stream(), smooth.points().stream());
  }

  /// The upright line of a place, with its name beside its upper end, on the side with more room.
  private void mark(Place place, Plane plane, double y, List<Mark> marks) {
    if (!x.shows(place.at())) {
      return;
    }
    Extent area = plane.area();
    double at = plane.x(place.at());
    Paint paint = place.alarm() ? Theme.ALARM : Theme.ACCENT;
    List<Spot> upright = List.of(new Spot(at, y - 9), new Spot(at, area.bottom()));
    marks.add(new Mark.Line(upright, paint, 1.25, place.alarm() ? Dash.DASHED : Dash.SOLID));
    boolean before = at > (area.left() + area.right()) / 2;
    double room = before ? at - 5 : width - at - 5;
    String shown = TextWidth.shorten(place.name(), Theme.TEXT_SIZE, false, room);
    marks.add(
        Label.of(
                shown,
                before ? at - 5 : at + 5,
                y,
                Theme.TEXT_SIZE,
                before ? Anchor.END : Anchor.START,
                paint)
            .withHint(place.name()));
  }

  private static void line(
      Series series, Plane plane, Paint paint, double thickness, List<Mark> marks) {
    for (List<Point> stretch : plane.stretches(series.points())) {
      List<Spot> spots = plane.thin(stretch.stream().map(plane::spot).toList());
      for (List<Spot> piece : plane.clip(spots)) {
        marks.add(new Mark.Line(piece, paint, thickness, Dash.SOLID));
      }
    }
  }
}
