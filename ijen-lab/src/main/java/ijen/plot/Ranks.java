package ijen.plot;

import ijen.plot.Mark.Anchor;
import ijen.plot.Mark.Label;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Colours for many lines that have a number each: by rank from the worst to the best, so that
/// differences among many good ones are seen beside a few very bad ones. A line without a number is
/// grey.
final class Ranks {
  private static final double SIZE = Theme.TEXT_SIZE;
  private static final double BOX = 14;
  private static final double GAP = 6;

  private final List<Double> values;
  private final List<Integer> order;
  private final int[] ranks;
  private final int without;

  /// @param values one for each line, NaN for one without
  /// @param high whether higher ones are better
  Ranks(List<Double> values, boolean high) {
    this.values = List.copyOf(values);
    Comparator<Integer> byValue =
        Comparator.comparingDouble(i -> high ? values.get(i) : -values.get(i));
    Comparator<Integer> withoutFirst = Comparator.comparing(i -> !Double.isNaN(values.get(i)));
    this.order =
        IntStream.range(0, values.size())
            .boxed()
            .sorted(withoutFirst.thenComparing(byValue).thenComparing(Comparator.reverseOrder()))
            .toList();
    this.ranks = new int[values.size()];
    for (int i = 0; i < ranks.length; i++) {
      ranks[order.get(i)] = i;
    }
    this.without = (int) values.stream().filter(value -> Double.isNaN(value)).count();
  }

  /// The lines in the order in which they are drawn: those without a number, then the worst, the
  /// best last; of equal ones the earlier.
  List<Integer> order() {
    return order;
  }

  /// The best line's place among all; −1 if none has a number.
  int best() {
    return without == values.size() ? -1 : order.getLast();
  }

  /// A line's colour.
  Paint paint(int line) {
    int rank = ranks[line] - without;
    int ranked = values.size() - without;
    if (rank < 0) {
      return Theme.RULE;
    }
    int last = Theme.scale().size() - 1;
    double part = ranked == 1 ? 1 : (double) rank / (ranked - 1);
    return Theme.scale().get((int) Math.round(part * last));
  }

  /// What colours mean, in a line at `top`; gives the first free height.
  ///
  /// @param title what the numbers are
  /// @param grey what a line without one is; said only if there is such a line
  double key(List<Mark> marks, String title, String grey, double width, double top) {
    if (best() < 0) {
      return top;
    }
    double y = top;
    String worst = Digits.brief(values.get(order.get(without)), 4);
    String best = Digits.brief(values.get(best()), 4);
    double scale =
        TextWidth.of(worst + best, SIZE, false) + Theme.scale().size() * BOX + 2 * GAP + 14;
    String name = TextWidth.shorten(title + ", by rank", SIZE, false, width - scale);
    marks.add(Label.of(name, 0, y, SIZE, Anchor.START, Theme.MUTED).withHint(title));
    double x = TextWidth.of(name, SIZE, false) + 14;
    marks.add(Label.of(worst, x, y, SIZE, Anchor.START, Theme.INK));
    x += TextWidth.of(worst, SIZE, false) + GAP;
    for (Paint paint : Theme.scale()) {
      marks.add(new Mark.Box(new Extent(x, y - 9, x + BOX, y + 1), paint, 1, ""));
      x += BOX;
    }
    marks.add(Label.of(best, x + GAP, y, SIZE, Anchor.START, Theme.INK));
    x += GAP + TextWidth.of(best, SIZE, false) + 18;
    if (without > 0) {
      String text = TextWidth.shorten(grey, SIZE, false, width - 30);
      if (x + 30 + TextWidth.of(text, SIZE, false) > width) {
        x = 0;
        y += Axes.LINE_HEIGHT;
      }
      marks.add(
          new Mark.Line(
              List.of(new Spot(x, y - 4), new Spot(x + 24, y - 4)),
              Theme.RULE,
              1.5,
              Mark.Dash.SOLID));
      marks.add(Label.of(text, x + 30, y, SIZE, Anchor.START, Theme.MUTED).withHint(grey));
    }
    return y + Axes.LINE_HEIGHT;
  }
}
