package ijen.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// Round numbers along an axis, and the range they span.
///
/// Steps are 1, 2 or 5 times a power of ten. Values are exact decimals rounded once, so a tick at
/// 0.3 is the double nearest to 0.3.
record Ticks(double from, double to, List<Tick> ticks, List<Double> minor) {
  Ticks {
    ticks = List.copyOf(ticks);
    minor = List.copyOf(minor);
  }

  /// Ticks without smaller ones between them.
  Ticks(double from, double to, List<Tick> ticks) {
    this(from, to, ticks, List.of());
  }

  /// A place on the axis and what is written there; no text for a tick of second rank.
  record Tick(double value, String label) {}

  private static final int[] ROUND = {1, 2, 5, 10};

  /// Of many decades only every second, fifth, … is labelled; doubles span about 600 of them.
  private static final int[] DECADES = {2, 5, 10, 20, 50, 100, 200, 500, 1000};

  /// Over more decades than this, the ticks within one would run together.
  private static final int MINOR_DECADES = 6;

  /// The same ticks on the axis cut to `[low, high]`; uncut when none of them would be left.
  Ticks cut(double low, double high) {
    List<Tick> inside = ticks.stream().filter(t -> t.value() >= low && t.value() <= high).toList();
    List<Double> small = minor.stream().filter(v -> v >= low && v <= high).toList();
    return inside.isEmpty() ? this : new Ticks(low, high, inside, small);
  }

  /// About `wanted` equal steps that cover `[low, high]`; `whole` allows no fractions.
  static Ticks linear(double low, double high, int wanted, boolean whole) {
    double span = high - low;
    int exponent = decade(span / wanted);
    int factor = 10;
    for (int candidate : ROUND) {
      if (power(exponent).doubleValue() * candidate * wanted >= span * (1 - 1e-9)) {
        factor = candidate;
        break;
      }
    }
    BigDecimal step = power(exponent).multiply(BigDecimal.valueOf(factor));
    if (whole && step.compareTo(BigDecimal.ONE) < 0) {
      step = BigDecimal.ONE;
    }
    // A hair of tolerance, or a range that ends on a step would get another one by a rounding
    // error.
    BigDecimal slack = new BigDecimal("1e-9");
    BigDecimal first =
        new BigDecimal(low)
            .divide(step, 12, RoundingMode.HALF_EVEN)
            .add(slack)
            .setScale(0, RoundingMode.FLOOR);
    BigDecimal last =
        new BigDecimal(high)
            .divide(step, 12, RoundingMode.HALF_EVEN)
            .subtract(slack)
            .setScale(0, RoundingMode.CEILING);
    int decimals = Math.max(0, step.stripTrailingZeros().scale());
    // One way of writing for the whole axis, that of its largest number.
    BigDecimal largest = first.abs().max(last.abs()).multiply(step);
    boolean powers = !Digits.isPlain(largest);
    List<Tick> ticks = new ArrayList<>();
    for (BigDecimal k = first; k.compareTo(last) <= 0; k = k.add(BigDecimal.ONE)) {
      BigDecimal value = k.multiply(step);
      String label = powers ? Digits.power(value) : Digits.plain(value.setScale(decimals));
      ticks.add(new Tick(value.doubleValue(), label));
    }
    return new Ticks(ticks.getFirst().value(), ticks.getLast().value(), ticks);
  }

  /// Powers of ten that cover `[low, high]`, both positive; within two decades also their 2- and
  /// 5-fold, and over more than `wanted` decades only every second, fifth, … one is labelled. The
  /// other multiples of a power are minor ticks, which show that the axis is logarithmic.
  static Ticks logarithmic(double low, double high, int wanted) {
    boolean fine = high / low < 100;
    int first = decade(low);
    int last = decade(high);
    List<BigDecimal> values = new ArrayList<>();
    for (int decade = first; decade <= last; decade++) {
      for (int factor : fine ? new int[] {1, 2, 5} : new int[] {1}) {
        values.add(power(decade).multiply(BigDecimal.valueOf(factor)));
      }
    }
    values.add(power(last + 1));
    while (values.size() > 2 && values.get(1).doubleValue() <= low) {
      values.removeFirst();
    }
    while (values.size() > 2 && values.get(values.size() - 2).doubleValue() >= high) {
      values.removeLast();
    }
    int every = 1;
    for (int i = 0; !fine && values.size() - 1 > every * wanted; i++) {
      every = DECADES[Math.min(i, DECADES.length - 1)];
    }
    boolean powers = !fine || first < -4 || last >= 6;
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String label = i % every == 0 ? logarithmicLabel(values.get(i), powers) : "";
      ticks.add(new Tick(values.get(i).doubleValue(), label));
    }
    double from = ticks.getFirst().value();
    double to = ticks.getLast().value();
    List<Double> minor = new ArrayList<>();
    for (int decade = first; decade <= last && last - first < MINOR_DECADES; decade++) {
      for (int factor = 2; factor <= 9; factor++) {
        BigDecimal value = power(decade).multiply(BigDecimal.valueOf(factor));
        double number = value.doubleValue();
        if (number > from && number < to && !values.contains(value)) {
          minor.add(number);
        }
      }
    }
    return new Ticks(from, to, ticks, minor);
  }

  /// Next to 10⁸ stands 10², not 100; but 1 is 1, and 10 is 10.
  private static String logarithmicLabel(BigDecimal value, boolean powers) {
    boolean near = value.doubleValue() >= 1 && value.doubleValue() <= 10;
    return powers && !near
        ? Digits.power(value)
        : Digits.plain(value.setScale(Math.max(0, value.stripTrailingZeros().scale())));
  }

  /// The exponent of the largest power of ten that is not above `value`.
  private static int decade(double value) {
    int exponent = (int) Math.floor(StrictMath.log10(value));
    return power(exponent + 1).doubleValue() <= value
        ? exponent + 1
        : power(exponent).doubleValue() > value ? exponent - 1 : exponent;
  }

  private static BigDecimal power(int exponent) {
    return BigDecimal.ONE.scaleByPowerOfTen(exponent);
  }
}
