package ijen.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Many things with several properties each: an upright axis for every property, the number by
/// which they are judged on the last one, and a line through all axes for each thing. Lines are
/// coloured by rank and the best lie on top, so that one sees which values good ones share.
///
/// Where a thing lacks a property, its line passes below that axis.
///
/// **Source:** Inselberg, "The plane with parallel coordinates", The Visual Computer 1, 1985.
///
/// **Units:** width and height in pixels of 1/96 inch.
///
/// @param axes one for each property
/// @param measure what things are judged by
/// @param high whether higher values of it are better
/// @param grey what a line without a value is called: `pruned`
public record ParallelCoordinates(
    String title,
    String description,
    List<Axis> axes,
    Axis measure,
    boolean high,
    List<Line> lines,
    String grey,
    double width,
    double height)
    implements Figure {
  private static final double LEAST_SLOT = 60;
  private static final double USUAL_SLOT = 118;

  public ParallelCoordinates {
    axes = List.copyOf(axes);
    lines = List.copyOf(lines);
    if (axes.isEmpty()) {
      throw new IllegalArgumentException(
          "parallel coordinates '%s': expected one axis or more besides '%s', got none"
              .formatted(title, measure.title()));
    }
    for (Line line : lines) {
      if (line.places().size() != axes.size()) {
        throw new IllegalArgumentException(
            "parallel coordinates '%s': line '%s' has %s places, expected one on each of %s axes"
                .formatted(title, line.name(), line.places().size(), axes.size()));
      }
    }
    if (!(width >= LEAST_SLOT * (axes.size() + 2) && height >= 200)) {
      throw new IllegalArgumentException(
          "parallel coordinates '%s': expected at least %s × 200 pixels for %s axes, got %s × %s"
              .formatted(title, LEAST_SLOT * (axes.size() + 2), axes.size() + 1, width, height));
    }
  }

  /// A thing.
  ///
  /// @param name what it is called
  /// @param places where its line meets the axis of each property; NaN where it has none
  /// @param value what it is judged by; NaN if it came to none
  public record Line(String name, List<Double> places, double value) {
    public Line {
      places = List.copyOf(places);
    }
  }

  /// A figure of the usual size, described by its best line.
  public static ParallelCoordinates of(
      String title, List<Axis> axes, Axis measure, boolean high, List<Line> lines) {
    List<String> names = Stream.concat(axes.stream(), Stream.of(measure)).map(Axis::title).toList();
    StringBuilder text = new StringBuilder("Parallel coordinates of ");
    text.append(Digits.count(lines.size())).append(lines.size() == 1 ? " line" : " lines");
    text.append(" over ").append(String.join(", ", names)).append('.');
    int best = new Ranks(lines.stream().map(Line::value).toList(), high).best();
    if (best >= 0) {
      Line line = lines.get(best);
      text.append(" The best, ").append(line.name()).append(": ");
      for (int i = 0; i < axes.size() && i < line.places().size(); i++) {
        text.append(axes.get(i).title()).append(' ');
        text.append(place(axes.get(i), line.places().get(i))).append(", ");
      }
      text.append(measure.title()).append(' ').append(Digits.brief(line.value(), 4)).append('.');
    }
    double width = Math.max(640, USUAL_SLOT * (axes.size() + 1));
    return new ParallelCoordinates(
        title, text.toString(), axes, measure, high, lines, "without a value", width, 400);
  }

  private static String place(Axis axis, double place) {
    if (Double.isNaN(place)) {
      return "none";
    }
    boolean named = !axis.names().isEmpty() && place >= 0 && place < axis.names().size();
    return named ? axis.names().get((int) place) : Digits.brief(place, 4);
  }

  public ParallelCoordinates withSize(double width, double height) {
    return new ParallelCoordinates(
        title, description, axes, measure, high, lines, grey, width, height);
  }

  public ParallelCoordinates withDescription(String description) {
    return new ParallelCoordinates(
        title, description, axes, measure, high, lines, grey, width, height);
  }

  /// With a word for lines without a value.
  public ParallelCoordinates withGrey(String grey) {
    return new ParallelCoordinates(
        title, description, axes, measure, high, lines, grey, width, height);
  }

  @Override
  public Drawing draw() {
    return new ParallelLayout(this).draw();
  }

  /// Where a line meets an axis; the last one is that of the measure.
  List<Double> along(int axis) {
    List<Double> places = new ArrayList<>();
    for (Line line : lines) {
      places.add(axis < axes.size() ? line.places().get(axis) : line.value());
    }
    return places;
  }
}
