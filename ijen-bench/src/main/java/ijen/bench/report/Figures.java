package ijen.bench.report;

import ijen.bench.peer.Spread;
import java.util.Locale;

/// How figures are written.
final class Figures {
  private Figures() {}

  /// With three digits.
  static String three(double value) {
    double size = Math.abs(value);
    int decimals = size < 0.0995 ? 4 : size < 0.9995 ? 3 : size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
    return decimals(decimals, value);
  }

  static String decimals(int count, double value) {
    return Double.isNaN(value) ? "?" : String.format(Locale.ROOT, "%,." + count + "f", value);
  }

  /// The median, and behind it the range if there are several.
  static String withRange(Spread spread) {
    return three(spread.median())
        + (spread.count() == 1
            ? ""
            : " (" + three(spread.least()) + "–" + three(spread.most()) + ")");
  }

  static String percent(double part) {
    return Double.isNaN(part) ? "?" : decimals(0, 100 * part) + " %";
  }

  /// How many in a second, with three digits.
  static String perSecond(double count, double seconds) {
    double rate = count / seconds;
    double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(rate)) - 2));
    return decimals(0, Math.round(rate / unit) * unit);
  }
}
