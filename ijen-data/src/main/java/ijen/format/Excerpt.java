package ijen.format;

/// Texts that come from a file, made fit for a message.
public final class Excerpt {
  private Excerpt() {}

  /// The text on one line, cut with an ellipsis after `most` characters.
  public static String of(String text, int most) {
    int length = Math.min(text.length(), most);
    StringBuilder line = new StringBuilder(length + 1);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) ? ' ' : c);
    }
    return length < text.length() ? line.append('…').toString() : line.toString();
  }
}
