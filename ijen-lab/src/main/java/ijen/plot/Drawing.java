package ijen.plot;

import java.util.List;

/// A figure laid out: marks at their places, the first drawn first.
///
/// `title` and `description` are what a screen reader says in place of the picture.
///
/// **Units:** pixels of 1/96 inch, x to the right, y downwards.
public record Drawing(
    double width, double height, String title, String description, List<Mark> marks) {
  /// The ground that a figure in a file of its own stands on reaches this far around it.
  static final double MARGIN = 16;

  public Drawing {
    if (!(width > 0 && height > 0)) {
      throw new IllegalArgumentException(
          "drawing '%s': expected a positive size, got %s × %s".formatted(title, width, height));
    }
    marks = List.copyOf(marks);
  }

  /// The texts among the marks.
  public List<Mark.Label> labels() {
    return marks.stream().filter(Mark.Label.class::isInstance).map(Mark.Label.class::cast).toList();
  }
}
