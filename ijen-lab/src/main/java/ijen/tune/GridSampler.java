package ijen.tune;

import java.util.OptionalLong;

/// Grid search: all configurations, one after the other, the last dimension changing fastest.
///
/// Dimensions without a value cost nothing: configurations that would differ only there are one.
///
/// @param points how many points a continuous dimension has, evenly from its lowest to its highest
///   value, or evenly in the logarithm; 2 or more, or 0 to refuse spaces with such dimensions
public record GridSampler(int points) implements Sampler {
  public GridSampler {
    if (points < 0 || points == 1) {
      throw new IllegalArgumentException(
          "grid: expected 2 or more points for a continuous dimension, or 0, got " + points);
    }
  }

  /// For spaces without continuous dimensions.
  public static GridSampler of() {
    return new GridSampler(0);
  }

  /// With so many points for each continuous dimension.
  public GridSampler withPoints(int points) {
    return new GridSampler(points);
  }

  /// How many configurations the grid has; [Long#MAX_VALUE] stands for that many or more.
  ///
  /// @throws IllegalArgumentException if a dimension is continuous and there are no points for it
  public long size(Space space) {
    OptionalLong size = grid(space).size();
    return size.orElseThrow(() ->
        new IllegalArgumentException(
            "grid: %s is continuous: expected a number of points for it, or a step"
                .formatted(
                    space.dimensions().stream()
                        .filter(dimension -> dimension.count().isEmpty())
                        .map(dimension -> "'" + dimension.name() + "'")
                        .toList())));
  }

  private Space grid(Space space) {
    return points == 0
        ? space
        : new Space(space.dimensions().stream().map(this::countable).toList());
  }

  private Dimension countable(Dimension dimension) {
    return dimension instanceof Real real && real.step() == 0 ? real.grid(points) : dimension;
  }

  @Override
  public Configuration suggest(Space space, int number, History history) {
    return grid(space).configuration(number);
  }

  @Override
  public boolean needsHistory() {
    return false;
  }

  @Override
  public OptionalLong count(Space space) {
    return OptionalLong.of(size(space));
  }

  @Override
  public void check(Space space, int trials) {
    long size = size(space);
    if (trials > size) {
      throw new IllegalArgumentException(
          "grid: expected at most %d trials, as many as there are configurations, got %d"
              .formatted(size, trials));
    }
  }
}
