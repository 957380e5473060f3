/// The differentiable functions that networks are made of, one to a file: formula, derivation,
/// forward, backward and tangent side by side.
///
/// Most users meet them as methods of [ijen.graph.Graph]. To read one, begin with
/// [ijen.op.Sigmoid]; the one with the most to say is [ijen.op.Affine].
@NullMarked
package ijen.op;

import org.jspecify.annotations.NullMarked;
