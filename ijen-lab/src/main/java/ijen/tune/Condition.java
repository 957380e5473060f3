package ijen.tune;

import java.util.List;
import java.util.Map;

/// That another dimension has one of some values: a dimension with this condition has a value only
/// then.
///
/// @param dimension the other dimension, a [Choice] or a [Whole] earlier in the space
/// @param values one of these it must have
public record Condition(String dimension, List<String> values) {
  public Condition {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "when '" + dimension + "': expected one value or more, got none");
    }
    values = List.copyOf(values);
  }

  /// Whether it holds where the dimensions so far have `chosen` values; it does not where the other
  /// dimension has none.
  boolean holds(Map<String, String> chosen) {
    String value = chosen.get(dimension);
    return value != null && values.contains(value);
  }
}
