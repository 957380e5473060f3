package ijen.cli;

import java.util.ArrayList;
import java.util.List;

/// Rows of texts in columns, for people.
final class Table {
  private final String[] heads;
  private final boolean[] right;
  private final List<String[]> rows = new ArrayList<>();

  /// A table with these heads; a column whose head begins with `>` is set to the right.
  Table(String... heads) {
    this.heads = new String[heads.length];
    this.right = new boolean[heads.length];
    for (int i = 0; i < heads.length; i++) {
      right[i] = heads[i].startsWith(">");
      this.heads[i] = right[i] ? heads[i].substring(1) : heads[i];
    }
  }

  void row(String... cells) {
    if (cells.length != heads.length) {
      throw new IllegalArgumentException(
          "table: expected " + heads.length + " cells, got " + cells.length);
    }
    rows.add(cells);
  }

  void print(Terminal terminal) {
    int[] widths = new int[heads.length];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = heads[i].length();
      for (String[] row : rows) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    terminal.say(terminal.bold(line(heads, widths)));
    for (String[] row : rows) {
      terminal.say(line(row, widths));
    }
  }

  private String line(String[] cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String space = " ".repeat(widths[i] - cells[i].length());
      line.append(i == 0 ? "" : "  ").append(right[i] ? space + cells[i] : cells[i] + space);
    }
    return line.toString().stripTrailing();
  }
}
