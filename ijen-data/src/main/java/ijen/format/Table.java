package ijen.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Rows of numbers and of categories under the names of columns: what CSV and ARFF files hold.
///
/// Numbers are kept as `float`, in which Ijen computes, or as bytes if all of them are whole and
/// from 0 to 255; a number that is missing is NaN. Categories are kept as numbers into a list of
/// texts; one that is missing is −1.
public final class Table {
  /// The most columns.
  public static final int MOST_COLUMNS = 200_000;

  /// The most categories of all columns together.
  public static final int MOST_CATEGORIES = 100_000;

  private final String source;
  private final List<Column> columns;
  private final int rows;
  private final Tensor numbers;
  private final MemorySegment data;
  private final boolean bytes;
  private final int width; // numeric columns
  private final int[] places; // of each column among those of its kind
  private final List<int[]> categories; // of each column of categories

  Table(String source, List<Column> columns, int rows, Tensor numbers, List<int[]> categories) {
    this.source = source;
    this.columns = List.copyOf(columns);
    this.rows = rows;
    this.numbers = numbers;
    this.data = numbers.data();
    this.bytes = numbers.dtype() == Dtype.U8;
    this.categories = List.copyOf(categories);
    this.places = new int[columns.size()];
    int numeric = 0;
    int nominal = 0;
    for (int i = 0; i < places.length; i++) {
      places[i] = columns.get(i).nominal() ? nominal++ : numeric++;
    }
    this.width = numeric;
  }

  /// What is known of a column.
  ///
  /// @param name its name, not empty and of no other column
  /// @param nominal whether it holds categories; else it holds numbers
  /// @param categories the categories in the order of their numbers; none for a column of numbers
  public record Column(String name, boolean nominal, List<String> categories) {
    /// Checks and copies.
    public Column {
      categories = List.copyOf(categories);
      if (!nominal && !categories.isEmpty()) {
        throw new IllegalArgumentException(
            "column '" + name + "': expected no categories for a column of numbers");
      }
    }

    /// A column of numbers.
    public static Column numbers(String name) {
      return new Column(name, false, List.of());
    }

    /// A column of categories, in the order of their numbers.
    public static Column categories(String name, List<String> categories) {
      return new Column(name, true, categories);
    }
  }

  /// A table of numbers alone, for example one's own to be written to a file: `values` row after
  /// row.
  ///
  /// @throws IllegalArgumentException if there are no rows or columns, or the counts do not agree
  public static Table of(String name, List<String> columns, float[] values) {
    if (columns.isEmpty() || values.length == 0 || values.length % columns.size() != 0) {
      throw new IllegalArgumentException(
          name
              + ": expected one or more rows of "
              + columns.size()
              + " numbers, got "
              + values.length
              + " numbers");
    }
    NumberBlock block = new NumberBlock();
    for (float value : values) {
      block.add(value);
    }
    int rows = values.length / columns.size();
    return new Table(
        name,
        columns.stream().map(Column::numbers).toList(),
        rows,
        block.tensor(name, rows, columns.size()),
        List.of());
  }

  /// The same table with one more column, of categories, before all others.
  ///
  /// @param codes for each row the number of its category
  /// @throws IllegalArgumentException if these are not as many as rows, or one is no category
  public Table withCategories(String name, List<String> names, int[] codes) {
    if (codes.length != rows) {
      throw new IllegalArgumentException(
          source + ": expected " + rows + " categories for '" + name + "', got " + codes.length);
    }
    for (int code : codes) {
      if (code < 0 || code >= names.size()) {
        throw new IllegalArgumentException(
            source
                + ": expected categories from 0 to "
                + (names.size() - 1)
                + " for '"
                + name
                + "', got "
                + code);
      }
    }
    List<Column> all = new ArrayList<>(columns);
    all.addFirst(Column.categories(name, names));
    List<int[]> allCodes = new ArrayList<>(categories);
    allCodes.addFirst(codes.clone());
    return new Table(source, all, rows, numbers, allCodes);
  }

  /// Where the table is from, as errors call it: the name of a file.
  public String source() {
    return source;
  }

  /// How many rows there are; at least 1.
  public int rows() {
    return rows;
  }

  /// The columns, in the order of the file.
  public List<Column> columns() {
    return columns;
  }

  /// The number of the column of that name.
  ///
  /// @throws IllegalArgumentException if there is none; the message lists those that there are
  public int column(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    List<String> some = columns.stream().limit(20).map(Column::name).toList();
    throw new IllegalArgumentException(
        source
            + ": expected a column '"
            + name
            + "', got "
            + some
            + (columns.size() > 20 ? " and " + (columns.size() - 20) + " more" : ""));
  }

  /// The number in a column of numbers; NaN if it is missing.
  ///
  /// @throws IndexOutOfBoundsException if there is no such row
  /// @throws IllegalArgumentException if the column holds categories
  public float number(int row, int column) {
    requireKind(column, false);
    long at = (long) Objects.checkIndex(row, rows) * width + places[column];
    return bytes ? data.get(ValueLayout.JAVA_BYTE, at) & 255 : data.getAtIndex(Tensor.FLOAT, at);
  }

  /// The number of the category in a column of categories; −1 if it is missing.
  ///
  /// @throws IndexOutOfBoundsException if there is no such row
  /// @throws IllegalArgumentException if the column holds numbers
  public int category(int row, int column) {
    requireKind(column, true);
    return categories.get(places[column])[Objects.checkIndex(row, rows)];
  }

  private void requireKind(int column, boolean nominal) {
    if (columns.get(column).nominal() != nominal) {
      throw new IllegalArgumentException(
          source
              + ": expected '"
              + columns.get(column).name()
              + "' to hold "
              + (nominal ? "categories" : "numbers"));
    }
  }

  /// The numbers of all columns of numbers, in their order, shared with this table: U8 or F32,
  /// nobody should write to them.
  ///
  /// **Shapes:** `[rows, columns of numbers]`
  public Tensor numbers() {
    return numbers;
  }

  /// For example `iris.csv, 150 rows of 5 columns`.
  @Override
  public String toString() {
    return source + ", " + rows + " rows of " + columns.size() + " columns";
  }
}
