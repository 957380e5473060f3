/// What training makes small, and how a network's output is read as an answer.
///
/// Entry type: [ijen.loss.Loss]; the losses themselves are in [ijen.loss.Losses].
@NullMarked
package ijen.loss;

import org.jspecify.annotations.NullMarked;
