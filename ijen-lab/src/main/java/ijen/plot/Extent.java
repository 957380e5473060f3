package ijen.plot;

/// An upright rectangle on a drawing, from its left upper to its right lower corner.
public record Extent(double left, double top, double right, double bottom) {
  /// Whether the two share more than an edge.
  public boolean overlaps(Extent other) {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }

  /// Whether `other` lies inside this one, edges included.
  public boolean contains(Extent other) {
    return left <= other.left && top <= other.top && right >= other.right && bottom >= other.bottom;
  }

  public double width() {
    return right - left;
  }

  public double height() {
    return bottom - top;
  }
}
