package ijen.report;

import ijen.plot.Theme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A self-contained HTML page: a header, sections with headings, a footer, and all style inside.
///
/// It has no script, asks no host for anything, and tells the browser to allow neither. It is HTML
/// that also parses as XML.
final class Page {
  private record Section(String id, String heading, Html body) {}

  private final String title;
  private final Html header;
  private final Html footer;
  private final List<Section> sections = new ArrayList<>();

  /// `header` holds the page's only first-rank heading.
  Page(String title, Html header, Html footer) {
    this.title = title;
    this.header = header;
    this.footer = footer;
  }

  /// Adds a section; `id` is what links to it say.
  void section(String id, String heading, Html body) {
    sections.add(new Section(id, heading, body));
  }

  String html() {
    StringBuilder contents = new StringBuilder();
    StringBuilder links = new StringBuilder();
    for (Section section : sections) {
      String heading = Html.escape(section.heading());
      links.append("<li><a href=\"#%s\">%s</a></li>\n".formatted(section.id(), heading));
      contents.append(
          "<section id=\"%s\" aria-labelledby=\"%s-heading\">\n"
              .formatted(section.id(), section.id()));
      contents.append("<h2 id=\"%s-heading\">%s</h2>\n".formatted(section.id(), heading));
      contents.append(section.body()).append("</section>\n");
    }
    String navigation =
        sections.size() < 2
            ? ""
            : "<nav aria-label=\"Contents\">\n<ul>\n" + links + "</ul>\n</nav>\n";
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"/>
    <meta name="color-scheme" content="light dark"/>
    <title>%s</title>
    <style>
    %s</style>
    </head>
    <body>
    <a class="skip" href="#content">Skip to the content</a>
    <header>
    %s</header>
    %s<main id="content">
    %s</main>
    <footer>
    %s</footer>
    </body>
    </html>
    """
        .formatted(Html.escape(title), Theme.css() + style(), header, navigation, contents, footer);
  }

  private static String style() {
    try (InputStream in = Page.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException(
            "report.css is missing beside the class " + Page.class.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
