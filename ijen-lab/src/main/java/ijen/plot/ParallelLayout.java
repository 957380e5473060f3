package ijen.plot;

import ijen.plot.Mark.Anchor;
import ijen.plot.Mark.Label;
import java.util.ArrayList;
import java.util.List;

/// Finds the place of everything in [ParallelCoordinates].
final class ParallelLayout {
  private static final double SIZE = Theme.TEXT_SIZE;

  /// From one label of an axis to the next, at least.
  private static final double APART = 14;

  /// How far below the axes the lines pass that have no place on one, and the room for their word.
  private static final double BELOW = 20;

  /// What is left behind the last axis for its name.
  private static final double LAST = 90;

  private static final String NONE = "none";

  private final ParallelCoordinates figure;
  private final List<Axis> axes;
  private final List<Mark> marks = new ArrayList<>();
  private final List<Ticks> ticks = new ArrayList<>();
  private final List<List<Double>> along = new ArrayList<>(); // for each axis all lines' places
  private double top;
  private double bottom;
  private double left;
  private double slot;

  ParallelLayout(ParallelCoordinates figure) {
    this.figure = figure;
    this.axes = new ArrayList<>(figure.axes());
    axes.add(figure.measure());
  }

  Drawing draw() {
    double width = figure.width();
    marks.add(Label.title(figure.title(), width));
    Ranks ranks =
        new Ranks(
            figure.lines().stream().map(ParallelCoordinates.Line::value).toList(), figure.high());
    double y = ranks.key(marks, figure.measure().title(), figure.grey(), width, 37);
    top = y + 32;
    bottom = figure.height() - BELOW - 8;
    for (int i = 0; i < axes.size(); i++) {
      int wanted = (int) Math.max(2, (bottom - top) / 56);
      along.add(figure.along(i));
      ticks.add(axes.get(i).ticksWithin(along.get(i), wanted));
    }
    double first = Math.min(Axes.widest(ticks.getFirst()), 0.8 * width / axes.size());
    left = Math.max(first + 14, TextWidth.of(NONE, SIZE, false) + 10);
    double right = width - LAST;
    slot = (right - left) / (axes.size() - 1);
    for (int i : ranks.order()) {
      line(i, ranks.paint(i), i == ranks.best());
    }
    for (int i = 0; i < axes.size(); i++) {
      axis(i, i == 0 ? first : slot - 24, y + 14);
    }
    return new Drawing(width, figure.height(), figure.title(), figure.description(), marks);
  }

  private double x(int axis) {
    return left + axis * slot;
  }

  private Spot spot(int axis, double value) {
    Axis along = axes.get(axis);
    if (!along.takes(value)) {
      return new Spot(x(axis), bottom + BELOW - 4);
    }
    double part = along.part(value, ticks.get(axis));
    return new Spot(x(axis), bottom - Math.clamp(part, 0, 1) * (bottom - top));
  }

  private void line(int index, Paint paint, boolean best) {
    List<Spot> spots = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      spots.add(spot(i, along.get(i).get(index)));
    }
    marks.add(new Mark.Line(spots, paint, best ? 3 : 1.25, Mark.Dash.SOLID));
  }

  /// An axis with its name and ticks, whose labels stand on pieces of ground over the lines.
  private void axis(int index, double room, double nameY) {
    double x = x(index);
    marks.add(Mark.Line.rule(x, top, x, bottom, Theme.INK));
    boolean last = index == axes.size() - 1;
    Anchor anchor = index == 0 ? Anchor.START : last ? Anchor.END : Anchor.MIDDLE;
    double at = index == 0 ? 0 : last ? figure.width() : x;
    double outside =
        index == 0 ? left : last ? LAST : slot / 2; // names begin and end with the figure
    String name = axes.get(index).title();
    String shown = TextWidth.shorten(name, SIZE, true, outside + slot / 2 - 8);
    marks.add(Label.of(shown, at, nameY, SIZE, anchor, Theme.INK).inBold().withHint(name));
    double free = Double.POSITIVE_INFINITY;
    for (Ticks.Tick tick : Axes.shortened(ticks.get(index), room).ticks()) {
      double y = spot(index, tick.value()).y();
      marks.add(Mark.Line.rule(x - 4, y, x, y, Theme.INK));
      if (!tick.label().isEmpty() && y <= free) {
        label(tick.label(), x, y);
        free = y - APART;
      }
    }
    if (along.get(index).stream().anyMatch(value -> !axes.get(index).takes(value))) {
      label(NONE, x, bottom + BELOW - 4);
    }
  }

  private void label(String text, double x, double y) {
    Label label = Label.of(text, x - 7, y + 4, SIZE, Anchor.END, Theme.MUTED);
    Extent place = label.extent();
    Extent ground =
        new Extent(Math.max(0, place.left() - 2), place.top(), place.right() + 2, place.bottom());
    marks.add(new Mark.Box(ground, Theme.PAGE, 0.8, ""));
    marks.add(label);
  }
}
