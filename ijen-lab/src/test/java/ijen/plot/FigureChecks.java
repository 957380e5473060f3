package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;

/// What every figure must hold to, whatever it shows.
final class FigureChecks {
  private static final DocumentBuilderFactory XML = DocumentBuilderFactory.newInstance();

  private FigureChecks() {}

  /// Checks a figure and gives its drawing, for what is particular to it.
  static Drawing check(Figure figure) {
    Drawing drawing = figure.draw();
    textsHaveTheirRoom(drawing);
    Document svg = parse(figure.standalone());
    assertThat(svg.getDocumentElement().getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo(drawing.title());
    assertThat(svg.getDocumentElement().getElementsByTagName("desc").item(0).getTextContent())
        .isEqualTo(drawing.description())
        .isNotBlank();
    assertThat(svg.getElementsByTagName("text").getLength()).isEqualTo(drawing.labels().size());
    Document inline = parse(figure.inline("a"));
    assertThat(inline.getDocumentElement().getAttribute("aria-labelledby")).isEqualTo("a-title");
    String standalone = figure.standalone();
    assertThat(standalone.contains("\"NaN\"") || standalone.contains("NaN,")).isFalse();
    assertThat(standalone.contains("var(")).as("colours are fixed in a file").isFalse();
    assertThat(figure.inline("a").contains("http")).as("a page's figure names no host").isFalse();
    assertThat(figure.standalone().equals(standalone)).as("twice the same").isTrue();
    return drawing;
  }

  static Document parse(String xml) {
    try {
      return XML.newDocumentBuilder()
          .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    } catch (Exception broken) {
      throw new AssertionError("not well-formed: " + xml, broken);
    }
  }

  /// No text lies on another or leaves the drawing.
  private static void textsHaveTheirRoom(Drawing drawing) {
    List<Mark.Label> labels = drawing.labels();
    Extent paper = new Extent(-0.01, -0.01, drawing.width() + 0.01, drawing.height() + 0.01);
    for (int i = 0; i < labels.size(); i++) {
      Mark.Label label = labels.get(i);
      Extent place = label.extent();
      if (!paper.contains(place)) {
        fail("'%s' at %s leaves %s".formatted(label.text(), place, paper));
      }
      for (Mark.Label before : labels.subList(0, i)) {
        if (place.overlaps(before.extent())) {
          fail("'%s' lies on '%s'".formatted(label.text(), before.text()));
        }
      }
    }
  }
}
