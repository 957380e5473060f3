package ijen.tune;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// What is searched: an ordered list of dimensions.
///
/// A dimension may depend on those before it: it has a value only where its condition holds, and
/// configurations that differ in nothing else are one.
///
/// @param dimensions with names that differ; what a condition names comes before what it is about
public record Space(List<Dimension> dimensions) {
  public Space {
    dimensions = List.copyOf(dimensions);
    if (dimensions.isEmpty()) {
      throw new IllegalArgumentException("space: expected one dimension or more, got none");
    }
    Map<String, Dimension> before = new LinkedHashMap<>();
    for (Dimension dimension : dimensions) {
      dimension.condition().ifPresent(condition -> check(dimension, condition, before));
      if (before.put(dimension.name(), dimension) != null) {
        throw new IllegalArgumentException(
            "space: expected names that differ, got '" + dimension.name() + "' twice");
      }
    }
  }

  private static void check(Dimension it, Condition condition, Map<String, Dimension> before) {
    Dimension other = before.get(condition.dimension());
    if (other == null || other instanceof Real) {
      throw new IllegalArgumentException(
          "'%s' when '%s': expected a choice or whole number before it, got %s"
              .formatted(
                  it.name(),
                  condition.dimension(),
                  other == null ? "none of that name among " + before.keySet() : "a real number"));
    }
    for (String value : condition.values()) {
      try {
        other.check(value);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("'" + it.name() + "' when " + e.getMessage(), e);
      }
    }
  }

  /// A space of these dimensions.
  public static Space of(Dimension... dimensions) {
    return new Space(Arrays.asList(dimensions));
  }

  /// The names, in order.
  public List<String> names() {
    return dimensions.stream().map(Dimension::name).toList();
  }

  /// What gives a dimension its value.
  @FunctionalInterface
  interface Chooser {
    /// The value of a dimension.
    ///
    /// @param index its place in the space
    String choose(int index, Dimension dimension);
  }

  /// The configuration for which `chooser` is asked, in order, for the value of each dimension that
  /// has one.
  Configuration fill(Chooser chooser) {
    Map<String, String> chosen = new LinkedHashMap<>();
    for (int i = 0; i < dimensions.size(); i++) {
      Dimension dimension = dimensions.get(i);
      if (isActive(dimension, chosen)) {
        chosen.put(dimension.name(), chooser.choose(i, dimension));
      }
    }
    return new Configuration(chosen);
  }

  /// The configuration in which each dimension lies at a part of its way, as in [Dimension#at].
  public Configuration at(ToDoubleFunction<Dimension> parts) {
    return fill((index, dimension) -> dimension.at(parts.applyAsDouble(dimension)));
  }

  private static boolean isActive(Dimension dimension, Map<String, String> chosen) {
    return dimension.condition().map(condition -> condition.holds(chosen)).orElse(true);
  }

  /// Refuses what is not a configuration of this space.
  ///
  /// @throws IllegalArgumentException that names the dimension and says what was expected
  public void check(Configuration configuration) {
    Configuration expected =
        fill((index, dimension) -> {
          if (!configuration.has(dimension.name())) {
            throw new IllegalArgumentException(
                "configuration {%s}: expected a value for '%s', got none"
                    .formatted(configuration, dimension.name()));
          }
          String value = configuration.text(dimension.name());
          dimension.check(value);
          return value;
        });
    Set<String> more = new TreeSet<>(configuration.values().keySet());
    more.removeAll(expected.values().keySet());
    if (!more.isEmpty()) {
      throw new IllegalArgumentException(
          "configuration {%s}: expected values for %s only, got some for %s"
              .formatted(configuration, expected.values().keySet(), more));
    }
  }

  /// How many configurations there are; empty if a dimension is continuous. [Long#MAX_VALUE] stands
  /// for that many or more.
  public OptionalLong size() {
    return dimensions.stream().allMatch(dimension -> dimension.count().isPresent())
        ? OptionalLong.of(count(0, new HashMap<>()))
        : OptionalLong.empty();
  }

  /// One of countably many configurations, from 0; the last dimension changes fastest.
  ///
  /// @throws IllegalArgumentException if a dimension is continuous
  /// @throws IndexOutOfBoundsException if there are not so many
  public Configuration configuration(long index) {
    long size =
        size()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "space: expected dimensions with values that can be counted, got "
                        + dimensions));
    Objects.checkIndex(index, size);
    Map<String, String> chosen = new LinkedHashMap<>();
    long rest = index;
    for (int i = 0; i < dimensions.size(); i++) {
      Dimension dimension = dimensions.get(i);
      if (isActive(dimension, chosen)) {
        rest = choose(i, rest, chosen);
      }
    }
    return new Configuration(chosen);
  }

  /// Chooses the value of dimension i such that configuration `index` of those still open has it,
  /// and gives that configuration's place among those with the value.
  private long choose(int i, long index, Map<String, String> chosen) {
    Dimension dimension = dimensions.get(i);
    Set<String> decisive = decisive(dimension.name());
    if (decisive.isEmpty()) {
      long each = count(i + 1, chosen);
      chosen.put(dimension.name(), dimension.value(index / each));
      return index % each;
    }
    Map<String, Long> counts = new HashMap<>(); // by decisive value; all others are alike
    long rest = index;
    for (long v = 0; ; v++) {
      String value = dimension.value(v);
      chosen.put(dimension.name(), value);
      String kind = decisive.contains(value) ? "=" + value : "";
      long each = counts.computeIfAbsent(kind, key -> count(i + 1, chosen));
      if (rest < each) {
        return rest;
      }
      rest -= each;
    }
  }

  /// How many ways there are to go on from dimension i. Only values that a condition names need to
  /// be told apart.
  private long count(int i, Map<String, String> before) {
    if (i == dimensions.size()) {
      return 1;
    }
    Dimension dimension = dimensions.get(i);
    if (!isActive(dimension, before)) {
      return count(i + 1, before);
    }
    Set<String> decisive = decisive(dimension.name());
    Map<String, String> chosen = new HashMap<>(before);
    long sum = 0;
    for (String value : decisive) {
      chosen.put(dimension.name(), value);
      sum = plus(sum, count(i + 1, chosen));
    }
    chosen.remove(dimension.name()); // no condition on it holds
    long others = dimension.count().getAsLong() - decisive.size();
    return others == 0 ? sum : plus(sum, times(others, count(i + 1, chosen)));
  }

  private Set<String> decisive(String name) {
    return dimensions.stream()
        .flatMap(dimension -> dimension.condition().stream())
        .filter(condition -> condition.dimension().equals(name))
        .flatMap(condition -> condition.values().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static long plus(long a, long b) {
    long sum = a + b; // both are 0 or more
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private static long times(long a, long b) {
    return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
  }
}
