package ijen.report;

import ijen.theory.Measurement;
import ijen.theory.Statement;
import ijen.theory.Statement.Drawing;
import ijen.theory.TheoryResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The theory as Markdown: a page for each statement, an index, and the figures as SVG beside them.
public final class TheoryPages {
  /// The name of the index.
  public static final String INDEX = "README.md";

  private TheoryPages() {}

  /// All files by their names.
  public static Map<String, String> of(TheoryResult result) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(INDEX, index(result));
    for (Statement statement : result.statements()) {
      files.put(statement.topic().page() + ".md", page(statement, result));
      for (Drawing drawing : statement.drawings()) {
        files.put(drawing.name() + ".svg", drawing.figure().standalone());
      }
    }
    return files;
  }

  /// Writes all files into a folder, each whole or not at all; other files stay as they are.
  public static void write(Path folder, TheoryResult result) throws IOException {
    Markdown.write(folder, of(result));
  }

  private static String index(TheoryResult result) {
    StringBuilder text = new StringBuilder("# Theory\n\n");
    text.append("What training rests on, stated, derived and measured on real data: ")
        .append(result.data())
        .append(", seed ")
        .append(result.seed())
        .append(".\n\n| | statement | measurements | verdict |\n|---|---|---|---|\n");
    for (Statement statement : result.statements()) {
      text.append(
          "| %s | [%s](%s.md) | %d | %s |\n"
              .formatted(
                  statement.topic().letter(),
                  statement.topic().title(),
                  statement.topic().page(),
                  statement.measurements().size(),
                  statement.holds() ? "holds" : "fails"));
    }
    text.append("\n").append(result.verdict());
    text.append(" These pages are written by\n\n```sh\n./ijen reproduce theory --data digits");
    text.append(" --markdown docs/theory\n```\n\nwhich measures everything anew. With");
    text.append(" `--data mnist` the same is measured on MNIST.\n");
    return text.toString();
  }

  private static String page(Statement statement, TheoryResult result) {
    StringBuilder text = new StringBuilder();
    text.append("# (%s) %s\n\n".formatted(statement.topic().letter(), statement.topic().title()));
    text.append("[All statements](%s)\n\n".formatted(INDEX));
    text.append("```text\n").append(String.join("\n", statement.formulas())).append("\n```\n");
    text.append("\n## Why\n");
    statement
        .derivation()
        .forEach(paragraph -> text.append('\n').append(Markdown.prose(paragraph)));
    text.append("\n## Measured\n\n").append(Markdown.prose(statement.setting())).append('\n');
    text.append("| statement | measured | error | tolerance | verdict |\n|---|---|--:|--:|---|\n");
    for (Measurement m : statement.measurements()) {
      List<String> cells =
          List.of(m.claim(), m.measured(), m.errorText(), m.toleranceText(), m.verdict());
      text.append(Markdown.row(cells));
    }
    text.append("\nThe statement ").append(statement.verdict()).append(".\n");
    for (Drawing drawing : statement.drawings()) {
      text.append("\n![%s](%s.svg)\n".formatted(drawing.figure().draw().title(), drawing.name()));
      text.append('\n').append(Markdown.prose(drawing.caption()));
    }
    text.append("\nMeasured on %s, seed %d.\n".formatted(result.data(), result.seed()));
    return text.toString();
  }
}
