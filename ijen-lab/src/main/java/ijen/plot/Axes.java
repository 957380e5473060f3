package ijen.plot;

import ijen.plot.Mark.Anchor;
import ijen.plot.Mark.Label;
import ijen.plot.Mark.Line;
import java.util.ArrayList;
import java.util.List;

/// What surrounds the data of a chart: title, notes, legend, grid, ticks and the axes' titles.
final class Axes {
  static final double LINE_HEIGHT = 16;
  static final double SIGN_SIZE = 6;

  /// The room that ticks and title of the level axis need below the plot.
  static final double BELOW = 42;

  private static final double SIZE = Theme.TEXT_SIZE;

  private final List<Mark> marks;
  private final double width;

  /// Adds to the marks of a drawing that is `width` wide.
  Axes(List<Mark> marks, double width) {
    this.marks = marks;
    this.width = width;
  }

  /// Title, what the chart has to say about its data, and the title of the upright axis; gives the
  /// first height that is free. Notes stand to the right of the axis title, or in lines above it.
  double header(String title, String unit, List<String> notes) {
    marks.add(Label.title(title, width));
    double y = 35;
    String beside = String.join(" · ", notes);
    double room = width - TextWidth.of(beside, SIZE, false) - 12;
    if (!unit.isEmpty() && TextWidth.of(unit, SIZE, false) <= room) {
      if (!notes.isEmpty()) {
        marks.add(Label.of(beside, width, y, SIZE, Anchor.END, Theme.MUTED));
      }
    } else {
      for (String note : notes) {
        String line = TextWidth.shorten(note, SIZE, false, width);
        marks.add(Label.of(line, 0, y, SIZE, Anchor.START, Theme.MUTED).withHint(note));
        y += LINE_HEIGHT;
      }
    }
    if (unit.isEmpty()) {
      return y - (notes.isEmpty() ? 7 : 4);
    }
    String shown = TextWidth.shorten(unit, SIZE, false, width);
    marks.add(Label.of(shown, 0, y, SIZE, Anchor.START, Theme.MUTED).withHint(unit));
    return y + 17;
  }

  /// A name for each style, above the plot: no data can lie there. Gives the first free height.
  double legend(List<String> names, List<Theme.SeriesStyle> styles, boolean lines, double top) {
    double sample = lines ? 30 : 12;
    double x = 0;
    double y = top;
    for (int i = 0; i < names.size(); i++) {
      String whole = names.get(i);
      String name = TextWidth.shorten(whole, SIZE, false, width - sample);
      double length = sample + TextWidth.of(name, SIZE, false);
      if (x > 0 && x + length > width) {
        x = 0;
        y += LINE_HEIGHT;
      }
      Theme.SeriesStyle style = styles.get(i);
      if (lines) {
        List<Spot> stroke = List.of(new Spot(x, y - 4), new Spot(x + 24, y - 4));
        marks.add(new Line(stroke, style.paint(), 2, style.dash()));
      }
      Spot at = new Spot(x + (lines ? 12 : 5), y - 4);
      marks.add(new Mark.Sign(at, style.shape(), SIGN_SIZE, style.paint()));
      marks.add(Label.of(name, x + sample, y, SIZE, Anchor.START, Theme.INK).withHint(whole));
      x += length + 18;
    }
    return y + LINE_HEIGHT;
  }

  /// As many ticks as leave their labels apart.
  static Ticks levelTicks(Axis axis, List<Double> values, double width) {
    if (!axis.names().isEmpty()) {
      Ticks all = axis.ticksWithin(values, axis.names().size());
      return shortened(all, width / axis.names().size() - 6);
    }
    for (int wanted = (int) Math.max(2, width / 44); ; wanted--) {
      Ticks ticks = axis.ticksWithin(values, wanted);
      List<Ticks.Tick> labelled = ticks.ticks().stream().filter(t -> !t.label().isEmpty()).toList();
      double nearest = Double.POSITIVE_INFINITY;
      for (int i = 1; i < labelled.size(); i++) {
        double gap =
            axis.part(labelled.get(i).value(), ticks)
                - axis.part(labelled.get(i - 1).value(), ticks);
        nearest = Math.min(nearest, gap * width);
      }
      if (wanted <= 1 || nearest >= widest(ticks) + 10) {
        return labelsApart(axis, ticks, width);
      }
    }
  }

  /// The same ticks with labels no wider than that.
  static Ticks shortened(Ticks ticks, double width) {
    List<Ticks.Tick> shorter =
        ticks.ticks().stream()
            .map(tick ->
                new Ticks.Tick(tick.value(), TextWidth.shorten(tick.label(), SIZE, false, width)))
            .toList();
    return new Ticks(ticks.from(), ticks.to(), shorter, ticks.minor());
  }

  /// The same ticks without the labels that would touch one before them.
  static Ticks labelsApart(Axis axis, Ticks ticks, double width) {
    List<Ticks.Tick> apart = new ArrayList<>();
    double free = Double.NEGATIVE_INFINITY;
    for (Ticks.Tick tick : ticks.ticks()) {
      double middle = axis.part(tick.value(), ticks) * width;
      double half = TextWidth.of(tick.label(), SIZE, false) / 2;
      boolean fits = middle - half >= free;
      apart.add(fits ? tick : new Ticks.Tick(tick.value(), ""));
      if (fits && !tick.label().isEmpty()) {
        free = middle + half + 6;
      }
    }
    return new Ticks(ticks.from(), ticks.to(), apart, ticks.minor());
  }

  static double widest(Ticks ticks) {
    List<String> labels = ticks.ticks().stream().map(Ticks.Tick::label).toList();
    return TextWidth.widest(labels, SIZE, false);
  }

  /// Level grid lines with their labels, and the small ticks between them.
  void upright(Plane plane) {
    Extent area = plane.area();
    for (Ticks.Tick tick : plane.yTicks().ticks()) {
      double y = plane.y(tick.value());
      marks.add(Line.rule(area.left(), y, area.right(), y, Theme.GRID));
      if (!tick.label().isEmpty()) {
        marks.add(Label.of(tick.label(), area.left() - 8, y + 4, SIZE, Anchor.END, Theme.MUTED));
      }
    }
    for (double value : plane.yTicks().minor()) {
      double y = plane.y(value);
      marks.add(Line.rule(area.left() - 4, y, area.left(), y, Theme.RULE));
    }
  }

  /// The level axis with ticks, labels and title.
  void level(Plane plane) {
    Extent area = plane.area();
    double bottom = area.bottom();
    marks.add(Line.rule(area.left(), bottom, area.right(), bottom, Theme.RULE));
    for (Ticks.Tick tick : plane.xTicks().ticks()) {
      double x = plane.x(tick.value());
      marks.add(Line.rule(x, bottom, x, bottom + 5, Theme.RULE));
      if (!tick.label().isEmpty()) {
        marks.add(Label.of(tick.label(), x, bottom + 17, SIZE, Anchor.MIDDLE, Theme.MUTED));
      }
    }
    for (double value : plane.xTicks().minor()) {
      marks.add(Line.rule(plane.x(value), bottom, plane.x(value), bottom + 3, Theme.RULE));
    }
    String whole = plane.xAxis().title();
    String title = TextWidth.shorten(whole, SIZE, false, area.width());
    double middle = (area.left() + area.right()) / 2;
    marks.add(
        Label.of(title, middle, bottom + 35, SIZE, Anchor.MIDDLE, Theme.MUTED).withHint(whole));
  }
}
