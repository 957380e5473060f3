package ijen.format;

/// Reads numbers from their digits.
final class Decimal {
  private static final long MOST_DIGITS = 100_000_000_000_000_000L; // one more still fits a long
  private static final int MOST_EXPONENT = 100_000;
  private static final int EXACT_WHOLE = 1 << 24;
  private static final int SHORT = 3; // digits

  /// The powers of ten that a `float` holds exactly.
  private static final float[] POWERS = {
    1, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f
  };

  private Decimal() {}

  /// The `float` nearest to the number that the characters spell, such as `12`, `-0.5`, `.5` or
  /// `1e-3`; NaN if they spell none, or one beyond a float's range.
  static float parse(char[] chars, int from, int length) {
    int end = from + length;
    int i = from;
    if (length <= SHORT) { // most are pixels
      int whole = 0;
      while (i < end && isDigit(chars[i])) {
        whole = 10 * whole + (chars[i++] - '0');
      }
      if (i == end && length > 0) {
        return whole;
      }
      i = from;
    }
    boolean negative = i < end && chars[i] == '-';
    if (negative || (i < end && chars[i] == '+')) {
      i++;
    }
    long digits = 0;
    int scale = 0;
    boolean all = true; // whether `digits` has all of them
    int firstDigit = i;
    for (; i < end && isDigit(chars[i]); i++) {
      if (digits < MOST_DIGITS) {
        digits = 10 * digits + (chars[i] - '0');
      } else {
        all = false;
      }
    }
    int count = i - firstDigit;
    if (i < end && chars[i] == '.') {
      for (i++; i < end && isDigit(chars[i]); i++, count++) {
        if (digits < MOST_DIGITS) {
          digits = 10 * digits + (chars[i] - '0');
          scale--;
        } else {
          all = false;
        }
      }
    }
    if (count == 0) {
      return Float.NaN;
    }
    if (i < end && (chars[i] == 'e' || chars[i] == 'E')) {
      i++;
      boolean small = i < end && chars[i] == '-';
      if (small || (i < end && chars[i] == '+')) {
        i++;
      }
      int exponent = 0;
      int firstOfExponent = i;
      for (; i < end && isDigit(chars[i]); i++) {
        exponent = Math.min(MOST_EXPONENT, 10 * exponent + (chars[i] - '0'));
      }
      if (i == firstOfExponent) {
        return Float.NaN;
      }
      scale += small ? -exponent : exponent;
    }
    if (i != end) {
      return Float.NaN;
    }
    if (all && digits <= EXACT_WHOLE && Math.abs(scale) < POWERS.length) {
      // Both are exact in float, so that their product or quotient is rounded once, as it should.
      float whole = (float) digits;
      float size = scale < 0 ? whole / POWERS[-scale] : whole * POWERS[scale];
      return negative ? -size : size;
    }
    float value = Float.parseFloat(new String(chars, from, length));
    return Float.isInfinite(value) ? Float.NaN : value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
