package ijen.plot;

import ijen.plot.Mark.Anchor;
import ijen.plot.Mark.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Points in groups, such as the classes in a latent space of two dimensions.
///
/// Groups differ in colour and sign; where points are too many to tell signs apart, each group has
/// its name at its median, as far as there is room. Groups are drawn in turns, a part of each at a
/// time, so that none hides another. Ten thousand points take about 200 KB of SVG: signs of a group
/// are subpaths of a few paths.
///
/// **Units:** width and height in pixels of 1/96 inch.
public record ScatterChart(
    String title,
    String description,
    Axis x,
    Axis y,
    List<Series> groups,
    double width,
    double height)
    implements Figure {
  private static final int TURNS = 4;

  /// With more points than this signs are small, and groups have their names on them.
  private static final int CROWDED = 2000;

  public ScatterChart {
    groups = List.copyOf(groups);
    if (!(width >= 200 && height >= 200)) {
      throw new IllegalArgumentException(
          "scatter chart '%s': expected at least 200 × 200 pixels, got %s × %s"
              .formatted(title, width, height));
    }
  }

  /// A chart of the usual size, described by its numbers.
  public static ScatterChart of(String title, Axis x, Axis y, List<Series> groups) {
    StringBuilder text = new StringBuilder();
    text.append("Scatter chart of ").append(y.title()).append(" over ").append(x.title());
    text.append('.');
    for (Series group : groups) {
      text.append(' ').append(group.name()).append(": ");
      text.append(Digits.count(group.points().size())).append(" points");
      List<Point> placed = placed(group, x, y);
      if (!placed.isEmpty()) {
        Point middle = median(placed);
        text.append(" around ").append(place(x, middle.x()));
        text.append(", ").append(place(y, middle.y()));
      }
      text.append('.');
    }
    return new ScatterChart(title, text.toString(), x, y, groups, 640, 560);
  }

  private static String place(Axis axis, double value) {
    return axis.names().isEmpty()
        ? Digits.significant(value, 3)
        : axis.names().get(Math.clamp(Math.round(value), 0, axis.names().size() - 1));
  }

  public ScatterChart withSize(double width, double height) {
    return new ScatterChart(title, description, x, y, groups, width, height);
  }

  public ScatterChart withDescription(String description) {
    return new ScatterChart(title, description, x, y, groups, width, height);
  }

  @Override
  public Drawing draw() {
    List<Mark> marks = new ArrayList<>();
    Axes axes = new Axes(marks, width);
    List<Theme.SeriesStyle> styles =
        IntStream.range(0, groups.size()).mapToObj(Theme::style).toList();
    long all = points().count();
    List<Point> shown = groups.stream().flatMap(group -> placed(group, x, y).stream()).toList();
    List<String> notes = new ArrayList<>();
    if (shown.size() < all) {
      notes.add(
          "%s of %s points lie outside"
              .formatted(Digits.count(all - shown.size()), Digits.count(all)));
    }
    double top = axes.header(title, "", notes);
    List<String> names = groups.stream().map(Series::name).toList();
    top = axes.legend(names, styles, false, top + 10);
    if (!y.title().isEmpty()) {
      String unit = TextWidth.shorten(y.title(), Theme.TEXT_SIZE, false, width);
      marks.add(Label.of(unit, 0, top + 6, Theme.TEXT_SIZE, Anchor.START, Theme.MUTED));
      top += 22;
    }
    double bottom = height - Axes.BELOW;
    Ticks yTicks =
        y.ticksAround(
            shown.stream().map(Point::y).toList(), (int) Math.max(2, (bottom - top) / 60));
    double left = Axes.widest(yTicks) + 10;
    double right = width - 16;
    Ticks xTicks = Axes.levelTicks(x, shown.stream().map(Point::x).toList(), right - left);
    String lastTick = xTicks.ticks().getLast().label();
    right = Math.min(right, width - TextWidth.of(lastTick, Theme.TEXT_SIZE, false) / 2);
    Plane plane = new Plane(new Extent(left, top, right, bottom), x, y, xTicks, yTicks);
    axes.upright(plane);
    axes.level(plane);
    clouds(plane, styles, marks);
    if (all > CROWDED && groups.size() > 1) {
      names(plane, marks);
    }
    return new Drawing(width, height, title, description, marks);
  }

  private Stream<Point> points() {
    return groups.stream().flatMap(group -> group.points().stream());
  }

  private void clouds(Plane plane, List<Theme.SeriesStyle> styles, List<Mark> marks) {
    long count = points().count();
    double size = count > CROWDED ? 3.5 : count > 300 ? 5 : Axes.SIGN_SIZE;
    for (int turn = 0; turn < TURNS; turn++) {
      for (int k = 0; k < groups.size(); k++) {
        List<Point> placed = placed(groups.get(k), x, y);
        List<Spot> spots = new ArrayList<>();
        for (int i = turn; i < placed.size(); i += TURNS) {
          spots.add(plane.spot(placed.get(i)));
        }
        if (!spots.isEmpty()) {
          Theme.SeriesStyle style = styles.get(k);
          marks.add(new Mark.Cloud(spots, style.shape(), size, style.paint(), 0.85));
        }
      }
    }
  }

  /// Each group's name on a piece of ground at its median, or a little above or below if another
  /// name is there already; where there is no room at all the legend has to do.
  private void names(Plane plane, List<Mark> marks) {
    List<Extent> taken = new ArrayList<>();
    for (Series group : groups) {
      List<Point> placed = placed(group, x, y);
      if (placed.isEmpty()) {
        continue;
      }
      Spot middle = plane.spot(median(placed));
      for (double move : new double[] {0, 18, -18, 36, -36}) {
        Label name =
            Label.of(
                    group.name(),
                    middle.x(),
                    middle.y() + 4 + move,
                    Theme.TEXT_SIZE,
                    Anchor.MIDDLE,
                    Theme.INK)
                .inBold();
        Extent text = name.extent();
        Extent ground =
            new Extent(text.left() - 2, text.top() - 1, text.right() + 2, text.bottom() + 1);
        if (plane.area().contains(ground) && taken.stream().noneMatch(ground::overlaps)) {
          taken.add(ground);
          marks.add(new Mark.Box(ground, Theme.PAGE, 0.8, ""));
          marks.add(name);
          break;
        }
      }
    }
  }

  private static List<Point> placed(Series group, Axis x, Axis y) {
    return group.points().stream().filter(p -> x.shows(p.x()) && y.shows(p.y())).toList();
  }

  private static Point median(List<Point> points) {
    double[] xs = points.stream().mapToDouble(Point::x).sorted().toArray();
    double[] ys = points.stream().mapToDouble(Point::y).sorted().toArray();
    return Point.of(xs[xs.length / 2], ys[ys.length / 2]);
  }
}
