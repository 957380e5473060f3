package ijen.plot;

import ijen.plot.Mark.Anchor;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Writes a drawing as SVG, one element a mark.
///
/// **Source:** Scalable Vector Graphics (SVG) 2, W3C Candidate Recommendation, 2018; SVG
/// Accessibility API Mappings for `role`, `title` and `desc`.
final class Svg {
  private static final String FONTS =
      "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

  private final StringBuilder out = new StringBuilder();
  private final String id;
  private final Function<Paint, String> colour;
  private int masks;

  private Svg(String id, Function<Paint, String> colour) {
    this.id = id;
    this.colour = colour;
  }

  static String inline(Drawing drawing, String id) {
    Svg svg = new Svg(id, paint -> "var(" + paint.property() + "," + paint.light() + ")");
    svg.write(drawing, "", 0);
    return svg.out.toString();
  }

  static String standalone(Drawing drawing, Look look) {
    Svg svg = new Svg("figure", look::of);
    svg.out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    svg.write(drawing, " xmlns=\"http://www.w3.org/2000/svg\"", Drawing.MARGIN);
    return svg.out.toString();
  }

  private void write(Drawing drawing, String namespace, double margin) {
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
      case Mark.Cloud cloud -> cloud(cloud);
      case Mark.Label label -> label(label);
      case Mark.Raster raster -> raster(raster);
      case Mark.Stencil stencil -> stencil(stencil);
    }
  }

  private void line(Mark.Line line) {
    out.append("<polyline fill=\"none\"");
    attribute("points", points(line.points()));
    attribute("stroke", colour.apply(line.paint()));
    attribute("stroke-width", round(line.thickness()));
    List<Double> lengths = line.dash().lengths(line.thickness());
    if (!lengths.isEmpty()) {
      attribute(
          "stroke-dasharray", lengths.stream().map(Svg::round).collect(Collectors.joining(" ")));
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
    if (sign.shape().isRound()) {
      out.append("<circle");
      attribute("cx", round(sign.at().x()));
      attribute("cy", round(sign.at().y()));
      attribute("r", round(sign.size() / 2));
    } else {
      StringBuilder path = new StringBuilder();
      for (List<Spot> part : sign.shape().paths(sign.at(), sign.size())) {
        for (int i = 0; i < part.size(); i++) {
          path.append(i == 0 ? 'M' : 'L').append(round(part.get(i).x()));
          path.append(' ').append(round(part.get(i).y()));
        }
        path.append(sign.shape().isClosed() ? "Z" : "");
      }
      out.append("<path");
      attribute("d", path.toString());
    }
    if (sign.shape().isFilled()) {
      attribute("fill", colour.apply(sign.paint()));
    } else {
      attribute("fill", "none");
      attribute("stroke", colour.apply(sign.paint()));
      attribute("stroke-width", round(Shape.THICKNESS * sign.size()));
    }
    out.append("/>\n");
  }

  private void cloud(Mark.Cloud cloud) {
    boolean filled = cloud.shape().isFilled();
    boolean stroked = !filled || cloud.shape() == Shape.CIRCLE;
    out.append("<path transform=\"scale(.1)\"");
    attribute("d", CloudPath.of(cloud));
    attribute("fill", stroked ? "none" : colour.apply(cloud.paint()));
    if (stroked) {
      attribute("stroke", colour.apply(cloud.paint()));
      attribute("stroke-width", round(10 * cloud.size() * (filled ? 1 : Shape.THICKNESS)));
      if (filled) {
        attribute("stroke-linecap", "round");
      }
    }
    if (cloud.opacity() < 1) {
      attribute("opacity", round(cloud.opacity()));
    }
    out.append("/>\n");
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

  private void stencil(Mark.Stencil stencil) {
    masks++;
    String mask = id + "-mask-" + masks;
    out.append("<mask");
    attribute("id", mask);
    attribute("maskUnits", "userSpaceOnUse");
    place(stencil.extent());
    out.append('>');
    raster(new Mark.Raster(stencil.opacity(), stencil.extent(), ""));
    out.append("</mask><rect");
    place(stencil.extent());
    attribute("fill", colour.apply(stencil.paint()));
    attribute("mask", "url(#" + mask + ")");
    out.append("/>\n");
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
