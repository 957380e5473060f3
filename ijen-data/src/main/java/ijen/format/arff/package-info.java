/// ARFF, the format of Weka and OpenML: tables as text, with a header that names and types the
/// columns.
///
/// Entry type: [ijen.format.arff.ArffFile], which reads an [ijen.format.Table]. Problems are an
/// [ijen.format.FormatException] that names the file, the line and the column.
///
/// Layout: comments after `%`; `@relation NAME`; for each column `@attribute NAME TYPE`, where the
/// type is `numeric`, `real`, `integer`, `string` or a list `{a, b, 'c d'}`; `@data`; then a line
/// for each row, its values separated by commas or, where most are 0, as `{3 1.5, 7 a}`.
///
/// **Source:** Witten, Frank, Hall, "Data Mining: Practical Machine Learning Tools and Techniques",
/// 3rd edition, section 2.4; the format's page in the documentation of Weka 3.9.
@NullMarked
package ijen.format.arff;

import org.jspecify.annotations.NullMarked;
