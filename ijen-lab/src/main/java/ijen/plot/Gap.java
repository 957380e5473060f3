package ijen.plot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where values begin that have no place on the upright axis, and the last place before.
record Gap(@Nullable Spot from, Spot at) {
  /// The gaps of a series. Values too large lie at the upper edge, values too small at the lower
  /// one; what is no number stays at the height before it.
  static List<Gap> of(Series series, Plane plane) {
    List<Gap> gaps = new ArrayList<>();
    Spot before = null;
    boolean open = false;
    for (Point point : series.points()) {
      if (!plane.xAxis().takes(point.x())) {
        continue;
      }
      boolean placed = plane.yAxis().takes(point.y());
      if (placed) {
        before = plane.clamped(point.x(), point.y());
      } else if (!open) {
        boolean number = !Double.isNaN(point.y());
        Spot edge = plane.clamped(point.x(), number ? point.y() : Double.POSITIVE_INFINITY);
        gaps.add(new Gap(before, number || before == null ? edge : new Spot(edge.x(), before.y())));
      }
      open = !placed;
    }
    return gaps;
  }
}
