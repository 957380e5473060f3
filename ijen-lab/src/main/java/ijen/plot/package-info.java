/// Figures as vector graphics with real text, for pages, for print and for screen readers, and as
/// PNG.
///
/// Entry type: [ijen.plot.Figure]. A figure is plain data; it lays itself out as a
/// [ijen.plot.Drawing], a list of marks, and only then becomes SVG or PNG. Curves with bands are a
/// [ijen.plot.LineChart], classes in a plane a [ijen.plot.ScatterChart], bars and intervals a
/// [ijen.plot.RowChart], confusions a [ijen.plot.Heatmap], images an [ijen.plot.ImageGrid], those
/// with rows that belong together an [ijen.plot.ImageTable], weights [ijen.plot.SignedImages], and
/// one noisy sequence with its smoothed course an [ijen.plot.NoisyLine]. `ijen.report` puts figures
/// into pages.
@NullMarked
package ijen.plot;

import org.jspecify.annotations.NullMarked;
