package ijen.plot;

import java.util.ArrayList;
import java.util.List;

/// The area between two axes: from numbers to places, and what of a line can be seen.
record Plane(Extent area, Axis xAxis, Axis yAxis, Ticks xTicks, Ticks yTicks) {
  double x(double value) {
    return area.left() + xAxis.part(value, xTicks) * area.width();
  }

  double y(double value) {
    return area.bottom() - yAxis.part(value, yTicks) * area.height();
  }

  Spot spot(Point point) {
    return new Spot(x(point.x()), y(point.y()));
  }

  /// The place of a number pair, moved to the nearest edge when it lies outside. What has no place
  /// on the axis at all, such as 0 on a logarithmic one, goes to the edge on its side.
  Spot clamped(double x, double y) {
    double top = area.top();
    double bottom = area.bottom();
    double py = yAxis.takes(y) ? y(y) : y > 0 ? top : bottom;
    return new Spot(Math.clamp(x(x), area.left(), area.right()), Math.clamp(py, top, bottom));
  }

  boolean shows(Spot spot) {
    double slack = 1e-6;
    return spot.x() >= area.left() - slack
        && spot.x() <= area.right() + slack
        && spot.y() >= area.top() - slack
        && spot.y() <= area.bottom() + slack;
  }

  /// The points in stretches without gaps: those that have a place on both axes.
  List<List<Point>> stretches(List<Point> points) {
    List<List<Point>> stretches = new ArrayList<>();
    boolean open = false;
    for (Point point : points) {
      if (xAxis.takes(point.x()) && yAxis.takes(point.y())) {
        if (!open) {
          stretches.add(new ArrayList<>());
        }
        stretches.getLast().add(point);
        open = true;
      } else {
        open = false;
      }
    }
    return stretches;
  }

  /// At most four points a pixel column: the first, the lowest, the highest and the last of it. The
  /// line looks the same and the file stays small, however many steps were recorded.
  List<Spot> thin(List<Spot> spots) {
    if (spots.size() <= 4 * area.width()) {
      return spots;
    }
    List<Spot> thinned = new ArrayList<>();
    int start = 0;
    while (start < spots.size()) {
      long column = (long) Math.floor(spots.get(start).x());
      int end = start;
      int low = start;
      int high = start;
      while (end < spots.size() && (long) Math.floor(spots.get(end).x()) == column) {
        low = spots.get(end).y() < spots.get(low).y() ? end : low;
        high = spots.get(end).y() > spots.get(high).y() ? end : high;
        end++;
      }
      List.of(start, Math.min(low, high), Math.max(low, high), end - 1).stream()
          .distinct()
          .forEach(i -> thinned.add(spots.get(i)));
      start = end;
    }
    return thinned;
  }

  /// The pieces of a line that lie inside the area.
  List<List<Spot>> clip(List<Spot> spots) {
    List<List<Spot>> pieces = new ArrayList<>();
    boolean open = false;
    for (int i = 1; i < spots.size(); i++) {
      Spot a = spots.get(i - 1);
      Spot b = spots.get(i);
      double[] part = visiblePart(a, b);
      if (part.length == 0) {
        open = false;
        continue;
      }
      if (!open || part[0] > 0) {
        pieces.add(new ArrayList<>());
        pieces.getLast().add(between(a, b, part[0]));
      }
      pieces.getLast().add(between(a, b, part[1]));
      open = part[1] == 1;
    }
    return pieces;
  }

  /// From where to where, 0 at `a` and 1 at `b`, the segment is inside; empty when nowhere.
  ///
  /// **Source:** Liang and Barsky, "A new concept and method for line clipping", ACM Transactions
  /// on Graphics 3, 1984.
  private double[] visiblePart(Spot a, Spot b) {
    double dx = b.x() - a.x();
    double dy = b.y() - a.y();
    double[] direction = {-dx, dx, -dy, dy};
    double slack = 1e-6; // a line along the edge is inside
    double[] room = {
      a.x() - area.left() + slack,
      area.right() - a.x() + slack,
      a.y() - area.top() + slack,
      area.bottom() - a.y() + slack
    };
    double enter = 0;
    double leave = 1;
    for (int edge = 0; edge < 4; edge++) {
      if (direction[edge] == 0) {
        if (room[edge] < 0) {
          return new double[0];
        }
      } else if (direction[edge] < 0) {
        enter = Math.max(enter, room[edge] / direction[edge]);
      } else {
        leave = Math.min(leave, room[edge] / direction[edge]);
      }
    }
    return enter > leave ? new double[0] : new double[] {enter, leave};
  }

  private static Spot between(Spot a, Spot b, double part) {
    if (part == 0 || part == 1) {
      return part == 0 ? a : b;
    }
    return new Spot(a.x() + part * (b.x() - a.x()), a.y() + part * (b.y() - a.y()));
  }
}
