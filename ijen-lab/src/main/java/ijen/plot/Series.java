package ijen.plot;

import java.util.ArrayList;
import java.util.List;

/// A named sequence of points, drawn as one line.
///
/// Values that are not finite interrupt the line; the chart marks with a cross where they begin.
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

  /// The mean of several runs at x = 1, 2, 3, …, with a band of one standard deviation (that of a
  /// sample, n − 1) on either side.
  ///
  /// Where one run is not finite the mean is not either: leaving such a run out would make the
  /// others look better than they are together. For the same reason the mean ends with the shortest
  /// run.
  public static Series ofSeeds(String name, List<double[]> runs) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException(
          "series '%s': expected the values of one run or more, got none".formatted(name));
    }
    int length = runs.stream().mapToInt(run -> run.length).min().orElseThrow();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      double sum = 0;
      for (double[] run : runs) {
        sum += run[i];
      }
      double mean = sum / runs.size();
      double squares = 0;
      for (double[] run : runs) {
        squares += (run[i] - mean) * (run[i] - mean);
      }
      double deviation = runs.size() < 2 ? 0 : Math.sqrt(squares / (runs.size() - 1));
      points.add(new Point(i + 1, mean, mean - deviation, mean + deviation));
    }
    return new Series(name, points);
  }
}
