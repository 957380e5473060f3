package ijen.plot;

/// A value `y` at a place `x`, with the band `low`–`high` it stands for, such as a mean's interval.
public record Point(double x, double y, double low, double high) {
  /// A value without a band.
  public static Point of(double x, double y) {
    return new Point(x, y, y, y);
  }

  /// Whether there is a band to draw.
  boolean hasBand() {
    return low < high;
  }
}
