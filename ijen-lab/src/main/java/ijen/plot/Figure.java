package ijen.plot;

import ijen.format.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Something that can be drawn: a chart, a heat map, a grid of images.
///
/// A figure of your own needs one method, [#draw()]; everything else follows from the marks it
/// gives. The same figure always gives the same bytes of SVG, whatever the locale or the machine.
@FunctionalInterface
public interface Figure {
  /// The figure laid out: every line, box and text at its place.
  Drawing draw();

  /// An `<svg>` element to put into an HTML page; its colours follow the page's (see
  /// [Theme#css()]), and without such a page they are the light ones.
  ///
  /// `id` names the element and must be unique on the page.
  default String inline(String id) {
    return Svg.inline(draw(), id);
  }

  /// A whole SVG document on a light ground, for a file of its own.
  default String standalone() {
    return standalone(Look.LIGHT);
  }

  /// A whole SVG document with its ground, for a file of its own.
  default String standalone(Look look) {
    return Svg.standalone(draw(), look);
  }

  /// The same picture as a PNG file, as fine as the look asks for: see [Look#dotsPerInch()].
  ///
  /// **Throws** `IllegalStateException` where no font is installed: letters are drawn in the
  /// system's sans-serif one, so only this machine gives the same bytes again.
  default byte[] png(Look look) {
    return Png.of(draw(), look);
  }

  /// Writes [#standalone()] to a file, or [#png(Look)] if its name ends so, whole or not at all.
  default void save(Path file) throws IOException {
    save(file, Look.LIGHT);
  }

  /// Writes the figure to a file, whole or not at all: as PNG if its name ends so, as SVG else.
  default void save(Path file, Look look) throws IOException {
    boolean png = file.toString().endsWith(".png");
    byte[] bytes = png ? png(look) : standalone(look).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }
}
