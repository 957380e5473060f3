/// Random numbers as pure functions of (seed, stream, counter).
///
/// Entry type: [ijen.random.RandomStream]. Nothing in Ijen keeps a generator's state: whoever needs
/// the i-th number of a stream computes it, on any thread, in any order, before or after a restart.
@NullMarked
package ijen.random;

import org.jspecify.annotations.NullMarked;
