package ijen.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a [Table] of texts, value after value, for the readers of formats.
///
/// Each problem is a [FormatException] that names the file, the line, and the column by number and
/// name.
public final class TableBuilder {
  private final String source;
  private final boolean missingAllowed;
  private final List<Table.Column> columns;
  private final List<@Nullable Categories> nominal; // null for columns of numbers
  private final NumberBlock numbers = new NumberBlock();
  private int width; // columns of numbers
  private int rows;
  private int next; // column of the current row
  private long line;
  private int categoryCount;

  /// A table from `source` with these columns. A column of categories that names some has just
  /// these; one that names none gets what occurs, in alphabetical order.
  ///
  /// @param missingAllowed whether values may be missing
  /// @throws FormatException if there are no columns or too many, or two have the same name
  public TableBuilder(String source, List<Table.Column> columns, boolean missingAllowed)
      throws FormatException {
    this.source = source;
    this.missingAllowed = missingAllowed;
    this.columns = new ArrayList<>(columns);
    this.nominal = new ArrayList<>(columns.size());
    if (columns.isEmpty() || columns.size() > Table.MOST_COLUMNS) {
      throw new FormatException(
          source, "expected 1 to " + Table.MOST_COLUMNS + " columns, got " + columns.size());
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < columns.size(); i++) {
      Table.Column column = columns.get(i);
      if (!names.add(column.name())) {
        throw new FormatException(
            source,
            "column "
                + (i + 1)
                + ": expected a name of its own, got '"
                + shown(column.name())
                + "' again");
      }
      nominal.add(column.nominal() ? new Categories(column.categories()) : null);
      categoryCount += column.categories().size();
      width += column.nominal() ? 0 : 1;
    }
    requireFewCategories();
  }

  /// The number that the characters spell, NaN if they spell none; spaces around it do not count.
  public static float number(char[] chars, int from, int length) {
    int end = from + length;
    while (from < end && chars[from] == ' ') {
      from++;
    }
    while (end > from && chars[end - 1] == ' ') {
      end--;
    }
    return Decimal.parse(chars, from, end - from);
  }

  /// Whether the characters are one of the ways to say that a number is missing: nothing, `?`,
  /// `NA`, `NaN` or `nan`.
  public static boolean isMissing(String text) {
    return switch (text.strip()) {
      case "", "?", "NA", "NaN", "nan" -> true;
      default -> false;
    };
  }

  /// Begins a row that stands in that line of the file.
  public void begin(long line) {
    this.line = line;
    next = 0;
  }

  /// The next value of the row.
  ///
  /// @param quoted whether it stood in quotes, where spaces count and `?` is a text
  public void value(char[] chars, int from, int length, boolean quoted) throws FormatException {
    if (next == columns.size()) {
      throw wrong("expected " + columns.size() + " values, got more");
    }
    Categories categories = nominal.get(next);
    if (categories == null) {
      float number = number(chars, from, length);
      if (Float.isNaN(number)) {
        number = missing(new String(chars, from, length));
      }
      numbers.add(number);
    } else {
      category(categories, chars, from, length, quoted);
    }
    next++;
  }

  /// The same as 0, or the first category, for values that a sparse file leaves out.
  public void zero() throws FormatException {
    if (next == columns.size()) {
      throw wrong("expected " + columns.size() + " values, got more");
    }
    Categories categories = nominal.get(next);
    if (categories == null) {
      numbers.add(0);
    } else if (categories.names.isEmpty()) {
      throw wrongValue("expected a text, got none");
    } else {
      categories.add(0);
    }
    next++;
  }

  private float missing(String text) throws FormatException {
    if (!isMissing(text)) {
      float huge = text.isBlank() ? 0 : parsed(text);
      throw wrongValue(
          Float.isInfinite(huge)
              ? "expected a number that a float can hold, got '" + shown(text) + "'"
              : "expected a number, got '"
                  + shown(text)
                  + "'; if the column holds categories, say that it does");
    }
    requireMissingAllowed(text);
    return Float.NaN;
  }

  private static float parsed(String text) {
    try {
      return Float.parseFloat(text);
    } catch (NumberFormatException none) {
      return 0;
    }
  }

  private void category(Categories categories, char[] chars, int from, int length, boolean quoted)
      throws FormatException {
    int first = from;
    int end = from + length;
    while (!quoted && first < end && Character.isWhitespace(chars[first])) {
      first++;
    }
    while (!quoted && end > first && Character.isWhitespace(chars[end - 1])) {
      end--;
    }
    int rest = end - first;
    if (!quoted && (rest == 0 || (rest == 1 && chars[first] == '?'))) {
      requireMissingAllowed(new String(chars, first, rest));
      categories.add(-1);
      return;
    }
    int known = categories.find(chars, first, rest);
    if (known < 0) {
      String name = new String(chars, first, rest);
      if (!categories.open) {
        throw wrongValue(
            "expected one of " + some(categories.names) + ", got '" + shown(name) + "'");
      }
      known = categories.put(name);
      categoryCount++;
      requireFewCategories();
    }
    categories.add(known);
  }

  private void requireFewCategories() throws FormatException {
    if (categoryCount > Table.MOST_CATEGORIES) {
      throw wrong(
          "expected at most "
              + Table.MOST_CATEGORIES
              + " different texts in all columns of categories, got more");
    }
  }

  private void requireMissingAllowed(String text) throws FormatException {
    if (!missingAllowed) {
      throw wrongValue(
          "expected a value, got '" + shown(text) + "': fill it in, or read with missing values");
    }
  }

  /// Ends the row.
  public void end() throws FormatException {
    if (next < columns.size()) {
      throw wrong("expected " + columns.size() + " values, got " + next);
    }
    rows++;
    if (numbers.size() > NumberBlock.MOST - width) {
      throw wrong("expected at most " + NumberBlock.MOST + " numbers in all, got more");
    }
  }

  /// How many values there are so far.
  public long values() {
    return (long) rows * columns.size();
  }

  /// The table of all rows. This builder is of no use afterwards.
  ///
  /// @throws FormatException if there are none
  public Table table() throws FormatException {
    if (rows == 0) {
      throw new FormatException(source, "expected one or more rows of values, got none");
    }
    List<int[]> codes = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Categories categories = nominal.get(i);
      if (categories != null) {
        List<String> names = categories.sorted();
        columns.set(i, Table.Column.categories(columns.get(i).name(), names));
        codes.add(categories.codes(names, rows));
      }
    }
    return new Table(source, columns, rows, numbers.tensor(source, rows, width), codes);
  }

  /// A problem with the row that is being read.
  public FormatException wrong(String problem) {
    return new FormatException(source, (line == 0 ? "" : "line " + line + ": ") + problem);
  }

  /// A problem with the value that is being read.
  public FormatException wrongValue(String problem) {
    return wrong(
        "column " + (next + 1) + " ('" + shown(columns.get(next).name()) + "'): " + problem);
  }

  private static String some(List<String> names) {
    return shown(names.stream().limit(20).toList().toString())
        + (names.size() > 20 ? " and " + (names.size() - 20) + " more" : "");
  }

  /// A text from the file, fit for a message: on one line and not long.
  public static String shown(String text) {
    return Excerpt.of(text, 200);
  }
}
