package ijen.train;

import ijen.graph.GraphObjective.Reduction;
import ijen.kernel.Workers;
import ijen.optim.Schedule;
import org.jspecify.annotations.Nullable;

/// How to train, apart from what and with which rule.
///
/// @param batch samples a step, 1 or more; [#ALL] for all of them
/// @param epochs passes through the training data, 1 or more
/// @param seed the key of everything random: first values, order, dropout
/// @param schedule how the learning rate changes
/// @param reduction whether a batch's loss is the mean or the sum of its samples'
/// @param shuffle whether every epoch has an order of its own; if not, the data's
/// @param earlyStopping when to stop early; null for never
/// @param threads how many threads compute, 1 or more; the result does not depend on it
public record TrainSettings(
    int batch,
    int epochs,
    long seed,
    Schedule schedule,
    Reduction reduction,
    boolean shuffle,
    @Nullable EarlyStopping earlyStopping,
    int threads) {
  /// The batch size that means all samples: an epoch is one step, in the data's order.
  public static final int ALL = Integer.MAX_VALUE;

  public TrainSettings {
    check(batch >= 1, "batch", "1 or more samples", batch);
    check(epochs >= 1, "epochs", "1 or more", epochs);
    check(threads >= 1, "threads", "1 or more", threads);
  }

  /// Batches of 64, 10 epochs, seed 1, a constant rate, the mean loss, shuffled, to the end, on as
  /// many threads as there are processors.
  public static TrainSettings defaults() {
    return new TrainSettings(
        64, 10, 1, new Schedule.Constant(), Reduction.MEAN, true, null, Workers.defaultThreads());
  }

  private static void check(boolean holds, String name, String expected, long value) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": expected " + expected + ", got " + value);
    }
  }

  /// The mean loss of a batch's samples, of which `loss` is the mean or the sum.
  double meanLoss(double loss, int rows) {
    return switch (reduction) {
      case MEAN -> loss;
      case SUM -> loss / rows;
    };
  }

  /// With another batch size.
  public TrainSettings withBatch(int batch) {
    return new TrainSettings(
        batch, epochs, seed, schedule, reduction, shuffle, earlyStopping, threads);
  }

  /// With all samples in every step.
  public TrainSettings withFullBatch() {
    return withBatch(ALL);
  }

  /// With another number of epochs.
  public TrainSettings withEpochs(int epochs) {
    return new TrainSettings(
        batch, epochs, seed, schedule, reduction, shuffle, earlyStopping, threads);
  }

  /// With another seed.
  public TrainSettings withSeed(long seed) {
    return new TrainSettings(
        batch, epochs, seed, schedule, reduction, shuffle, earlyStopping, threads);
  }

  /// With another schedule.
  public TrainSettings withSchedule(Schedule schedule) {
    return new TrainSettings(
        batch, epochs, seed, schedule, reduction, shuffle, earlyStopping, threads);
  }

  /// With another reduction.
  public TrainSettings withReduction(Reduction reduction) {
    return new TrainSettings(
        batch, epochs, seed, schedule, reduction, shuffle, earlyStopping, threads);
  }

  /// Shuffled, or in the data's order.
  public TrainSettings withShuffle(boolean shuffle) {
    return new TrainSettings(
        batch, epochs, seed, schedule, reduction, shuffle, earlyStopping, threads);
  }

  /// With early stopping, which needs a validation set; null for never.
  public TrainSettings withEarlyStopping(@Nullable EarlyStopping earlyStopping) {
    return new TrainSettings(
        batch, epochs, seed, schedule, reduction, shuffle, earlyStopping, threads);
  }

  /// With another number of threads.
  public TrainSettings withThreads(int threads) {
    return new TrainSettings(
        batch, epochs, seed, schedule, reduction, shuffle, earlyStopping, threads);
  }
}
