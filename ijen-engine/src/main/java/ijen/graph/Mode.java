package ijen.graph;

/// What a network is run for.
public enum Mode {
  /// Learning: random ops draw, statistics are those of the batch.
  TRAINING,
  /// Measuring and predicting: nothing is random.
  EVALUATION
}
