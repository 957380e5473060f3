package ijen.train;

import ijen.metric.Score;
import org.jspecify.annotations.Nullable;

/// One epoch, when it is over.
///
/// @param epoch its number, from 1
/// @param training loss and accuracy over its batches, each measured before the batch's step; on
///   all training samples after the epoch where those are watched, and then by the loss that is
///   measured by, as the other scores are
/// @param validation the score on the validation set; null without one
/// @param test the score on the test set; null unless it is watched
/// @param learningRate the rate of the last step
/// @param seconds how long it took, evaluation not included
/// @param best whether it is the best so far
public record EpochReport(
    int epoch,
    Score training,
    @Nullable Score validation,
    @Nullable Score test,
    double learningRate,
    double seconds,
    boolean best) {}
