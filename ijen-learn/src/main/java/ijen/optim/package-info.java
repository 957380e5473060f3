/// Rules that move θ to make an objective small.
///
/// Entry type: [ijen.optim.Optimizer]. An optimiser is given the objective, not a gradient, so that
/// rules that look ahead, search along a line or use no gradient at all are of the same kind.
@NullMarked
package ijen.optim;

import org.jspecify.annotations.NullMarked;
