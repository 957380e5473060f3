/// Is the gradient right, and is the network fit to learn? Both are asked here, and answered in
/// words.
///
/// Entry types: [ijen.check.GradientCheck] compares the gradients of a network, an op, a layer or
/// any objective with differences of the loss, and guesses what is wrong where they disagree;
/// [ijen.check.SanityCheck] looks at a network before it is trained for long. Both speak to the
/// public [ijen.graph.Objective] only. `ijen.report` makes pages of what they find, `ijen check`
/// shows it on the command line.
@NullMarked
package ijen.check;

import org.jspecify.annotations.NullMarked;
