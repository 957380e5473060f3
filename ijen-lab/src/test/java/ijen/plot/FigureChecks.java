package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// What every figure must hold to, whatever it shows.
final class FigureChecks {
  private static final DocumentBuilderFactory XML = DocumentBuilderFactory.newInstance();

  private FigureChecks() {}

  /// Checks a figure and gives its drawing, for what is particular to it.
  static Drawing check(Figure figure) {
    Drawing drawing = figure.draw();
    textsHaveTheirRoom(drawing);
    nothingLeavesThePaper(drawing);
    Document svg = parse(figure.standalone());
    assertThat(svg.getDocumentElement().getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo(drawing.title());
    assertThat(svg.getDocumentElement().getElementsByTagName("desc").item(0).getTextContent())
        .isEqualTo(drawing.description())
        .isNotBlank();
    assertThat(svg.getElementsByTagName("text").getLength()).isEqualTo(drawing.labels().size());
    Document inline = parse(figure.inline("a"));
    Set<String> ids = ids(inline);
    ids.retainAll(ids(parse(figure.inline("b"))));
    assertThat(ids).as("ids of two figures on a page").isEmpty();
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

  /// The ids of a document, each of which names one element.
  private static Set<String> ids(Document document) {
    Set<String> ids = new HashSet<>();
    NodeList elements = document.getElementsByTagName("*");
    for (int i = 0; i < elements.getLength(); i++) {
      String id = ((Element) elements.item(i)).getAttribute("id");
      assertThat(id.isEmpty() || ids.add(id)).as("id '%s' is there twice", id).isTrue();
    }
    return ids;
  }

  /// What covers a place other than a text does.
  private static List<Extent> extents(Mark mark) {
    return switch (mark) {
      case Mark.Line line -> line.points().stream().map(p -> around(p, 0)).toList();
      case Mark.Area area -> area.outline().stream().map(p -> around(p, 0)).toList();
      case Mark.Box box -> List.of(box.extent());
      case Mark.Sign sign -> List.of(around(sign.at(), 0.7 * sign.size()));
      case Mark.Cloud cloud -> cloud.at().stream().map(p -> around(p, 0.7 * cloud.size())).toList();
      case Mark.Raster raster -> List.of(raster.extent());
      case Mark.Stencil stencil -> List.of(stencil.extent());
      case Mark.Label _ -> List.of();
    };
  }

  private static Extent around(Spot spot, double reach) {
    return new Extent(spot.x() - reach, spot.y() - reach, spot.x() + reach, spot.y() + reach);
  }

  private static void nothingLeavesThePaper(Drawing drawing) {
    double slack = 0.01;
    Extent paper = new Extent(-slack, -slack, drawing.width() + slack, drawing.height() + slack);
    for (Mark mark : drawing.marks()) {
      for (Extent place : extents(mark)) {
        if (!paper.contains(place)) {
          fail("%s at %s leaves %s".formatted(mark.getClass().getSimpleName(), place, paper));
        }
      }
    }
  }

  /// No text lies on another, on a picture or on a sign, or leaves the drawing.
  private static void textsHaveTheirRoom(Drawing drawing) {
    List<Mark.Label> labels = drawing.labels();
    Extent paper = new Extent(-0.01, -0.01, drawing.width() + 0.01, drawing.height() + 0.01);
    for (int i = 0; i < labels.size(); i++) {
      Mark.Label label = labels.get(i);
      Extent place = label.extent();
      if (!paper.contains(place)) {
        fail("'%s' at %s leaves %s".formatted(label.text(), place, paper));
      }
      for (Mark mark : drawing.marks()) {
        boolean covers =
            mark instanceof Mark.Sign
                || mark instanceof Mark.Raster
                || mark instanceof Mark.Stencil;
        if (covers && extents(mark).stream().anyMatch(place::overlaps)) {
          fail("'%s' lies on %s".formatted(label.text(), mark));
        }
      }
      for (Mark.Label before : labels.subList(0, i)) {
        if (place.overlaps(before.extent())) {
          fail("'%s' lies on '%s'".formatted(label.text(), before.text()));
        }
      }
    }
  }
}
