/// Reports: one self-contained page for each run.
///
/// Entry type: [ijen.report.Report], which makes `report.html` of a run folder's files. What it
/// shows is a [ijen.report.RunReport], plain data; where the data come from is `ijen.run`, how
/// figures look `ijen.plot`.
@NullMarked
package ijen.report;

import org.jspecify.annotations.NullMarked;
