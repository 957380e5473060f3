/// Figures as vector graphics with real text, for pages, for print and for screen readers.
///
/// Entry type: [ijen.plot.Figure]. A figure ([ijen.plot.LineChart], [ijen.plot.Heatmap],
/// [ijen.plot.ImageGrid]) is plain data; it lays itself out as a [ijen.plot.Drawing], a list of
/// marks, and only then becomes SVG. `ijen.report` puts figures into pages.
@NullMarked
package ijen.plot;

import org.jspecify.annotations.NullMarked;
