package ijen.plot;

import ijen.format.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Something that can be drawn: a chart, a heat map, a grid of images.
///
/// A figure of your own needs one method, [#draw()]; everything else follows from the marks it
/// gives. The same figure always gives the same bytes, whatever the locale or the machine.
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
    return Svg.standalone(draw());
  }

  /// Writes [#standalone()] to a file, whole or not at all.
  default void save(Path file) throws IOException {
    byte[] bytes = standalone().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }
}
