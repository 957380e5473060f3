package ijen.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A table in Markdown, padded so that it can be read as text too.
final class Grid {
  private final boolean[] right;
  private final List<String[]> rows = new ArrayList<>();

  /// A table with these heads; a column whose head begins with `>` is set to the right.
  Grid(String... heads) {
    right = new boolean[heads.length];
    String[] names = new String[heads.length];
    for (int i = 0; i < heads.length; i++) {
      right[i] = heads[i].startsWith(">");
      names[i] = right[i] ? heads[i].substring(1) : heads[i];
    }
    rows.add(names);
  }

  void row(String... cells) {
    if (cells.length != right.length) {
      throw new IllegalArgumentException(
          "grid: expected " + right.length + " cells, got " + Arrays.toString(cells));
    }
    rows.add(Arrays.stream(cells).map(cell -> cell.replace("|", "\\|")).toArray(String[]::new));
  }

  @Override
  public String toString() {
    int[] widths = new int[right.length];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(Math.max(widths[i], 3), row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < rows.size(); line++) {
      for (int i = 0; i < widths.length; i++) {
        String cell = rows.get(line)[i];
        String space = " ".repeat(widths[i] - cell.length());
        text.append("| ").append(right[i] ? space + cell : cell + space).append(' ');
      }
      text.append("|\n");
      if (line == 0) {
        for (int i = 0; i < widths.length; i++) {
          text.append('|').append("-".repeat(widths[i] + 1)).append(right[i] ? ':' : '-');
        }
        text.append("|\n");
      }
    }
    return text.toString();
  }
}
