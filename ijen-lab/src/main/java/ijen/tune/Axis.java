package ijen.tune;

import java.util.OptionalLong;

/// A numeric dimension as a line on which its values are evenly spread.
///
/// A point of it is the number itself or its logarithm. Where values are countable, each is a bin
/// that reaches half a step to both sides, and the line reaches half a step beyond the outermost.
///
/// @param dimension whose values they are
/// @param log whether points are logarithms
/// @param start the least value
/// @param step between two values; 0 if they are continuous
/// @param low where the line begins
/// @param high where it ends
record Axis(Dimension dimension, boolean log, double start, double step, double low, double high) {

  static Axis of(Whole whole) {
    return of(
        whole, whole.log(), (double) whole.low(), (double) whole.high(), (double) whole.step());
  }

  static Axis of(Real real) {
    return of(real, real.log(), real.low(), real.high(), real.step());
  }

  private static Axis of(Dimension it, boolean log, double low, double high, double step) {
    OptionalLong count = it.count();
    double last = count.isPresent() ? Double.parseDouble(it.value(count.getAsLong() - 1)) : high;
    double from = low - step / 2;
    double to = last + step / 2;
    return log
        ? new Axis(it, true, low, step, StrictMath.log(from), StrictMath.log(to))
        : new Axis(it, false, low, step, from, to);
  }

  /// How long the line is.
  double width() {
    return high - low;
  }

  /// Whether values are bins.
  boolean isBinned() {
    return step > 0;
  }

  /// Where a number is.
  double point(double number) {
    return log ? StrictMath.log(number) : number;
  }

  /// Where the bin of a value begins.
  double binLow(String value) {
    return edge(value, -step / 2);
  }

  /// Where the bin of a value ends.
  double binHigh(String value) {
    return edge(value, step / 2);
  }

  private double edge(String value, double beside) {
    double edge = Double.parseDouble(value) + beside;
    return log ? StrictMath.log(edge) : edge;
  }

  /// The value at a point or nearest to it.
  String value(double point) {
    double number = log ? StrictMath.exp(point) : point;
    OptionalLong count = dimension.count();
    if (count.isPresent()) {
      long index = (long) Math.floor((number - start) / step + 0.5);
      return dimension.value(Math.clamp(index, 0L, count.getAsLong() - 1));
    }
    // Both ends exactly, and never beyond them.
    double most = ((Real) dimension).high();
    double inside = point <= low ? start : point >= high ? most : Math.clamp(number, start, most);
    return Double.toString(inside);
  }

  /// The value at a part u in [0, 1] of the line.
  double between(double u) {
    return Double.parseDouble(at(u));
  }

  /// The value at a part u in [0, 1] of the line.
  String at(double u) {
    return value(low + u * (high - low));
  }

  /// The part of the line at which the middle of a value's bin is.
  double position(String value) {
    dimension.check(value);
    double point =
        isBinned()
            ? binLow(value) + (binHigh(value) - binLow(value)) / 2
            : point(Double.parseDouble(value));
    return (point - low) / width();
  }
}
