package ijen.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Numbers as people read them, the same in every locale: with commas between thousands, a true
/// minus sign, and powers of ten where plain digits would be long.
public final class Digits {
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private Digits() {}

  /// A whole number with commas between thousands: `60,000`.
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /// A fixed number of decimals: `0.8840`; `NaN`, `∞` and `−∞` for what is not finite.
  public static String fixed(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return notFinite(value);
    }
    return minus(new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString());
  }

  /// The given number of significant digits: `0.0312`, `12.3`, `1.2×10⁻⁷`.
  public static String significant(double value, int digits) {
    if (!Double.isFinite(value)) {
      return notFinite(value);
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
    int missing = digits - rounded.precision(); // an exact 0.5 has fewer digits than asked for
    return plainOrPower(missing > 0 ? rounded.setScale(rounded.scale() + missing) : rounded);
  }

  /// At most the given number of significant digits, without zeros at the end: `0.05`, `0.003217`.
  public static String brief(double value, int digits) {
    if (!Double.isFinite(value)) {
      return notFinite(value);
    }
    BigDecimal exact = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
    return plainOrPower(exact.scale() < 0 ? exact.setScale(0) : exact);
  }

  private static String plainOrPower(BigDecimal value) {
    return isPlain(value) ? plain(value) : power(value);
  }

  /// Whether a number is short without a power of ten.
  static boolean isPlain(BigDecimal value) {
    return value.signum() == 0 || (exponent(value) >= -4 && exponent(value) <= 6);
  }

  /// All digits: `0.0500`, `20,000`.
  static String plain(BigDecimal value) {
    String plain = value.toPlainString();
    return minus(exponent(value) >= 3 ? grouped(plain) : plain);
  }

  /// A text as a power of ten: `10⁴`, `5×10⁻³`; `0` has none.
  static String power(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal mantissa = value.scaleByPowerOfTen(-exponent(value)).stripTrailingZeros();
    String power = "10" + superscript(exponent(value));
    return mantissa.compareTo(BigDecimal.ONE) == 0
        ? power
        : minus(mantissa.toPlainString()) + "×" + power;
  }

  private static int exponent(BigDecimal value) {
    return value.precision() - value.scale() - 1;
  }

  private static String minus(String number) {
    return number.replace('-', '−');
  }

  private static String grouped(String plain) {
    int point = plain.indexOf('.');
    String whole = point < 0 ? plain : plain.substring(0, point); // with its sign
    return count(Long.parseLong(whole)) + (point < 0 ? "" : plain.substring(point));
  }

  private static String superscript(int exponent) {
    StringBuilder text = new StringBuilder(exponent < 0 ? "⁻" : "");
    for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
      text.append(SUPERSCRIPTS.charAt(digit - '0'));
    }
    return text.toString();
  }

  private static String notFinite(double value) {
    return Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  }
}
