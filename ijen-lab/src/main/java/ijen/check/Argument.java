package ijen.check;

import ijen.graph.Form;
import ijen.graph.Shape;
import ijen.random.RandomStream;
import java.util.function.LongToDoubleFunction;

/// An input of an op under check: its form, and what numbers it takes.
///
/// @param form shape, and whether each sample has a value of its own
/// @param kind how its numbers are drawn
/// @param from the least number; of classes 0
/// @param to the greatest number; of classes how many there are
public record Argument(Form form, Kind kind, double from, double to) {
  /// How numbers are drawn.
  public enum Kind {
    /// From the standard normal distribution.
    NORMAL,
    /// Evenly from an interval.
    UNIFORM,
    /// Whole numbers of classes.
    CLASSES
  }

  public Argument {
    if (kind != Kind.NORMAL && !(from < to)) {
      throw new IllegalArgumentException(
          "argument: expected a range whose end is above its beginning, got " + from + " to " + to);
    }
  }

  /// A value for each sample, of normal numbers.
  public static Argument of(int... shape) {
    return new Argument(Form.batched(Shape.of(shape)), Kind.NORMAL, 0, 0);
  }

  /// A value that all samples share, of normal numbers: a weight.
  public static Argument shared(int... shape) {
    return new Argument(Form.shared(Shape.of(shape)), Kind.NORMAL, 0, 0);
  }

  /// For each sample the number of a class, one of `count`.
  public static Argument classes(int count, int... shape) {
    return new Argument(Form.batched(Shape.of(shape)), Kind.CLASSES, 0, count);
  }

  /// The same with numbers between `from` and `to` only: for an op that is not defined elsewhere.
  public Argument within(double from, double to) {
    return new Argument(form, Kind.UNIFORM, from, to);
  }

  /// Number `i` of those drawn from `random`.
  LongToDoubleFunction drawn(RandomStream random) {
    return switch (kind) {
      case NORMAL -> random::normal;
      case UNIFORM -> i -> from + (to - from) * random.uniform(i);
      case CLASSES -> i -> random.below(i, (int) to);
    };
  }
}
