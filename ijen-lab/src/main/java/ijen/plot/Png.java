package ijen.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/// Draws marks with Java2D, as [Svg] writes them: the same places, colours and letters as outlines.
///
/// Needs no screen and no browser, only a font; shapes are filled by the JDK's own Java code.
final class Png {
  /// Places of a drawing are in pixels of this many to the inch.
  private static final double PIXELS_PER_INCH = 96;

  private final Graphics2D ground;
  private final Look look;
  private final Letters letters;

  private Png(Graphics2D ground, Look look, Letters letters) {
    this.ground = ground;
    this.look = look;
    this.letters = letters;
  }

  static byte[] of(Drawing drawing, Look look) {
    double scale = look.dotsPerInch() / PIXELS_PER_INCH;
    int width = (int) Math.ceil(scale * (drawing.width() + 2 * Drawing.MARGIN));
    int height = (int) Math.ceil(scale * (drawing.height() + 2 * Drawing.MARGIN));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D ground = image.createGraphics();
    try {
      ground.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      ground.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      ground.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
      ground.setColor(Color.decode(look.of(Theme.PAGE)));
      ground.fillRect(0, 0, width, height);
      ground.scale(scale, scale);
      ground.translate(Drawing.MARGIN, Drawing.MARGIN);
      Png painter = new Png(ground, look, new Letters(scale));
      drawing.marks().forEach(painter::paint);
    } finally {
      ground.dispose();
    }
    return PngFile.of(image, look.dotsPerInch(), drawing.title(), drawing.description());
  }

  private void paint(Mark mark) {
    switch (mark) {
      case Mark.Line line -> line(line);
      case Mark.Area area -> {
        use(area.paint(), area.opacity());
        ground.fill(path(area.outline(), true));
      }
      case Mark.Box box -> {
        use(box.paint(), box.opacity());
        ground.fill(rectangle(box.extent()));
      }
      case Mark.Sign sign -> {
        use(sign.paint(), 1);
        ground.fill(form(sign.shape(), sign.at(), sign.size()));
      }
      case Mark.Cloud cloud -> cloud(cloud);
      case Mark.Label label -> {
        if (!label.text().isBlank()) {
          use(label.paint(), 1);
          ground.fill(letters.outline(label));
        }
      }
      case Mark.Raster raster -> image(raster.picture().image(), raster.extent());
      case Mark.Stencil stencil -> image(coloured(stencil), stencil.extent());
    }
  }

  private void line(Mark.Line line) {
    if (line.points().size() < 2) {
      return;
    }
    use(line.paint(), 1);
    ground.setStroke(stroke(line.thickness(), line.dash()));
    ground.draw(path(line.points(), false));
  }

  private static BasicStroke stroke(double thickness, Mark.Dash dash) {
    List<Double> lengths = dash.lengths(thickness);
    if (lengths.isEmpty()) {
      return new BasicStroke((float) thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }
    float[] pattern = new float[lengths.size()];
    for (int i = 0; i < pattern.length; i++) {
      pattern[i] = lengths.get(i).floatValue();
    }
    return new BasicStroke(
        (float) thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, pattern, 0);
  }

  /// All signs as one shape, or they would be seen through each other.
  private void cloud(Mark.Cloud cloud) {
    Path2D.Double all = new Path2D.Double(Path2D.WIND_NON_ZERO);
    cloud.at().forEach(at -> all.append(form(cloud.shape(), at, cloud.size()), false));
    use(cloud.paint(), cloud.opacity());
    ground.fill(all);
  }

  /// What a sign covers.
  private static java.awt.Shape form(Shape shape, Spot at, double size) {
    Path2D.Double form = new Path2D.Double(Path2D.WIND_NON_ZERO);
    if (shape.isRound()) {
      form.append(new Ellipse2D.Double(at.x() - size / 2, at.y() - size / 2, size, size), false);
    }
    shape.paths(at, size).forEach(part -> form.append(path(part, shape.isClosed()), false));
    return shape.isFilled()
        ? form
        : new BasicStroke(
                (float) (Shape.THICKNESS * size), BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER)
            .createStrokedShape(form);
  }

  private void image(BufferedImage image, Extent place) {
    AffineTransform to = new AffineTransform();
    to.translate(place.left(), place.top());
    to.scale(place.width() / image.getWidth(), place.height() / image.getHeight());
    ground.drawImage(image, to, null);
  }

  private BufferedImage coloured(Mark.Stencil stencil) {
    int colour = Color.decode(look.of(stencil.paint())).getRGB() & 0xFFFFFF;
    int width = stencil.opacity().width();
    int height = stencil.opacity().height();
    byte[] opacities = stencil.opacity().pixels();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < opacities.length; i++) {
      image.setRGB(i % width, i / width, (opacities[i] & 0xFF) << 24 | colour);
    }
    return image;
  }

  private void use(Paint paint, double opacity) {
    Color full = Color.decode(look.of(paint));
    int alpha = (int) Math.round(255 * opacity);
    ground.setColor(new Color(full.getRed(), full.getGreen(), full.getBlue(), alpha));
  }

  private static Path2D.Double path(List<Spot> spots, boolean closed) {
    Path2D.Double path = new Path2D.Double();
    for (int i = 0; i < spots.size(); i++) {
      if (i == 0) {
        path.moveTo(spots.get(i).x(), spots.get(i).y());
      } else {
        path.lineTo(spots.get(i).x(), spots.get(i).y());
      }
    }
    if (closed && !spots.isEmpty()) {
      path.closePath();
    }
    return path;
  }

  private static Rectangle2D rectangle(Extent extent) {
    return new Rectangle2D.Double(extent.left(), extent.top(), extent.width(), extent.height());
  }
}
