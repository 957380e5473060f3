/// Benchmarks of the kernels, one by one, against what the machine can do at best.
///
/// Entry type: [ijen.bench.kernel.KernelBenchmarks]. The list of what is measured is
/// [ijen.bench.kernel.KernelCases]; the roof comes from `ijen.bench.machine`. Every kernel's answer
/// is held against the reference kernels before its time is taken.
@NullMarked
package ijen.bench.kernel;

import org.jspecify.annotations.NullMarked;
