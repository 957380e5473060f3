package ijen.plot;

import java.util.ArrayList;
import java.util.List;

/// How wide a text will be, without asking a font.
///
/// Figures are laid out where no font is installed and read where the font is not known, so the
/// estimate is on the wide side: it follows DejaVu Sans, the widest of the usual screen fonts.
/// Centred and right-aligned texts are placed by the reader's own font; the estimate only reserves
/// room.
public final class TextWidth {
  /// The part of the font size that letters rise above the baseline.
  static final double ASCENT = 0.8;

  /// The part of the font size that letters hang below the baseline.
  static final double DESCENT = 0.22;

  private static final String THIN = "!'(),-.:;I[]fijlrt|/\\ ·‘’";
  private static final String WIDE = "#+<=>@%&ACDGHKMNOQRUVWXmw~^→±×−…";

  private TextWidth() {}

  /// The width of `text` at a font size, in the size's unit.
  public static double of(String text, double size, boolean bold) {
    double ems = text.codePoints().mapToDouble(TextWidth::ems).sum();
    return ems * size * (bold ? 1.12 : 1);
  }

  /// `text`, or as much of it as fits into `width` with an ellipsis behind.
  public static String shorten(String text, double size, boolean bold, double width) {
    if (of(text, size, bold) <= width) {
      return text;
    }
    int[] points = text.codePoints().toArray();
    for (int keep = points.length - 1; keep > 0; keep--) {
      String shorter = new String(points, 0, keep).stripTrailing() + "…";
      if (of(shorter, size, bold) <= width) {
        return shorter;
      }
    }
    return "…";
  }

  /// `text` in at most `lines` lines that fit into `width`, broken at spaces and behind slashes and
  /// hyphens; what is left over is shortened.
  static List<String> wrap(String text, double size, double width, int lines) {
    List<String> wrapped = new ArrayList<>();
    String line = "";
    for (String piece : text.split("(?<=[ /-])", -1)) {
      boolean fits = of((line + piece).strip(), size, false) <= width;
      if (fits || line.isEmpty() || wrapped.size() == lines - 1) {
        line += piece;
      } else {
        wrapped.add(shorten(line.strip(), size, false, width));
        line = piece;
      }
    }
    wrapped.add(shorten(line.strip(), size, false, width));
    return wrapped;
  }

  /// The widest of some texts.
  static double widest(List<String> texts, double size, boolean bold) {
    return texts.stream().mapToDouble(text -> of(text, size, bold)).max().orElse(0);
  }

  private static double ems(int point) {
    if (point >= 0x2E80) {
      return 1.05; // Chinese, Japanese, Korean, emoji: full width
    }
    if (THIN.indexOf(point) >= 0) {
      return 0.4;
    }
    if (WIDE.indexOf(point) >= 0) {
      return point == '@' || point == '%' || point == 'W' || point == 'm' || point == '…'
          ? 1
          : 0.84;
    }
    return 0.66;
  }
}
