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

    /// A thin straight line.
    public static Line rule(double x1, double y1, double x2, double y2, Paint paint) {
      return new Line(List.of(new Spot(x1, y1), new Spot(x2, y2)), paint, 1, Dash.SOLID);
    }

    /// A line around a rectangle.
    public static Line frame(Extent place, Paint paint, double thickness) {
      return new Line(
          List.of(
              new Spot(place.left(), place.top()),
              new Spot(place.right(), place.top()),
              new Spot(place.right(), place.bottom()),
              new Spot(place.left(), place.bottom()),
              new Spot(place.left(), place.top())),
          paint,
          thickness,
          Dash.SOLID);
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

  /// Many signs of one kind, seen as one thing; **opacity** 0–1, not adding up within the cloud.
  ///
  /// Places are rounded to a fifth of a pixel, and signs that then lie on each other are one.
  record Cloud(List<Spot> at, Shape shape, double size, Paint paint, double opacity)
      implements Mark {
    public Cloud {
      at =
          at.stream()
              .map(s -> new Spot(Math.rint(5 * s.x()) / 5, Math.rint(5 * s.y()) / 5))
              .distinct()
              .toList();
    }
  }

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

    /// A figure's title, in the first line of a drawing that is `width` wide.
    public static Label title(String title, double width) {
      String shown = TextWidth.shorten(title, Theme.TITLE_SIZE, true, width);
      return of(shown, 0, 15, Theme.TITLE_SIZE, Anchor.START, Theme.INK).inBold().withHint(title);
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

  /// One paint laid on by a grey image: not at all where that is black, fully where it is white.
  /// Unlike the colours of a [Raster], such a paint follows a page from light to dark.
  record Stencil(Picture opacity, Paint paint, Extent extent) implements Mark {
    public Stencil {
      if (opacity.channels() != 1) {
        throw new IllegalArgumentException("stencil: expected a grey picture, got " + opacity);
      }
    }
  }

  /// How a line is broken.
  enum Dash {
    SOLID,
    DASHED,
    DOTTED,
    DASH_DOTTED;

    /// Lengths drawn and left out in turn, for a line of the given thickness; none if it is solid.
    List<Double> lengths(double thickness) {
      List<Integer> units =
          switch (this) {
            case SOLID -> List.of();
            case DASHED -> List.of(4, 2);
            case DOTTED -> List.of(1, 2);
            case DASH_DOTTED -> List.of(6, 2, 1, 2);
          };
      return units.stream().map(unit -> unit * thickness).toList();
    }
  }

  /// Which part of a text stands at its point.
  enum Anchor {
    START,
    MIDDLE,
    END
  }
}
