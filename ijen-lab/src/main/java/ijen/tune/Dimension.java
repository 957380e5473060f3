package ijen.tune;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One hyper-parameter: its name, its values, and how they are spread.
///
/// Values are texts, as in a file or on a command line: `relu`, `64`, `0.001`. A number's text is
/// that of [Long#toString] or [Double#toString], which reads back as the same number.
///
/// ```java
/// Dimension.choice("optimizer", "sgd", "adam")
/// Dimension.whole("units", 16, 512).inLog()
/// Dimension.real("rate", 1e-5, 1e-1).inLog()
/// Dimension.real("momentum", 0, 0.99).when("optimizer", "sgd")
/// ```
public sealed interface Dimension permits Choice, Whole, Real {
  /// What it is called.
  String name();

  /// When it has a value; always if empty.
  Optional<Condition> condition();

  /// How many values there are; empty if they are continuous.
  OptionalLong count();

  /// One of countably many values, from 0.
  ///
  /// @throws IllegalArgumentException if the values are continuous
  /// @throws IndexOutOfBoundsException if there are not so many
  String value(long index);

  /// The value at a part u of the way, such that values have their intended distribution where u is
  /// spread evenly: each choice the same share, and numbers evenly or evenly in their logarithm.
  ///
  /// @param u in [0, 1)
  String at(double u);

  /// Where a value lies: the middle of all u in [0, 1] for which [#at] gives it.
  double position(String value);

  /// Refuses what is not one of its values.
  ///
  /// @throws IllegalArgumentException that says what was expected
  void check(String value);

  /// Only where another dimension, earlier in the space, has one of `values`.
  Dimension when(String dimension, Object... values);

  /// One of some values, of any kind, by their texts; none is nearer to another.
  static Choice choice(String name, Object... values) {
    return new Choice(name, texts(values), Optional.empty());
  }

  /// A whole number from `low` to `high`, both included.
  static Whole whole(String name, long low, long high) {
    return new Whole(name, low, high, 1, false, Optional.empty());
  }

  /// A number from `low` to `high`.
  static Real real(String name, double low, double high) {
    return new Real(name, low, high, 0, false, Optional.empty());
  }

  /// The condition that [#when] is about.
  static Optional<Condition> condition(String dimension, Object... values) {
    return Optional.of(new Condition(dimension, texts(values)));
  }

  private static List<String> texts(Object... values) {
    return Arrays.stream(values).map(String::valueOf).toList();
  }
}
