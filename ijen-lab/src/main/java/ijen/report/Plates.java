package ijen.report;

import ijen.plot.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The figures of one page: each is drawn there once, with a number and a caption, and kept as
/// files of its own.
final class Plates {
  private final Map<String, Figure> figures = new LinkedHashMap<>();
  private int number;

  /// The figures by the names of their files.
  static Plates of(Map<String, Figure> figures) {
    Plates plates = new Plates();
    plates.figures.putAll(figures);
    return plates;
  }

  /// One more figure.
  void add(String name, Figure figure) {
    if (figures.put(name, figure) != null) {
      throw new IllegalArgumentException("figure '" + name + "': there are two of that name");
    }
  }

  void add(String name, Optional<? extends Figure> figure) {
    figure.ifPresent(one -> add(name, one));
  }

  boolean has(String name) {
    return figures.containsKey(name);
  }

  /// Draws a figure into the page, if there is one of that name.
  void write(String name, String caption, Html html) {
    Figure figure = figures.get(name);
    if (figure == null) {
      return;
    }
    number++;
    String width = Math.round(figure.draw().width()) + "px";
    html.markup("<figure style=\"--width:" + width + "\">\n<div class=\"scroll\">\n");
    html.markup(figure.inline("figure-" + name)).markup("</div>\n<figcaption>");
    html.element("b", "", "Figure " + number + ".").markup(Html.escape(caption));
    html.markup("</figcaption>\n</figure>\n");
  }

  /// Draws figures beside each other, as far as there is room.
  void beside(Map<String, String> captions, Html html) {
    if (captions.keySet().stream().anyMatch(this::has)) {
      html.markup("<div class=\"side-by-side\">\n");
      captions.forEach((name, caption) -> write(name, caption, html));
      html.markup("</div>\n");
    }
  }

  /// Writes each to a file `NAME.svg`.
  void save(Path folder) throws IOException {
    save(folder, ".svg");
  }

  /// The same, and each to a file `NAME.png` where a font is installed.
  void saveWithPng(Path folder) throws IOException {
    save(folder);
    try {
      save(folder, ".png");
    } catch (IllegalStateException noFont) {
      return; // the SVGs are there
    }
  }

  private void save(Path folder, String format) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, Figure> figure : figures.entrySet()) {
      figure.getValue().save(folder.resolve(figure.getKey() + format));
    }
  }
}
