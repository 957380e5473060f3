/// What a machine can do at best: its multiply-add peak and its copy bandwidth, measured.
///
/// Entry type: [ijen.bench.machine.Machine]. Benchmarks (`ijen.bench.kernel`) say how close they
/// come to these limits; the threads are those that kernels run on (`ijen.kernel.Workers`).
@NullMarked
package ijen.bench.machine;

import org.jspecify.annotations.NullMarked;
