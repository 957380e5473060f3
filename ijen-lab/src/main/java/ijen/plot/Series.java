package ijen.plot;

import java.util.List;

/// A named sequence of points, drawn as one line.
///
/// Values that are not finite interrupt the line; the chart marks their places with a cross.
public record Series(String name, List<Point> points) {
  public Series {
    points = List.copyOf(points);
  }

  /// Values at x = 1, 2, 3, …, as of epochs.
  public static Series ofValues(String name, double... values) {
    Point[] points = new Point[values.length];
    for (int i = 0; i < values.length; i++) {
      points[i] = Point.of(i + 1, values[i]);
    }
    return new Series(name, List.of(points));
  }
}
