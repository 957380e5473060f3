package ijen.format.arff;

import ijen.format.FormatException;
import ijen.format.GzipStream;
import ijen.format.Table;
import ijen.format.TableBuilder;
import ijen.format.Utf8Reader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads tables as ARFF, plain or gzipped, as OpenML serves them.
///
/// ```java
/// Table table = ArffFile.read(Path.of("mnist_784.arff"));
/// ```
///
/// Columns of type `numeric`, `real` and `integer` hold numbers; those with a list of names hold
/// categories in the order of the list; those of type `string` hold categories as [Table] orders
/// those of a CSV file. Dates and relations are refused, as are rows with a weight.
///
/// **Range:** as [Table]; values and names of at most [#MOST_WORD] characters. Rows that leave out
/// zeros must not make the table larger than 1,032 bytes for each of the file's, which is what
/// compression can reach, and 1 MiB.
///
/// **Memory:** as [ijen.format.csv.CsvFile] says of its own.
public final class ArffFile {
  /// The longest value or name, in characters.
  public static final int MOST_WORD = ArffWords.MOST_WORD;

  private static final long MOST_UNWRITTEN = 1 << 18; // values

  private final String file;
  private final Utf8Reader text;
  private final ArffWords words;
  private final boolean missing;
  private final List<Table.Column> columns = new ArrayList<>();

  private ArffFile(String file, Utf8Reader text, boolean missing) {
    this.file = file;
    this.text = text;
    this.words = new ArffWords(file, text);
    this.missing = missing;
  }

  /// Reads a file in which no value is missing.
  ///
  /// @throws FormatException if it is no such table
  /// @throws IOException if it cannot be read
  public static Table read(Path file) throws IOException {
    return read(file, false);
  }

  /// Reads a file.
  ///
  /// @param missing whether values may be missing (`?`): NaN for a number, −1 for a category
  /// @throws FormatException if it is no such table
  /// @throws IOException if it cannot be read
  public static Table read(Path file, boolean missing) throws IOException {
    try (Utf8Reader text = Utf8Reader.open(file)) {
      return new ArffFile(file.toString(), text, missing).table();
    }
  }

  /// Reads a file that is already in memory; `name` is what errors call it.
  ///
  /// @throws FormatException if it is no such table
  public static Table read(String name, byte[] content, boolean missing) throws IOException {
    try (Utf8Reader text = Utf8Reader.of(name, content)) {
      return new ArffFile(name, text, missing).table();
    }
  }

  private Table table() throws IOException {
    boolean named = false;
    while (words.toNextLine()) {
      String keyword = keyword();
      switch (keyword) {
        case "@relation" -> {
          words.need("the name of the relation");
          words.skipLine();
          named = true;
        }
        case "@attribute" -> {
          if (!named) {
            throw words.wrong("expected @relation before the first @attribute");
          }
          attribute();
        }
        case "@data" -> {
          words.needLineEnd("the rows on the lines after @data");
          return rows();
        }
        default ->
            throw words.wrong(
                "expected @relation, @attribute or @data, got '"
                    + TableBuilder.shown(keyword)
                    + "'"
                    + (named ? "" : ": this is no ARFF file"));
      }
    }
    throw words.wrong("expected @data, the file ends");
  }

  private String keyword() throws IOException {
    words.need("@relation, @attribute or @data");
    return words.text().toLowerCase(Locale.ROOT);
  }

  private void attribute() throws IOException {
    words.need("the name of the attribute");
    String name = words.text();
    if (name.isEmpty()) {
      throw words.wrong("expected the name of the attribute, got an empty one");
    }
    if (columns.size() == Table.MOST_COLUMNS) {
      throw words.wrong("expected at most " + Table.MOST_COLUMNS + " attributes, got more");
    }
    if (words.next('{')) {
      columns.add(Table.Column.categories(name, names(name)));
      words.needLineEnd("the end of the line after '}'");
      return;
    }
    words.need("the type of '" + TableBuilder.shown(name) + "'");
    String type = words.text().toLowerCase(Locale.ROOT);
    columns.add(
        switch (type) {
          case "numeric", "real", "integer" -> Table.Column.numbers(name);
          case "string" -> Table.Column.categories(name, List.of());
          default ->
              throw words.wrong(
                  "attribute '"
                      + TableBuilder.shown(name)
                      + "': expected the type numeric, real, integer, string or {…}, got '"
                      + TableBuilder.shown(type)
                      + "'");
        });
    words.skipLine(); // some writers add a range, which means nothing
  }

  private List<String> names(String attribute) throws IOException {
    List<String> names = new ArrayList<>();
    do {
      if (names.size() == Table.MOST_CATEGORIES) {
        throw words.wrong("expected at most " + Table.MOST_CATEGORIES + " names, got more");
      }
      words.need("a name of '" + TableBuilder.shown(attribute) + "'");
      names.add(words.text());
    } while (words.next(','));
    words.need('}', "',' or '}' after a name of '" + TableBuilder.shown(attribute) + "'");
    return names;
  }

  private Table rows() throws IOException {
    if (columns.isEmpty()) {
      throw words.wrong("expected an @attribute before @data, got none");
    }
    TableBuilder table = new TableBuilder(file, columns, missing);
    while (words.toNextLine()) {
      table.begin(words.line());
      if (words.next('{')) {
        sparse(table);
        requireWritten(table);
      } else {
        dense(table);
      }
      table.end();
    }
    return table.table();
  }

  private void dense(TableBuilder table) throws IOException {
    do {
      if (words.next('{')) {
        throw table.wrong("expected values only, got '{': rows with a weight are not known here");
      }
      words.value();
      words.addTo(table);
    } while (words.nextSeparator());
    words.needLineEnd("',' or the end of the line after a value");
  }

  private void sparse(TableBuilder table) throws IOException {
    int next = 0; // column
    while (!words.next('}')) {
      words.need("the number of a column");
      int column = column(table, next);
      for (; next < column; next++) {
        table.zero();
      }
      words.need("a value after the number of a column");
      words.addTo(table);
      next++;
      if (!words.next(',')) {
        words.need('}', "',' or '}' after a value");
        break;
      }
    }
    words.needLineEnd("the end of the line after '}'");
    for (; next < columns.size(); next++) {
      table.zero();
    }
  }

  private int column(TableBuilder table, int next) throws FormatException {
    String digits = words.text();
    if (digits.length() <= 9
        && digits.chars().allMatch(c -> c >= '0' && c <= '9')
        && !digits.isEmpty()) {
      int column = Integer.parseInt(digits);
      if (column >= next && column < columns.size()) {
        return column;
      }
    }
    throw table.wrong(
        "expected the numbers of columns, rising, "
            + next
            + " to "
            + (columns.size() - 1)
            + ", got '"
            + TableBuilder.shown(digits)
            + "'");
  }

  private void requireWritten(TableBuilder table) throws FormatException {
    long most = text.count() * (GzipStream.MOST_GROWTH / Float.BYTES) + MOST_UNWRITTEN;
    if (table.values() > most) {
      throw table.wrong(
          "rows that leave out zeros would make a table of "
              + table.values()
              + " values: expected at most "
              + most
              + " from "
              + text.count()
              + " characters");
    }
  }
}
