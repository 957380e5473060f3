package ijen.report;

import ijen.format.AtomicFile;
import ijen.plot.Digits;
import ijen.report.Html.Column;
import ijen.run.Environment;
import ijen.theory.Measurement;
import ijen.theory.Statement;
import ijen.theory.Statement.Drawing;
import ijen.theory.TheoryResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Makes the page of the theory: each statement with formula, derivation, measurements and figures.
///
/// Like [Report] it is one page that needs nothing but itself.
public final class TheoryReport {
  private TheoryReport() {}

  /// The page.
  public static String html(TheoryResult result) {
    Html footer =
        new Html()
            .paragraph(
                "Made by Ijen "
                    + Environment.ijenVersion()
                    + ". All is computed in double precision by plain loops: the numbers are the"
                    + " same on every machine.");
    Page page = new Page("Theory – Ijen", header(result), footer);
    page.section("summary", "In short", summary(result));
    for (Statement statement : result.statements()) {
      String letter = statement.topic().letter();
      page.section(letter, "(" + letter + ") " + statement.topic().title(), section(statement));
    }
    return page.html();
  }

  /// Writes the page to a file, whole or not at all.
  public static void write(Path file, TheoryResult result) throws IOException {
    byte[] bytes = html(result).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  private static Html header(TheoryResult result) {
    Html html = new Html().element("p", "kicker", "Ijen · reproduce");
    html.element("h1", "", "Theory");
    html.element("p", "origin", "Measured on " + result.data() + ", seed " + result.seed());
    return html.element("p", result.holds() ? "verdict" : "verdict alarm", result.verdict());
  }

  private static Html summary(TheoryResult result) {
    List<Column> columns =
        List.of(Column.text("statement"), Column.number("measurements"), Column.text("verdict"));
    List<List<String>> rows = new ArrayList<>();
    for (Statement statement : result.statements()) {
      rows.add(
          List.of(
              "(" + statement.topic().letter() + ") " + statement.topic().title(),
              Digits.count(statement.measurements().size()),
              statement.verdict()));
    }
    return new Html().table("The statements", columns, rows, 0);
  }

  private static Html section(Statement statement) {
    Html html = new Html();
    html.element("pre", "", String.join("\n", statement.formulas()));
    statement.derivation().forEach(html::paragraph);
    html.element("p", "remarks", "Measured: " + statement.setting());
    for (Drawing drawing : statement.drawings()) {
      String width = Math.round(drawing.figure().draw().width()) + "px";
      html.markup("<figure style=\"--width:" + width + "\">\n<div class=\"scroll\">\n");
      html.markup(drawing.figure().inline("figure-" + drawing.name()));
      html.markup("</div>\n<figcaption>").markup(Html.escape(drawing.caption()));
      html.markup("</figcaption>\n</figure>\n");
    }
    List<Column> columns =
        List.of(
            Column.text("statement"),
            Column.text("measured"),
            Column.number("error"),
            Column.number("tolerance"),
            Column.text("verdict"));
    List<List<String>> rows = new ArrayList<>();
    for (Measurement m : statement.measurements()) {
      rows.add(List.of(m.claim(), m.measured(), m.errorText(), m.toleranceText(), m.verdict()));
    }
    String caption = "What was measured of statement (" + statement.topic().letter() + ")";
    html.table(caption, columns, rows, 0);
    if (!statement.holds()) {
      html.element("p", "verdict alarm", "The statement " + statement.verdict() + ".");
    }
    return html;
  }
}
