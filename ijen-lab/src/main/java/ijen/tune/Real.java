package ijen.tune;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// A number between two others, evenly spread or evenly in its logarithm; with a step, one of
/// `low`, `low + step`, … up to `high`, reckoned in decimal, so that 0 in steps of 0.1 leads to
/// 0.3.
///
/// @param name what it is called
/// @param low the least, finite
/// @param high above `low`, finite
/// @param step above 0, or 0 for all numbers in between
/// @param log whether the logarithm is evenly spread; `low` is above 0 and `step` 0 then
/// @param condition when it has a value
public record Real(
    String name, double low, double high, double step, boolean log, Optional<Condition> condition)
    implements Dimension {
  private static final long MOST = 1L << 53;

  public Real {
    if (!(low < high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException(
          "real '%s': expected finite bounds, the lower below the upper, got %s to %s"
              .formatted(name, low, high));
    }
    if (!(step >= 0 && step <= high - low) || (step > 0 && (high - low) / step > MOST)) {
      throw new IllegalArgumentException(
          "real '%s': expected a step above 0 that fits between %s and %s, or 0 for none, got %s"
              .formatted(name, low, high, step));
    }
    if (log && (low <= 0 || step > 0)) {
      throw new IllegalArgumentException(
          "real '%s': expected numbers above 0 without a step in the logarithm, got %s to %s, step"
                  .formatted(name, low, high)
              + " "
              + step);
    }
  }

  /// In steps of `step` from `low` on.
  public Real inSteps(double step) {
    return new Real(name, low, high, step, log, condition);
  }

  /// With its logarithm evenly spread.
  public Real inLog() {
    return new Real(name, low, high, step, true, condition);
  }

  @Override
  public Real when(String dimension, Object... values) {
    return new Real(name, low, high, step, log, Dimension.condition(dimension, values));
  }

  /// Some of its values as a choice: all if it has a step, otherwise `points` from `low` to `high`,
  /// evenly, or evenly in the logarithm.
  Choice grid(int points) {
    Object[] values = new Object[Math.toIntExact(count().orElse(points))];
    for (int i = 0; i < values.length; i++) {
      values[i] = step > 0 ? value(i) : Axis.of(this).between((double) i / (points - 1));
    }
    return new Choice(name, Dimension.choice(name, values).values(), condition);
  }

  @Override
  public OptionalLong count() {
    return step > 0 ? OptionalLong.of(steps(high) + 1) : OptionalLong.empty();
  }

  @Override
  public String value(long index) {
    long count =
        count()
            .orElseThrow(
                () -> new IllegalArgumentException("real '" + name + "': it has no step to count"));
    Objects.checkIndex(index, count);
    return Double.toString(number(index));
  }

  private double number(long index) {
    return decimal(step).multiply(BigDecimal.valueOf(index)).add(decimal(low)).doubleValue();
  }

  /// How many whole steps lie between `low` and `number`.
  private long steps(double number) {
    return decimal(number)
        .subtract(decimal(low))
        .divide(decimal(step), 0, RoundingMode.FLOOR)
        .longValueExact();
  }

  private static BigDecimal decimal(double number) {
    return new BigDecimal(Double.toString(number));
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
          "real '%s': expected a number from %s to %s%s, got '%s'"
              .formatted(name, low, high, step == 0 ? "" : " in steps of " + step, value));
    }
  }

  private boolean isValue(String value) {
    try {
      double number = Double.parseDouble(value);
      return number >= low
          && number <= high
          && Double.toString(number).equals(value)
          && (step == 0 || number(steps(number)) == number);
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
