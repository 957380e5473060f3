/// What came of the measurements: medians and spreads, the comparison, whether all have learnt the
/// same, and the tables.
///
/// Entry type: [ijen.bench.report.Results], filled by `ijen.bench`; [ijen.bench.report.BenchReport]
/// writes it down.
@NullMarked
package ijen.bench.report;

import org.jspecify.annotations.NullMarked;
