package ijen.plot;

import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;

/// Texts as outlines, in the sans-serif font of the system.
///
/// A text that is wider than the room [TextWidth] kept for it is made narrower, so that no font can
/// break a layout.
final class Letters {
  private static final FontRenderContext SMOOTH = new FontRenderContext(null, true, true);

  /// What figures write beside plain letters; a font without these would show boxes instead.
  private static final String NEEDED = "Aa09−×±·…⁰¹²³⁴⁵⁶⁷⁸⁹⁻";

  private final double scale;

  /// Outlines for a picture of `scale` dots to a drawing's pixel.
  Letters(double scale) {
    this.scale = scale;
    check();
  }

  /// The letters of a label at their place on the drawing.
  Shape outline(Mark.Label label) {
    // Laid out in the size of the dots, or hints for small letters would be enlarged with them.
    TextLayout layout = new TextLayout(label.text(), font(label.bold(), label.size()), SMOOTH);
    double width = width(label.text(), label.size(), label.bold());
    double room = TextWidth.of(label.text(), label.size(), label.bold());
    double narrower = Math.min(1, room / width);
    double before =
        switch (label.anchor()) {
          case START -> 0;
          case MIDDLE -> narrower * width / 2;
          case END -> narrower * width;
        };
    AffineTransform place = new AffineTransform();
    place.translate(label.at().x(), label.at().y());
    if (label.upright()) {
      place.rotate(-Math.PI / 2);
    }
    place.translate(-before, 0);
    place.scale(narrower / scale, 1 / scale);
    return layout.getOutline(place);
  }

  /// How wide a text is in this font, in the unit of `size`.
  double width(String text, double size, boolean bold) {
    return new TextLayout(text, font(bold, size), SMOOTH).getAdvance() / scale;
  }

  private Font font(boolean bold, double size) {
    return new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, 1)
        .deriveFont((float) (scale * size));
  }

  private void check() {
    int missing;
    try {
      missing = font(false, Theme.TEXT_SIZE).canDisplayUpTo(NEEDED);
    } catch (RuntimeException | LinkageError | InternalError noFonts) {
      // What the JDK throws without fontconfig, FreeType or any font differs from case to case.
      throw new IllegalStateException(
          "PNG figures need a font, and Java finds none" + CURE, noFonts);
    }
    if (missing >= 0) {
      throw new IllegalStateException(
          "PNG figures need a sans-serif font with '%s', which the system's lacks%s"
              .formatted(NEEDED.charAt(missing), CURE));
    }
  }

  private static final String CURE =
      ": install fontconfig and DejaVu Sans (Debian and Ubuntu: apt-get install fontconfig"
          + " fonts-dejavu-core; Fedora: dnf install fontconfig dejavu-sans-fonts; Alpine: apk add"
          + " fontconfig font-dejavu), or use SVG, which needs none";
}
