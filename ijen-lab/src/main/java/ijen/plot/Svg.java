package ijen.plot;

import ijen.plot.Mark.Anchor;
import ijen.plot.Mark.Dash;
import java.util.List;
import java.util.function.Function;

/// Writes a drawing as SVG, one element a mark.
///
/// **Source:** Scalable Vector Graphics (SVG) 2, W3C Candidate Recommendation, 2018; SVG
/// Accessibility API Mappings for `role`, `title` and `desc`.
final class Svg {
  private static final String FONTS =
      "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

  /// The ground that a figure in a file of its own stands on reaches this far around it.
  private static final double MARGIN = 16;

  private final StringBuilder out = new StringBuilder();
  private final Function<Paint, String> colour;

  private Svg(Function<Paint, String> colour) {
    this.colour = colour;
  }

  static String inline(Drawing drawing, String id) {
    Svg svg = new Svg(paint -> "var(" + paint.property() + "," + paint.light() + ")");
    svg.write(drawing, id, "", 0);
    return svg.out.toString();
  }

  static String standalone(Drawing drawing) {
    Svg svg = new Svg(Paint::light);
    svg.out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    svg.write(drawing, "figure", " xmlns=\"http://www.w3.org/2000/svg\"", MARGIN);
    return svg.out.toString();
  }

  private void write(Drawing drawing, String id, String namespace, double margin) {
    String width = round(drawing.width() + 2 * margin);
    String height = round(drawing.height() + 2 * margin);
    String corner = round(-margin);
    out.append("<svg").append(namespace);
    attribute("id", id);
    attribute("role", "img");
    attribute("aria-labelledby", id + "-title");
    attribute("aria-describedby", id + "-description");
    attribute("width", width);
    attribute("height", height);
    attribute("viewBox", corner + " " + corner + " " + width + " " + height);
    attribute("font-family", FONTS);
    attribute("style", "font-variant-numeric:tabular-nums");
    out.append(">\n");
    out.append("<title id=\"").append(escape(id)).append("-title\">");
    out.append(escape(drawing.title())).append("</title>\n");
    out.append("<desc id=\"").append(escape(id)).append("-description\">");
    out.append(escape(drawing.description())).append("</desc>\n");
    if (margin > 0) {
      out.append("<rect");
      attribute("x", corner);
      attribute("y", corner);
      attribute("width", width);
      attribute("height", height);
      attribute("fill", colour.apply(Theme.PAGE));
      out.append("/>\n");
    }
    drawing.marks().forEach(this::write);
    out.append("</svg>\n");
  }

  private void write(Mark mark) {
    switch (mark) {
      case Mark.Line line -> line(line);
      case Mark.Area area -> area(area);
      case Mark.Box box -> box(box);
      case Mark.Sign sign -> sign(sign);
      case Mark.Label label -> label(label);
      case Mark.Raster raster -> raster(raster);
    }
  }

  private void line(Mark.Line line) {
    out.append("<polyline fill=\"none\"");
    attribute("points", points(line.points()));
    attribute("stroke", colour.apply(line.paint()));
    attribute("stroke-width", round(line.thickness()));
    if (line.dash() != Dash.SOLID) {
      double unit = line.thickness();
      double on = line.dash() == Dash.DASHED ? 4 * unit : unit;
      attribute("stroke-dasharray", round(on) + " " + round(2 * unit));
    }
    attribute("stroke-linejoin", "round");
    out.append("/>\n");
  }

  private void area(Mark.Area area) {
    out.append("<polygon");
    attribute("points", points(area.outline()));
    attribute("fill", colour.apply(area.paint()));
    opacity(area.opacity());
    out.append("/>\n");
  }

  private void box(Mark.Box box) {
    out.append("<rect");
    place(box.extent());
    attribute("fill", colour.apply(box.paint()));
    opacity(box.opacity());
    close("rect", box.hint());
  }

