package ijen.theory;

import ijen.format.AtomicFile;
import ijen.theory.Statement.Drawing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    Files.createDirectories(folder);
    for (Map.Entry<String, String> file : of(result).entrySet()) {
      byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(folder.resolve(file.getKey()), out -> out.write(bytes));
    }
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
    statement.derivation().forEach(paragraph -> text.append('\n').append(prose(paragraph)));
    text.append("\n## Measured\n\n").append(prose(statement.setting())).append('\n');
    text.append("| statement | measured | error | tolerance | verdict |\n|---|---|--:|--:|---|\n");
    for (Measurement m : statement.measurements()) {
      List<String> cells =
          List.of(m.claim(), m.measured(), m.errorText(), m.toleranceText(), m.verdict());
      text.append("| ");
      text.append(String.join(" | ", cells.stream().map(TheoryPages::cell).toList()));
      text.append(" |\n");
    }
    text.append("\nThe statement ").append(statement.verdict()).append(".\n");
    for (Drawing drawing : statement.drawings()) {
      text.append("\n![%s](%s.svg)\n".formatted(drawing.figure().draw().title(), drawing.name()));
      text.append('\n').append(prose(drawing.caption()));
    }
    text.append("\nMeasured on %s, seed %d.\n".formatted(result.data(), result.seed()));
    return text.toString();
  }

  private static String cell(String text) {
    return escape(text).replace("|", "\\|");
  }

  /// A paragraph, in lines of at most 118 characters.
  private static String prose(String paragraph) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (String word : escape(paragraph).split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > 118) {
        text.append('\n');
        column = 0;
      } else if (column > 0) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += word.length();
    }
    return text.append('\n').toString();
  }

  /// What Markdown would take for its own.
  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("_", "\\_").replace("*", "\\*").replace("<", "&lt;");
  }
}
