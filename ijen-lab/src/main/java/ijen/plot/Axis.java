package ijen.plot;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One axis of a chart: its title, how numbers are spread along it, and which part is shown.
///
/// Without a `range` the axis shows all that is drawn, up to the next round numbers. An axis of
/// `names` has the first of them at 0, the second at 1, and so on.
public record Axis(
    String title, boolean logarithmic, boolean whole, @Nullable Range range, List<String> names) {
  public Axis {
    names = List.copyOf(names);
    if (logarithmic && range != null && range.from() <= 0) {
      throw new IllegalArgumentException(
          "axis '%s': a logarithmic axis begins above 0, got a range from %s"
              .formatted(title, range.from()));
    }
  }

  /// The shown part of an axis.
  public record Range(double from, double to) {
    public Range {
      if (!(from < to && Math.abs(from) <= LARGEST && Math.abs(to) <= LARGEST)) {
        throw new IllegalArgumentException(
            "axis range: expected two finite numbers, the smaller first, got %s and %s"
                .formatted(from, to));
      }
    }
  }

  /// Beyond this, differences of two numbers overflow: such numbers are drawn as infinite.
  private static final double LARGEST = 1e300;

  /// Below this, quotients of two numbers overflow: on a logarithmic axis such numbers are not
  /// drawn.
  private static final double SMALLEST = 1e-300;

  /// Equal steps for equal differences.
  public static Axis linear(String title) {
    return new Axis(title, false, false, null, List.of());
  }

  /// Equal steps for equal ratios. What is not positive cannot be drawn on it.
  public static Axis log(String title) {
    return new Axis(title, true, false, null, List.of());
  }

  /// Names side by side, at 0, 1, 2, ….
  public static Axis named(String title, List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "axis '" + title + "': expected one name or more, got none");
    }
    return new Axis(title, false, true, null, names);
  }

  /// This axis with ticks at whole numbers only, for epochs and other counts.
  public Axis withWholeNumbers() {
    return new Axis(title, logarithmic, true, range, names);
  }

  /// This axis showing `from`–`to`; an upright one up to the next round numbers.
  public Axis within(double from, double to) {
    return new Axis(title, logarithmic, whole, new Range(from, to), names);
  }

  /// This axis showing all of these numbers that have a place on it: a scale for several charts.
  public Axis showing(List<Double> values) {
    double low = least(values);
    double high = greatest(values);
    return low < high ? within(low, high) : this;
  }

  /// Whether a number has a place on this axis.
  boolean takes(double value) {
    return Math.abs(value) <= LARGEST && (!logarithmic || value >= SMALLEST);
  }

  /// Whether a number lies in the part that is shown.
  boolean shows(double value) {
    return takes(value) && (range == null || (value >= range.from() && value <= range.to()));
  }

  /// About `wanted` ticks for the given numbers, on an axis from their least to their greatest.
  /// Numbers that have no place on this axis are passed over.
  Ticks ticksWithin(List<Double> values, int wanted) {
    if (!names.isEmpty()) {
      return named();
    }
    Ticks around = ticksAround(values, wanted);
    double low = range != null ? range.from() : least(values);
    double high = range != null ? range.to() : greatest(values);
    if (low < high) {
      return around.cut(low, high);
    }
    // A single number, or none: it keeps room on both sides, but no other number is written there.
    List<Ticks.Tick> own = around.ticks().stream().filter(t -> t.value() == low).toList();
    return own.isEmpty() ? around : new Ticks(around.from(), around.to(), own);
  }

  /// About `wanted` ticks for the given numbers, on an axis that begins and ends with a tick.
  Ticks ticksAround(List<Double> values, int wanted) {
    if (!names.isEmpty()) {
      return named();
    }
    double low = range != null ? range.from() : least(values);
    double high = range != null ? range.to() : greatest(values);
    if (logarithmic) {
      if (low > high) {
        return Ticks.logarithmic(0.1, 1, wanted);
      }
      return low == high
          ? Ticks.logarithmic(low / 2, high * 2, wanted)
          : Ticks.logarithmic(low, high, wanted);
    }
    if (low > high) {
      return Ticks.linear(0, 1, wanted, whole);
    }
    if (range == null && !whole && low > 0 && low < 0.35 * high) {
      low = 0; // close enough that showing zero costs little
    }
    double largest = Math.max(Math.abs(low), Math.abs(high));
    if (high - low <= Math.max(1e-9 * largest, SMALLEST)) {
      // All but equal: a range around it, or there would be no scale.
      double margin = whole || largest <= SMALLEST ? 1 : 0.1 * largest;
      low -= margin;
      high += margin;
    }
    return Ticks.linear(low, high, wanted, whole);
  }

  /// A tick at each name, with room for half a step on both sides.
  private Ticks named() {
    List<Ticks.Tick> ticks =
        IntStream.range(0, names.size()).mapToObj(i -> new Ticks.Tick(i, names.get(i))).toList();
    return new Ticks(-0.5, names.size() - 0.5, ticks);
  }

  private double least(List<Double> values) {
    return values.stream().filter(this::takes).reduce(Double.POSITIVE_INFINITY, Math::min);
  }

  private double greatest(List<Double> values) {
    return values.stream().filter(this::takes).reduce(Double.NEGATIVE_INFINITY, Math::max);
  }

  /// How far along the axis a number lies: 0 at `from`, 1 at `to`.
  double part(double value, Ticks ticks) {
    if (!logarithmic) {
      return (value - ticks.from()) / (ticks.to() - ticks.from());
    }
    double from = StrictMath.log(ticks.from());
    return (StrictMath.log(value) - from) / (StrictMath.log(ticks.to()) - from);
  }
}