  private void sign(Mark.Sign sign) {
    double x = sign.at().x();
    double y = sign.at().y();
    double r = sign.size() / 2;
    String path =
        switch (sign.shape()) {
          case CIRCLE -> "";
          // Scaled so that all signs look equally heavy.
          case SQUARE -> polygon(x, y, 0.89 * r, -1, -1, 1, -1, 1, 1, -1, 1);
          case TRIANGLE -> polygon(x, y, 1.25 * r, 0, -1, 0.866, 0.5, -0.866, 0.5);
          case DIAMOND -> polygon(x, y, 1.25 * r, 0, -1, 1, 0, 0, 1, -1, 0);
          case CROSS ->
              "M%s %sL%s %sM%s %sL%s %s"
                  .formatted(
                      round(x - r),
                      round(y - r),
                      round(x + r),
                      round(y + r),
                      round(x - r),
                      round(y + r),
                      round(x + r),
                      round(y - r));
        };
    if (path.isEmpty()) {
      out.append("<circle");
      attribute("cx", round(x));
      attribute("cy", round(y));
      attribute("r", round(r));
    } else {
      out.append("<path");
      attribute("d", path);
    }
    if (sign.shape() == Mark.Shape.CROSS) {
      attribute("stroke", colour.apply(sign.paint()));
      attribute("stroke-width", "1.75");
    } else {
      attribute("fill", colour.apply(sign.paint()));
    }
    out.append("/>\n");
  }

  private static String polygon(double x, double y, double scale, double... corners) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < corners.length; i += 2) {
      path.append(i == 0 ? 'M' : 'L').append(round(x + scale * corners[i]));
      path.append(' ').append(round(y + scale * corners[i + 1]));
    }
    return path.append('Z').toString();
  }

  private void label(Mark.Label label) {
    out.append("<text");
    attribute("x", round(label.at().x()));
    attribute("y", round(label.at().y()));
    attribute("font-size", round(label.size()));
    if (label.anchor() != Anchor.START) {
      attribute("text-anchor", label.anchor() == Anchor.MIDDLE ? "middle" : "end");
    }
    if (label.bold()) {
      attribute("font-weight", "600");
    }
    if (label.upright()) {
      String place = round(label.at().x()) + " " + round(label.at().y());
      attribute("transform", "rotate(-90 " + place + ")");
    }
    attribute("fill", colour.apply(label.paint()));
    out.append('>').append(escape(label.text()));
    if (!label.hint().isEmpty()) {
      out.append("<title>").append(escape(label.hint())).append("</title>");
    }
    out.append("</text>\n");
  }

  private void raster(Mark.Raster raster) {
    out.append("<image");
    place(raster.extent());
    attribute("preserveAspectRatio", "none");
    attribute("style", "image-rendering:pixelated");
    attribute("href", raster.picture().dataUri());
    close("image", raster.hint());
  }

  private void place(Extent extent) {
    attribute("x", round(extent.left()));
    attribute("y", round(extent.top()));
    attribute("width", round(extent.width()));
    attribute("height", round(extent.height()));
  }

  private void opacity(double opacity) {
    if (opacity < 1) {
      attribute("fill-opacity", round(opacity));
    }
  }

  private void close(String element, String hint) {
    if (hint.isEmpty()) {
      out.append("/>\n");
    } else {
      out.append("><title>")
          .append(escape(hint))
          .append("</title></")
          .append(element)
          .append(">\n");
    }
  }

  private void attribute(String name, String value) {
    out.append(' ').append(name).append("=\"").append(escape(value)).append('"');
  }

  private static String points(List<Spot> spots) {
    StringBuilder points = new StringBuilder();
    for (Spot spot : spots) {
      if (!points.isEmpty()) {
        points.append(' ');
      }
      points.append(round(spot.x())).append(',').append(round(spot.y()));
    }
    return points.toString();
  }

  /// At most two decimals, no trailing zeros, no sign on zero.
  private static String round(double value) {
    long hundredths = Math.round(value * 100);
    String digits = Long.toString(Math.abs(hundredths / 100));
    long rest = Math.abs(hundredths % 100);
    String fraction =
        rest == 0 ? "" : rest % 10 == 0 ? "." + rest / 10 : rest < 10 ? ".0" + rest : "." + rest;
    return (hundredths < 0 ? "-" : "") + digits + fraction;
  }

  private static String escape(String text) {
    return Escape.xml(text);
  }
}
