package ijen.report;

import ijen.format.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Texts as Markdown.
final class Markdown {
  private static final int WIDTH = 118;

  private Markdown() {}

  /// A row of a table.
  static String row(List<String> cells) {
    List<String> escaped = cells.stream().map(cell -> escape(cell).replace("|", "\\|")).toList();
    return "| " + String.join(" | ", escaped) + " |\n";
  }

  /// A paragraph, in lines of at most 118 characters.
  static String prose(String paragraph) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (String word : escape(paragraph).split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
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

  /// Writes files into a folder, each whole or not at all; other files stay as they are.
  static void write(Path folder, Map<String, String> files) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> file : files.entrySet()) {
      byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(folder.resolve(file.getKey()), out -> out.write(bytes));
    }
  }

  /// What Markdown would take for its own.
  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("_", "\\_").replace("*", "\\*").replace("<", "&lt;");
  }
}
