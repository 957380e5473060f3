/// From a network and data to a trained θ.
///
/// Entry type: [ijen.train.Training], which says what is to be done; [ijen.train.TrainLoop] does
/// it, tells its [ijen.train.TrainListener]s, and can be stopped and resumed at any step through an
/// [ijen.train.Checkpoint]. [ijen.train.LearningRateFinder] finds a rate to begin with.
@NullMarked
package ijen.train;

import org.jspecify.annotations.NullMarked;
