package ijen.format.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import ijen.format.AtomicFile;
import ijen.format.FormatException;
import ijen.format.Table;
import ijen.format.Utf8Reader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PushbackReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Reads and writes tables as CSV, plain or gzipped.
///
/// ```java
/// Table table = CsvFile.read(Path.of("fashion-mnist_train.csv"));
/// Table iris = CsvFile.read(path, CsvOptions.seen().withNominal("species"));
/// ```
///
/// Reading is strict. Each row has a value for each column; a column whose first value is a number
/// has numbers only; quotes are closed, and nothing but a separator follows them; the bytes are
/// UTF-8. Empty lines may stand at the end. A file of whole numbers from 0 to 255, such as
/// `label,pixel0,…`, takes a byte a value in memory. Texts become categories in alphabetical order,
/// whole numbers among them by size, so that the order of the rows does not matter.
///
/// **Range:** at most [Table#MOST_COLUMNS] columns, [Table#MOST_CATEGORIES] different texts,
/// [#MOST_FIELD] characters a value, and 2³¹ − 9 numbers in all.
///
/// **Memory:** reading allocates at most twice what the file, unpacked, and the table take, and 512
/// KiB. In the table a number takes 4 bytes, or 1 if all are bytes, a category 4, a column and each
/// different text at most 256.
///
/// **Source:** RFC 4180.
public final class CsvFile {
  /// The longest value, in characters.
  public static final int MOST_FIELD = 1 << 16;

  private static final int FIRST_LINE = 1 << 16;

  private CsvFile() {}

  /// Reads a file; all is seen from its content.
  ///
  /// @throws FormatException if it is no such table
  /// @throws IOException if it cannot be read
  public static Table read(Path file) throws IOException {
    return read(file, CsvOptions.seen());
  }

  /// Reads a file.
  ///
  /// @throws FormatException if it is no such table
  /// @throws IOException if it cannot be read
  public static Table read(Path file, CsvOptions options) throws IOException {
    try (Utf8Reader text = Utf8Reader.open(file)) {
      return read(file.toString(), text, options);
    }
  }

  /// Reads a file that is already in memory; `name` is what errors call it.
  ///
  /// @throws FormatException if it is no such table
  public static Table read(String name, byte[] content, CsvOptions options) throws IOException {
    try (Utf8Reader text = Utf8Reader.of(name, content)) {
      return read(name, text, options);
    }
  }

  private static Table read(String name, Utf8Reader text, CsvOptions options) throws IOException {
    PushbackReader in = new PushbackReader(text, FIRST_LINE);
    char[] start = new char[FIRST_LINE];
    int length = 0;
    for (int got;
        length < FIRST_LINE && (got = in.read(start, length, FIRST_LINE - length)) > 0; ) {
      length += got;
    }
    in.unread(start, 0, length);
    Character given = options.separator();
    CsvRows rows = new CsvRows(name, options);
    try (CsvReader<CsvRows> records =
        CsvReader.builder()
            .fieldSeparator(given == null ? separator(start, length) : given)
            .allowUnclosedQuote(false)
            .skipEmptyLines(false)
            .extraFieldStrategy(
                FieldMismatchStrategy.IGNORE) // counted by CsvRows, which says where
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(2 * MOST_FIELD)
            .build(rows, in)) {
      for (CsvRows record : records) {
        record.check();
      }
      return rows.table();
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    } catch (CsvParseException wrong) {
      throw new FormatException(name, "expected CSV: " + wrong.getMessage(), wrong);
    }
  }

  /// The most frequent separator of the first line, outside of quotes.
  private static char separator(char[] start, int length) {
    int commas = 0;
    int semicolons = 0;
    int tabs = 0;
    boolean quoted = false;
    for (int i = 0; i < length; i++) {
      switch (start[i]) {
        case '"' -> quoted = !quoted;
        case ',' -> commas += quoted ? 0 : 1;
        case ';' -> semicolons += quoted ? 0 : 1;
        case '\t' -> tabs += quoted ? 0 : 1;
        case '\n', '\r' -> {
          if (!quoted) {
            i = length;
          }
        }
        default -> {}
      }
    }
    if (tabs > commas && tabs > semicolons) {
      return '\t';
    }
    return semicolons > commas ? ';' : ',';
  }

  /// Writes a table with a header, values separated by commas and lines by line feeds; gzipped if
  /// the file's name ends with `.gz`. The file appears whole or not at all.
  ///
  /// Numbers are written with as many digits as it takes to read the same `float` again, missing
  /// ones as `NaN`, missing categories as nothing. The same table gives the same bytes always.
  ///
  /// @throws IOException if it cannot be written; a file that was there before is then unchanged
  public static void write(Path file, Table table) throws IOException {
    AtomicFile.writeByEnding(file, out -> write(out, table));
  }

  private static void write(OutputStream out, Table table) throws IOException {
    try {
      writeRows(out, table);
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  private static void writeRows(OutputStream out, Table table) throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    CsvWriter writer =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.LF)
            .quoteStrategy(new Quotes(table.columns()))
            .build(text);
    List<Table.Column> columns = table.columns();
    writer.writeRecord(columns.stream().map(Table.Column::name).toList());
    for (int row = 0; row < table.rows(); row++) {
      CsvWriter.CsvWriterRecord record = writer.writeRecord();
      for (int i = 0; i < columns.size(); i++) {
        Table.Column column = columns.get(i);
        if (column.nominal()) {
          int category = table.category(row, i);
          record.writeField(category < 0 ? null : column.categories().get(category));
        } else {
          record.writeField(digits(table.number(row, i)));
        }
      }
      record.endRecord();
    }
    writer.flush();
    text.flush();
  }

  private static String digits(float number) {
    return number == (int) number && Math.abs(number) <= 1 << 24 && !isNegativeZero(number)
        ? Integer.toString((int) number)
        : Float.toString(number);
  }

  private static boolean isNegativeZero(float number) {
    return number == 0 && 1 / number < 0;
  }
}
