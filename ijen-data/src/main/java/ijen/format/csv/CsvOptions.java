package ijen.format.csv;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How to read a CSV file; what is not said is seen from its content.
///
/// @param separator what stands between values; null for the one of `,`, `;` and tab that is most
///   frequent in the first line
/// @param header whether the first line names the columns
/// @param nominal the columns that hold categories, by name; others do if their first value is no
///   number
/// @param missing whether values may be missing: nothing, `?`, `NA`, `NaN` or `nan` in a column of
///   numbers, nothing or `?` in one of categories
public record CsvOptions(
    @Nullable Character separator, Header header, Set<String> nominal, boolean missing) {

  /// Whether there is a header.
  public enum Header {
    /// As the first two lines look. The first is a header if it counts 0, 1, 2 and so on, or holds
    /// a text and either no number, or a text where the second holds a number.
    SEEN,
    /// The first line names the columns.
    PRESENT,
    /// The first line is a row; the columns are called `column1`, `column2` and so on.
    ABSENT
  }

  /// Checks and copies.
  public CsvOptions {
    nominal = Set.copyOf(nominal);
    if (separator != null && (separator == '"' || separator == '\n' || separator == '\r')) {
      throw new IllegalArgumentException(
          "separator: expected a character that is neither a quote nor the end of a line");
    }
  }

  /// All as seen, and no value missing.
  public static CsvOptions seen() {
    return new CsvOptions(null, Header.SEEN, Set.of(), false);
  }

  /// The same with another separator.
  public CsvOptions withSeparator(char separator) {
    return new CsvOptions(separator, header, nominal, missing);
  }

  /// The same with or without a header.
  public CsvOptions withHeader(Header header) {
    return new CsvOptions(separator, header, nominal, missing);
  }

  /// The same with these columns as categories.
  public CsvOptions withNominal(String... columns) {
    return new CsvOptions(separator, header, Set.of(columns), missing);
  }

  /// The same with missing values allowed: NaN for a number, −1 for a category.
  public CsvOptions withMissing() {
    return new CsvOptions(separator, header, nominal, true);
  }
}
