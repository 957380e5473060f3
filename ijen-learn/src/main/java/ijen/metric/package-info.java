/// How good a network is on a data set.
///
/// Entry type: [ijen.metric.Evaluator], which gives an [ijen.metric.Evaluation]: loss, accuracy
/// and, for classes, a [ijen.metric.Confusion].
@NullMarked
package ijen.metric;

import org.jspecify.annotations.NullMarked;
