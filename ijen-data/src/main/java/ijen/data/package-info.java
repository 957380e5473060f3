/// Data sets: samples with their targets, in memory, in order, and gathered into batches.
///
/// Entry type: [ijen.data.Dataset]; [ijen.data.Datasets] opens the built-in ones by name. A
/// [ijen.data.Split] divides one, [ijen.data.Batches] walks through it epoch by epoch and fills the
/// [ijen.graph.Batch] that the next stage, an [ijen.graph.Objective], is given.
@NullMarked
package ijen.data;

import org.jspecify.annotations.NullMarked;
