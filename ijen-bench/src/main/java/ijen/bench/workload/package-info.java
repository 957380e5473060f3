/// The trainings that are timed, and Ijen's own part in them.
///
/// Entry type: [ijen.bench.workload.Workload]. A [ijen.bench.workload.Job] is one of them as it is
/// told to a process, be it another library's (`ijen.bench.peer`) or Ijen's
/// ([ijen.bench.workload.IjenParticipant]).
@NullMarked
package ijen.bench.workload;

import org.jspecify.annotations.NullMarked;
