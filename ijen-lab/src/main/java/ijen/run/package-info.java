/// Runs and what they leave: a folder of plain files each, readable without Ijen.
///
/// Entry type: [ijen.run.RunStore], which makes, lists and finds runs. A [ijen.run.RunFolder] knows
/// its files; `ijen.report` makes the page of them. Nothing here trains: a training hands over
/// numbers as [ijen.run.EpochRow] and [ijen.run.RunResult], whose images are pictures of
/// `ijen.plot`.
@NullMarked
package ijen.run;

import org.jspecify.annotations.NullMarked;
