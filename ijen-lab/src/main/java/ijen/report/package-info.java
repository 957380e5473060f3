/// Reports: one self-contained page for each run, study, comparison, check.
///
/// Entry types: [ijen.report.Report], which makes `report.html` of a run folder's files,
/// [ijen.report.StudyReport] of a study's, and [ijen.report.ComparisonReport] of several runs. What
/// the first shows is a [ijen.report.RunReport], plain data; where the data come from is `ijen.run`
/// and `ijen.study`, how figures look `ijen.plot`. [ijen.report.StudyPages] and
/// [ijen.report.TheoryPages] write Markdown.
@NullMarked
package ijen.report;

import org.jspecify.annotations.NullMarked;
