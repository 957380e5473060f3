package ijen.tune;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One of some values, none nearer to another.
///
/// @param name what it is called
/// @param values one or more, all different
/// @param condition when it has a value
public record Choice(String name, List<String> values, Optional<Condition> condition)
    implements Dimension {
  public Choice {
    values = List.copyOf(values);
    if (values.isEmpty() || new HashSet<>(values).size() < values.size()) {
      throw new IllegalArgumentException(
          "choice '" + name + "': expected one value or more, all different, got " + values);
    }
  }

  @Override
  public Choice when(String dimension, Object... values) {
    return new Choice(name, this.values, Dimension.condition(dimension, values));
  }

  @Override
  public OptionalLong count() {
    return OptionalLong.of(values.size());
  }

  @Override
  public String value(long index) {
    return values.get(Math.toIntExact(index));
  }

  @Override
  public String at(double u) {
    return values.get((int) (u * values.size()));
  }

  @Override
  public double position(String value) {
    check(value);
    return (values.indexOf(value) + 0.5) / values.size();
  }

  @Override
  public void check(String value) {
    if (!values.contains(value)) {
      throw new IllegalArgumentException(
          "choice '" + name + "': expected one of " + values + ", got '" + value + "'");
    }
  }
}
