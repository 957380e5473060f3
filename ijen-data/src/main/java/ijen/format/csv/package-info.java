/// CSV: tables as text, a line for each row, values separated by commas, semicolons or tabs.
///
/// Entry type: [ijen.format.csv.CsvFile], which reads and writes an [ijen.format.Table];
/// [ijen.format.csv.CsvOptions] says what cannot be seen from a file. Problems are an
/// [ijen.format.FormatException] that names the file, the line and the column.
///
/// Lines and quotes are taken apart, and written, by the library FastCSV.
///
/// **Source:** RFC 4180, "Common Format and MIME Type for Comma-Separated Values (CSV) Files".
@NullMarked
package ijen.format.csv;

import org.jspecify.annotations.NullMarked;
