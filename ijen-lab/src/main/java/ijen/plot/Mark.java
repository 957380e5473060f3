package ijen.plot;

import java.util.List;

/// One thing on a drawing.
///
/// Texts that are too long for their place are shortened by the figure, and say the whole in their
/// `hint`, which browsers show under the pointer; an empty hint shows nothing.
public sealed interface Mark {
  /// An open line through points; one point draws nothing.
  record Line(List<Spot> points, Paint paint, double thickness, Dash dash) implements Mark {
    public Line {
      points = List.copyOf(points);
    }
  }

  /// A filled polygon; **opacity** 0–1.
  record Area(List<Spot> outline, Paint paint, double opacity) implements Mark {
    public Area {
      outline = List.copyOf(outline);
    }
  }

  /// A filled rectangle; **opacity** 0–1.
  record Box(Extent extent, Paint paint, double opacity, String hint) implements Mark {}

  /// A small sign centred on a point, `size` wide.
  record Sign(Spot at, Shape shape, double size, Paint paint) implements Mark {}

  /// A text whose baseline starts, is centred or ends at a point; `upright` texts read from bottom
  /// to top.
  record Label(
      String text,
      Spot at,
      double size,
      Anchor anchor,
      boolean bold,
      boolean upright,
      Paint paint,
      String hint)
      implements Mark {
    /// A horizontal text of ordinary weight.
    public static Label of(
        String text, double x, double y, double size, Anchor anchor, Paint paint) {
      return new Label(text, new Spot(x, y), size, anchor, false, false, paint, "");
    }

    public Label inBold() {
      return new Label(text, at, size, anchor, true, upright, paint, hint);
    }

    public Label turnedUpright() {
      return new Label(text, at, size, anchor, bold, true, paint, hint);
    }

    /// This text with `whole` shown under the pointer, unless that is what it says anyway.
    public Label withHint(String whole) {
      String hint = whole.equals(text) ? "" : whole;
      return new Label(text, at, size, anchor, bold, upright, paint, hint);
    }

    /// The room that the text takes, by the estimate of [TextWidth].
    public Extent extent() {
      double width = TextWidth.of(text, size, bold);
      double before =
          switch (anchor) {
            case START -> 0;
            case MIDDLE -> width / 2;
            case END -> width;
          };
      double ascent = TextWidth.ASCENT * size;
      double descent = TextWidth.DESCENT * size;
      if (upright) {
        return new Extent(
            at.x() - ascent, at.y() + before - width, at.x() + descent, at.y() + before);
      }
      return new Extent(
          at.x() - before, at.y() - ascent, at.x() - before + width, at.y() + descent);
    }
  }

  /// An image of pixels, each drawn as a sharp-edged square.
  record Raster(Picture picture, Extent extent, String hint) implements Mark {}

  /// How a line is broken.
  enum Dash {
    SOLID,
    DASHED,
    DOTTED
  }

  /// The form of a [Sign].
  enum Shape {
    CIRCLE,
    SQUARE,
    TRIANGLE,
    DIAMOND,
    CROSS
  }

  /// Which part of a text stands at its point.
  enum Anchor {
    START,
    MIDDLE,
    END
  }
}
