package ijen.train;

import ijen.metric.Score;

/// Where a training stands: all that changes from step to step but θ and the optimiser's state.
public final class Progress {
  private final int epochs;
  private final int stepsPerEpoch;
  int epoch;
  int stepInEpoch;
  double lossSum;
  long right;
  long samples;
  boolean decides;
  double lastLoss = Double.NaN;
  double bestLoss = Double.POSITIVE_INFINITY;
  int bestEpoch;

  Progress(int epochs, int stepsPerEpoch) {
    this.epochs = epochs;
    this.stepsPerEpoch = stepsPerEpoch;
  }

  /// How many epochs are planned.
  public int epochs() {
    return epochs;
  }

  /// How many steps an epoch has.
  public int stepsPerEpoch() {
    return stepsPerEpoch;
  }

  /// How many epochs are over.
  public int epoch() {
    return epoch;
  }

  /// How many steps of the running epoch have been taken.
  public int stepInEpoch() {
    return stepInEpoch;
  }

  /// How many steps have been taken since the beginning.
  public long step() {
    return (long) epoch * stepsPerEpoch + stepInEpoch;
  }

  /// How many steps are planned.
  public long steps() {
    return (long) epochs * stepsPerEpoch;
  }

  /// The loss of the last step's batch.
  public double lastLoss() {
    return lastLoss;
  }

  /// The mean loss over the running epoch's samples so far.
  public double loss() {
    return lossSum / samples;
  }

  /// The fraction of the running epoch's samples decided right so far; NaN where nothing is
  /// decided.
  public double accuracy() {
    return decides ? (double) right / samples : Double.NaN;
  }

  /// How many samples the running epoch has seen so far.
  public long samples() {
    return samples;
  }

  /// The epoch with the lowest validation loss so far (training loss without a validation set),
  /// from 1; 0 if there is none yet.
  public int bestEpoch() {
    return bestEpoch;
  }

  /// That loss.
  public double bestLoss() {
    return bestLoss;
  }

  Score score() {
    return new Score(loss(), accuracy(), samples);
  }

  void add(double loss, int rows, int rightOnes) {
    lastLoss = loss;
    lossSum += loss * rows;
    samples += rows;
    right += rightOnes;
    stepInEpoch++;
  }

  void nextEpoch() {
    epoch++;
    stepInEpoch = 0;
    lossSum = 0;
    samples = 0;
    right = 0;
  }

  /// Takes note of an epoch's loss; whether it is the lowest so far, by more than `minimumGain`.
  boolean best(double loss, double minimumGain) {
    if (loss < bestLoss - (bestEpoch == 0 ? 0 : minimumGain)) {
      bestLoss = loss;
      bestEpoch = epoch;
      return true;
    }
    return false;
  }
}
