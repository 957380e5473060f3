/// The participants of a comparison, each a process of its own: where they come from, what is asked
/// of them, and what they answer.
///
/// Entry types: [ijen.bench.peer.Participants], which finds them, and [ijen.bench.peer.Child],
/// which runs one. What they do is a job of `ijen.bench.workload`; what came of it is put together
/// by `ijen.bench.report`.
@NullMarked
package ijen.bench.peer;

import org.jspecify.annotations.NullMarked;
