/// Layers, and networks made of them.
///
/// Entry type: [ijen.nn.Network], made of the layers in [ijen.nn.Layers]. A network is a
/// description: it has no values and no memory; it is traced into a graph (`ijen.graph`) by whoever
/// runs it.
@NullMarked
package ijen.nn;

import org.jspecify.annotations.NullMarked;
