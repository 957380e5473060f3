/// Numbered programs to read, run and change: each is one file, and shows one thing.
///
/// Entry type: [ijen.example.E01Digits]. Everything they use is public; the next places to look are
/// [ijen.nn.Network], [ijen.train.Training] and, one floor down, [ijen.graph.Graph].
@NullMarked
package ijen.example;

import org.jspecify.annotations.NullMarked;
