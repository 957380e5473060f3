package ijen.format.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import ijen.format.FormatException;
import ijen.format.Table;
import ijen.format.TableBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes the values of a file as the library finds them, and turns them into a table.
///
/// The first lines are kept as texts until it is clear whether there is a header and what each
/// column holds; all others go straight to the table, without an object for each value.
final class CsvRows extends AbstractBaseCsvCallbackHandler<CsvRows> {
  private static final int SHORTEST_COUNT = 3; // of a header that counts 0, 1, 2

  /// A line that is kept.
  private static final class Line {
    private final long number;
    private final List<String> values = new ArrayList<>();
    private final List<Boolean> quoted = new ArrayList<>();

    Line(long number) {
      this.number = number;
    }

    boolean isNumber(int i) {
      char[] chars = values.get(i).toCharArray();
      return !Float.isNaN(TableBuilder.number(chars, 0, chars.length));
    }
  }

  private final String source;
  private final CsvOptions options;
  private final List<Line> kept = new ArrayList<>();
  private @Nullable Line line; // that is being kept
  private @Nullable TableBuilder table;
  private @Nullable FormatException failure;
  private long emptyLine; // 0 if there was none

  CsvRows(String source, CsvOptions options) {
    this.source = source;
    this.options = options;
  }

  @Override
  protected void handleBegin(long number) {
    if (table == null) {
      line = new Line(number);
    } else {
      table.begin(number);
    }
  }

  @Override
  protected void handleEmpty() {
    line = null;
    if (emptyLine == 0) {
      emptyLine = getStartingLineNumber();
    }
  }

  @Override
  protected void handleField(int index, char[] chars, int from, int length, boolean quoted) {
    if (failure != null) {
      return;
    }
    if (emptyLine > 0) {
      failure = new FormatException(source, "line " + emptyLine + ": expected values, got none");
      return;
    }
    try {
      if (length > CsvFile.MOST_FIELD) {
        throw new FormatException(
            source,
            "line "
                + getStartingLineNumber()
                + ": column "
                + (index + 1)
                + ": expected at most "
                + CsvFile.MOST_FIELD
                + " characters, got "
                + length);
      }
      if (table != null) {
        table.value(chars, from, length, quoted);
      } else if (line != null) {
        if (index == Table.MOST_COLUMNS) {
          throw new FormatException(
              source, "expected at most " + Table.MOST_COLUMNS + " columns, got more");
        }
        line.values.add(new String(chars, from, length));
        line.quoted.add(quoted);
      }
    } catch (FormatException wrong) {
      failure = wrong;
    }
  }

  @Override
  protected CsvRows buildRecord() {
    return this;
  }

  /// Ends the row that was read.
  void check() throws FormatException {
    if (failure != null) {
      throw failure;
    }
    if (line != null) {
      kept.add(line);
      line = null;
      if (options.header() != CsvOptions.Header.SEEN || kept.size() == 2) {
        settle();
      }
    } else if (table != null && emptyLine == 0) {
      table.end();
    }
  }

  /// The table of all rows.
  Table table() throws FormatException {
    if (table == null) {
      settle();
    }
    if (table == null) {
      throw new FormatException(
          source,
          kept.isEmpty()
              ? "expected a table, got an empty file"
              : "expected rows of values after the line with the names of the columns, got none");
    }
    return table.table();
  }

  /// Decides what the kept lines are, if they are enough for that, and hands them on.
  private void settle() throws FormatException {
    if (kept.isEmpty()) {
      return;
    }
    Line first = kept.getFirst();
    boolean header =
        switch (options.header()) {
          case PRESENT -> true;
          case ABSENT -> false;
          case SEEN -> looksLikeHeader(first);
        };
    int firstRow = header ? 1 : 0;
    if (kept.size() == firstRow) {
      return;
    }
    TableBuilder made = new TableBuilder(source, columns(header ? first : null), options.missing());
    for (Line row : kept.subList(firstRow, kept.size())) {
      made.begin(row.number);
      for (int i = 0; i < row.values.size(); i++) {
        char[] chars = row.values.get(i).toCharArray();
        made.value(chars, 0, chars.length, row.quoted.get(i));
      }
      made.end();
    }
    kept.clear();
    table = made;
  }

  private boolean looksLikeHeader(Line first) {
    int count = first.values.size();
    boolean counts = count >= SHORTEST_COUNT;
    boolean anyNumber = false;
    boolean anyText = false;
    boolean numberBelowText = false;
    Line second = kept.size() > 1 ? kept.get(1) : null;
    for (int i = 0; i < count; i++) {
      counts &= first.values.get(i).equals(Integer.toString(i));
      if (first.isNumber(i)) {
        anyNumber = true;
      } else {
        anyText = true;
        numberBelowText |= second != null && i < second.values.size() && second.isNumber(i);
      }
    }
    return counts || (anyText && (!anyNumber || numberBelowText));
  }

  private List<Table.Column> columns(@Nullable Line header) throws FormatException {
    Line row = kept.get(header == null ? 0 : 1);
    int count = header == null ? row.values.size() : header.values.size();
    Set<String> nominal = new HashSet<>(options.nominal());
    List<Table.Column> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = header == null ? "" : header.values.get(i).strip();
      if (name.isEmpty()) {
        name = "column" + (i + 1); // as the index that pandas writes first
      }
      boolean categories =
          nominal.remove(name)
              || (i < row.values.size()
                  && !row.isNumber(i)
                  && !(options.missing() && TableBuilder.isMissing(row.values.get(i))));
      columns.add(
          categories ? Table.Column.categories(name, List.of()) : Table.Column.numbers(name));
    }
    if (!nominal.isEmpty()) {
      throw new FormatException(
          source,
          "expected a column '"
              + TableBuilder.shown(nominal.stream().sorted().findFirst().orElseThrow())
              + "', as was asked for, got "
              + TableBuilder.shown(columns.stream().map(Table.Column::name).toList().toString()));
    }
    return columns;
  }
}
