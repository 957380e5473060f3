package ijen.report;

import ijen.plot.Escape;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// A page's body in the making. Every text is escaped; only [#markup] is taken as it is.
final class Html {
  private final StringBuilder out = new StringBuilder();

  /// A table's column: its heading, and whether it holds numbers.
  record Column(String heading, boolean numeric) {
    static Column text(String heading) {
      return new Column(heading, false);
    }

    static Column number(String heading) {
      return new Column(heading, true);
    }
  }

  static String escape(String text) {
    return Escape.xml(text);
  }

  /// Markup that was made elsewhere, such as a figure's.
  Html markup(String html) {
    out.append(html);
    return this;
  }

  /// A paragraph.
  Html paragraph(String text) {
    return element("p", "", text);
  }

  /// An element that holds a text only, with a class unless that is empty.
  Html element(String name, String styleClass, String text) {
    out.append('<').append(name);
    if (!styleClass.isEmpty()) {
      out.append(" class=\"").append(escape(styleClass)).append('"');
    }
    out.append('>').append(escape(text)).append("</").append(name).append(">\n");
    return this;
  }

  /// A table with a heading to each column; the first cell of a row is the row's heading.
  ///
  /// `last` rows at the end are set off as summaries.
  Html table(String caption, List<Column> columns, List<List<String>> rows, int last) {
    return table(caption, columns, rows, row -> row >= rows.size() - last ? "summary" : "");
  }

  /// The same, with a style class for each row; empty for none.
  Html table(
      String caption,
      List<Column> columns,
      List<List<String>> rows,
      IntFunction<String> styleClass) {
    out.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    out.append(escape(caption)).append("\">\n<table>\n<caption>").append(escape(caption));
    out.append("</caption>\n<thead><tr>");
    for (Column column : columns) {
      out.append("<th scope=\"col\"").append(column.numeric() ? " class=\"number\">" : ">");
      out.append(escape(column.heading())).append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (int i = 0; i < rows.size(); i++) {
      String style = styleClass.apply(i);
      out.append(style.isEmpty() ? "<tr>" : "<tr class=\"" + escape(style) + "\">");
      List<String> row = rows.get(i);
      for (int j = 0; j < row.size(); j++) {
        String kind = j == 0 ? "th" : "td";
        out.append('<').append(kind).append(j == 0 ? " scope=\"row\"" : "");
        out.append(columns.get(j).numeric() ? " class=\"number\">" : ">");
        out.append(escape(row.get(j))).append("</").append(kind).append('>');
      }
      out.append("</tr>\n");
    }
    out.append("</tbody>\n</table>\n</div>\n");
    return this;
  }

  /// A table of names and values.
  Html pairs(String caption, Map<String, String> pairs) {
    out.append("<table class=\"pairs\">\n<caption>").append(escape(caption)).append("</caption>\n");
    out.append("<tbody>\n");
    pairs.forEach((name, value) ->
        out.append("<tr><th scope=\"row\">")
            .append(escape(name))
            .append("</th><td>")
            .append(escape(value))
            .append("</td></tr>\n"));
    out.append("</tbody>\n</table>\n");
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
