/// Ways of searching against each other: the same space, the same time, the same seeds.
///
/// Entry type: [ijen.bench.tuning.Race], which gives a [ijen.bench.tuning.RaceResult].
@NullMarked
package ijen.bench.tuning;

import org.jspecify.annotations.NullMarked;
