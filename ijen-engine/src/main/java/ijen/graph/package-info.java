/// Networks as pure functions of one flat parameter vector.
///
/// Entry type: [ijen.graph.Graph]. A graph of [ijen.graph.Op]s is built once; a [ijen.graph.Plan]
/// lays it out in memory for a largest batch; a [ijen.graph.Workspace] runs it, any number of
/// times, without allocating; an [ijen.graph.Objective] is what optimisers, landscapes and checks
/// see of it all: a loss, its gradient and its directional derivative at a [ijen.graph.Theta].
@NullMarked
package ijen.graph;

import org.jspecify.annotations.NullMarked;
