package ijen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// Takes pages apart, and says what every one of them must hold to.
final class PageChecks {
  private PageChecks() {}

  /// What every page must hold to.
  static Document check(String html) {
    Document page = parse(html);
    // Self-contained: no script, no address but inside the page or carrying its own content.
    assertThat(html).doesNotContainPattern("(?i)https?:").doesNotContain("@import", "<link");
    assertThat(html)
        .doesNotContainPattern("url\\((?!#)")
        .doesNotContainPattern("(?i)<[^>]*\\s(src|srcset|data|action)=");
    assertThat(html).contains("default-src 'none'");
    for (Element link : all(page, "*")) {
      for (String attribute : new String[] {"href", "xlink:href"}) {
        if (link.hasAttribute(attribute)) {
          assertThat(link.getAttribute(attribute)).matches("(?s)#.*|data:image/png;base64,.*");
        }
      }
    }
    // Outline: one first heading, no rank left out.
    assertThat(all(page, "h1")).hasSize(1);
    assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
    assertThat(all(page, "h3")).isEmpty();
    // Names: unique, and every reference arrives.
    Set<String> ids = new HashSet<>();
    for (Element element : all(page, "*")) {
      if (element.hasAttribute("id")) {
        assertThat(ids.add(element.getAttribute("id"))).as(element.getAttribute("id")).isTrue();
      }
    }
    for (Element element : all(page, "*")) {
      for (String reference : new String[] {"aria-labelledby", "aria-describedby"}) {
        if (element.hasAttribute(reference)) {
          assertThat(ids).contains(element.getAttribute(reference));
        }
      }
      if (element.getAttribute("href").startsWith("#")) {
        assertThat(ids).contains(element.getAttribute("href").substring(1));
      }
      if (element.hasAttribute("mask")) {
        assertThat(ids).contains(element.getAttribute("mask").replaceAll("^url\\(#|\\)$", ""));
      }
    }
    // Figures speak; tables have captions and headings that say what they head.
    for (Element svg : all(page, "svg")) {
      assertThat(svg.getAttribute("role")).isEqualTo("img");
      assertThat(all(svg, "desc").getFirst().getTextContent()).isNotBlank();
    }
    for (Element table : all(page, "table")) {
      assertThat(all(table, "caption")).hasSize(1);
    }
    for (Element heading : all(page, "th")) {
      assertThat(heading.getAttribute("scope")).isIn("row", "col");
    }
    return page;
  }

  static Document parse(String html) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    } catch (Exception broken) {
      throw new AssertionError("the page is not well-formed", broken);
    }
  }

  static List<List<String>> table(Document page, String caption) {
    for (Element table : all(page, "table")) {
      if (all(table, "caption").getFirst().getTextContent().equals(caption)) {
        return all(table, "tr").stream()
            .map(row -> all(row, "*").stream().map(Element::getTextContent).toList())
            .toList();
      }
    }
    throw new AssertionError("no table '" + caption + "'");
  }

  static Element byClass(Document page, String name) {
    return all(page, "*").stream()
        .filter(element -> element.getAttribute("class").equals(name))
        .findFirst()
        .orElseThrow();
  }

  static List<Element> all(Document page, String name) {
    return elements(page.getElementsByTagName(name));
  }

  static List<Element> all(Element inside, String name) {
    return elements(inside.getElementsByTagName(name));
  }

  private static List<Element> elements(NodeList nodes) {
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }
}
