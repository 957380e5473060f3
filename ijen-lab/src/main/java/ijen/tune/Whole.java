package ijen.tune;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// A whole number: `low`, `low + step`, … up to `high`, evenly spread or evenly in its logarithm.
///
/// In the logarithm a number v has the share of the range from v − ½ to v + ½.
///
/// **Range:** ±2⁵³, so that a double holds every value.
///
/// @param name what it is called
/// @param low the least
/// @param high not below `low`; the largest value may be less, where steps do not end there
/// @param step 1 or more; 1 in the logarithm
/// @param log whether the logarithm is evenly spread; `low` is 1 or more then
/// @param condition when it has a value
public record Whole(
    String name, long low, long high, long step, boolean log, Optional<Condition> condition)
    implements Dimension {
  private static final long MOST = 1L << 53;

  public Whole {
    if (low > high || low < -MOST || high > MOST) {
      throw new IllegalArgumentException(
          "whole '%s': expected bounds within ±2^53, the lower not above the upper, got %d to %d"
              .formatted(name, low, high));
    }
    if (step < 1 || (log && step != 1)) {
      throw new IllegalArgumentException(
          "whole '%s': expected a step of %s, got %d"
              .formatted(name, log ? "1 in the logarithm" : "1 or more", step));
    }
    if (log && low < 1) {
      throw new IllegalArgumentException(
          "whole '%s': expected numbers of 1 or more in the logarithm, got %d to %d"
              .formatted(name, low, high));
    }
  }

  /// In steps of `step` from `low` on.
  public Whole inSteps(long step) {
    return new Whole(name, low, high, step, log, condition);
  }

  /// With its logarithm evenly spread.
  public Whole inLog() {
    return new Whole(name, low, high, step, true, condition);
  }

  @Override
  public Whole when(String dimension, Object... values) {
    return new Whole(name, low, high, step, log, Dimension.condition(dimension, values));
  }

  @Override
  public OptionalLong count() {
    return OptionalLong.of((high - low) / step + 1);
  }

  @Override
  public String value(long index) {
    Objects.checkIndex(index, count().getAsLong());
    return Long.toString(low + index * step);
  }

  @Override
  public String at(double u) {
    return Axis.of(this).at(u);
  }

  @Override
  public double position(String value) {
    return Axis.of(this).position(value);
  }

  @Override
  public void check(String value) {
    if (!isValue(value)) {
      throw new IllegalArgumentException(
          "whole '%s': expected a whole number from %d to %d%s, got '%s'"
              .formatted(name, low, high, step == 1 ? "" : " in steps of " + step, value));
    }
  }

  private boolean isValue(String value) {
    try {
      long number = Long.parseLong(value);
      return number >= low
          && number <= high
          && (number - low) % step == 0
          && Long.toString(number).equals(value);
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
