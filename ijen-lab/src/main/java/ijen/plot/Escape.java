package ijen.plot;

/// Makes any text safe inside XML and HTML, as content or as a quoted attribute.
public final class Escape {
  private Escape() {}

  /// `text` with the five special characters escaped; characters that XML does not allow become
  /// `�`.
  public static String xml(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      switch (point) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.appendCodePoint(allowed(point) ? point : '\uFFFD');
      }
    }
    return safe.toString();
  }

  private static boolean allowed(int point) {
    return point >= 0x20
        ? (point < 0xD800 || point > 0xDFFF) && (point & 0xFFFE) != 0xFFFE
        : point == '\t' || point == '\n' || point == '\r';
  }
}
