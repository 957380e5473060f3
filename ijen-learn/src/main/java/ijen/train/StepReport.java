package ijen.train;

import ijen.metric.Score;
import org.jspecify.annotations.Nullable;

/// What was measured between two steps ([Training#measureEvery]).
///
/// @param step how many steps had been taken since the beginning
/// @param samples how many samples those had seen, each as often as it was seen
/// @param training the score on the training set
/// @param validation the score on the validation set; null without one
/// @param test the score on the test set; null unless it is watched
public record StepReport(
    long step, long samples, Score training, @Nullable Score validation, @Nullable Score test) {}
