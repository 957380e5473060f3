package ijen.cli;

import ijen.plot.Digits;
import ijen.train.RateCurve;
import ijen.train.RateCurve.Point;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// The smoothed loss by decades of the learning rate, and where something is to be seen.
final class RateTable {
  private static final int BAR = 30;

  private final Terminal terminal;
  private final List<Point> points;
  private final Map<Integer, String> rates = new TreeMap<>(); // by the number of their point
  private final Map<Integer, String> notes = new TreeMap<>();

  RateTable(Terminal terminal, RateCurve curve) {
    this.terminal = terminal;
    this.points = curve.points();
    double low = points.getFirst().rate();
    double high = points.getLast().rate();
    for (int decade = (int) Math.ceil(Math.log10(low) - 1e-9);
        decade <= Math.log10(high) + 1e-9;
        decade++) {
      double rate = Double.parseDouble("1e" + decade); // the nearest number, unlike a power
      rates.put(nearest(rate), typed(rate));
    }
    mark(curve.lowest(), "lowest");
    mark(curve.suggestion(), "suggestion");
    mark(curve.divergence(), "diverged");
  }

  /// A rate as it is typed, two digits of it.
  static String typed(double rate) {
    BigDecimal rounded = new BigDecimal(rate).round(new MathContext(2)).stripTrailingZeros();
    return (rounded.scale() < 0 ? rounded.setScale(0) : rounded).toString();
  }

  private void mark(OptionalDouble rate, String note) {
    if (rate.isPresent()) {
      int point = nearest(rate.getAsDouble());
      String shown = typed(rate.getAsDouble());
      rates
          .entrySet()
          .removeIf(row -> row.getValue().equals(shown) && !notes.containsKey(row.getKey()));
      rates.put(point, shown);
      notes.merge(point, note, (one, other) -> one + ", " + other);
    }
  }

  private int nearest(double rate) {
    int nearest = 0;
    for (int i = 1; i < points.size(); i++) {
      nearest = distance(i, rate) < distance(nearest, rate) ? i : nearest;
    }
    return nearest;
  }

  private double distance(int point, double rate) {
    return Math.abs(Math.log(points.get(point).rate() / rate));
  }

  void print() {
    // Bars are as long as losses before they broke out; those after may be of any size.
    double whole =
        points.subList(0, (points.size() + 1) / 2).stream()
            .mapToDouble(Point::smoothed)
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    Table table = new Table(">rate", ">loss", "", "");
    rates.forEach((index, rate) -> {
      Point point = points.get(index);
      boolean finite = Double.isFinite(point.smoothed());
      double part = finite && whole > 0 ? Math.clamp(point.smoothed() / whole, 0, 1) : 1;
      String note = notes.getOrDefault(index, "");
      table.row(
          rate,
          Digits.significant(finite ? point.smoothed() : point.loss(), 4),
          terminal.bar(part, BAR) + (!finite || point.smoothed() > 1.05 * whole ? "→" : ""),
          note);
    });
    table.print(terminal);
  }
}
