/// `ijen bench`: measures Ijen on this machine, alone and beside other libraries.
///
/// Entry type: [ijen.bench.BenchCommand]. It finds participants (`ijen.bench.peer`), measures the
/// workloads in turn ([ijen.bench.Bench]) and writes a report (`ijen.bench.report`);
/// [ijen.bench.KernelsCommand] measures the kernels (`ijen.bench.kernel`) one by one.
@NullMarked
package ijen.bench;

import org.jspecify.annotations.NullMarked;
