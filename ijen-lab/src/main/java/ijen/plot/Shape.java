package ijen.plot;

import java.util.ArrayList;
import java.util.List;

/// The form of a sign: filled, or drawn with a line of [#THICKNESS].
///
/// Forms are scaled so that all look equally heavy.
public enum Shape {
  CIRCLE,
  SQUARE,
  TRIANGLE,
  DIAMOND,
  RING,
  WEDGE,
  FRAME,
  PLUS,
  LOZENGE,
  STAR,

  /// Where a value cannot be drawn: never the sign of a series.
  CROSS;

  /// The thickness of the lines of a drawn form, as a part of the sign's size.
  static final double THICKNESS = 0.25;

  /// Whether the form is filled; else it is drawn with a line.
  boolean isFilled() {
    return switch (this) {
      case CIRCLE, SQUARE, TRIANGLE, DIAMOND, WEDGE -> true;
      case RING, FRAME, LOZENGE, PLUS, STAR, CROSS -> false;
    };
  }

  /// Whether this is a circle around the point, of the sign's size.
  boolean isRound() {
    return this == CIRCLE || this == RING;
  }

  /// Whether the paths return to their beginning.
  boolean isClosed() {
    return this != PLUS && this != STAR && this != CROSS;
  }

  /// The paths of the form around a centre; none for a round one.
  List<List<Spot>> paths(Spot centre, double size) {
    return switch (this) {
      case CIRCLE, RING -> List.of();
      case SQUARE -> polygon(centre, 0.63 * size, 45, 135, 225, 315);
      case FRAME -> polygon(centre, 0.57 * size, 45, 135, 225, 315);
      case DIAMOND -> polygon(centre, 0.63 * size, 0, 90, 180, 270);
      case LOZENGE -> polygon(centre, 0.52 * size, 0, 90, 180, 270);
      case TRIANGLE -> polygon(centre, 0.63 * size, 30, 150, 270);
      case WEDGE -> polygon(centre, 0.63 * size, 90, 210, 330);
      case PLUS -> strokes(centre, 0.55 * size, 0, 90);
      case STAR -> strokes(centre, 0.55 * size, 30, 90, 150);
      case CROSS -> strokes(centre, 0.7 * size, 45, 135);
    };
  }

  private static List<List<Spot>> polygon(Spot centre, double radius, double... degrees) {
    List<Spot> corners = new ArrayList<>();
    for (double degree : degrees) {
      corners.add(around(centre, radius, degree));
    }
    return List.of(corners);
  }

  private static List<List<Spot>> strokes(Spot centre, double radius, double... degrees) {
    List<List<Spot>> strokes = new ArrayList<>();
    for (double degree : degrees) {
      strokes.add(List.of(around(centre, radius, degree + 180), around(centre, radius, degree)));
    }
    return strokes;
  }

  private static Spot around(Spot centre, double radius, double degree) {
    double angle = StrictMath.toRadians(degree);
    return new Spot(
        centre.x() + radius * StrictMath.cos(angle), centre.y() + radius * StrictMath.sin(angle));
  }
}
