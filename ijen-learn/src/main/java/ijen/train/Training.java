package ijen.train;

import ijen.data.Dataset;
import ijen.loss.Loss;
import ijen.nn.Network;
import ijen.optim.Optimizer;
import ijen.optim.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A training to be done: network, loss, optimiser and settings. Immutable; each method gives a
/// changed copy.
///
/// ```java
/// var result = Training.of(net, crossEntropy(), Sgd.of(0.1).withMomentum(0.9))
///     .batch(64).epochs(10).seed(1)
///     .fit(data.train(), data.test());
/// ```
public final class Training {
  private final Network network;
  private final Loss loss;
  private final Optimizer optimizer;
  private TrainSettings settings = TrainSettings.defaults();
  private List<TrainListener> listeners = List.of();
  private BooleanSupplier stop = () -> false;
  private @Nullable Dataset validation;
  private boolean watchTrain;
  private boolean watchTest;
  private @Nullable Loss measure;
  private int measureEvery = Integer.MAX_VALUE;
  private @Nullable CheckpointPolicy checkpoints;
  private @Nullable Checkpoint from;

  private Training(Network network, Loss loss, Optimizer optimizer) {
    this.network = network;
    this.loss = loss;
    this.optimizer = optimizer;
  }

  private Training copy() {
    Training copy = new Training(network, loss, optimizer);
    copy.settings = settings;
    copy.listeners = listeners;
    copy.stop = stop;
    copy.validation = validation;
    copy.watchTrain = watchTrain;
    copy.watchTest = watchTest;
    copy.measure = measure;
    copy.measureEvery = measureEvery;
    copy.checkpoints = checkpoints;
    copy.from = from;
    return copy;
  }

  /// A training with [TrainSettings#defaults].
  public static Training of(Network network, Loss loss, Optimizer optimizer) {
    return new Training(network, loss, optimizer);
  }

  /// With other settings.
  public Training with(TrainSettings settings) {
    Training copy = copy();
    copy.settings = settings;
    return copy;
  }

  /// Samples a step.
  public Training batch(int batch) {
    return with(settings.withBatch(batch));
  }

  /// All samples in every step.
  public Training fullBatch() {
    return with(settings.withFullBatch());
  }

  /// Passes through the training data.
  public Training epochs(int epochs) {
    return with(settings.withEpochs(epochs));
  }

  /// The key of everything random.
  public Training seed(long seed) {
    return with(settings.withSeed(seed));
  }

  /// How the learning rate changes.
  public Training schedule(Schedule schedule) {
    return with(settings.withSchedule(schedule));
  }

  /// How many threads compute; the result does not depend on it.
  public Training threads(int threads) {
    return with(settings.withThreads(threads));
  }

  /// Tells `listener` how it goes.
  public Training on(TrainListener listener) {
    Training copy = copy();
    copy.listeners = Stream.concat(listeners.stream(), Stream.of(listener)).toList();
    return copy;
  }

  /// Asks `stop` after every step whether to stop there.
  public Training stopWhen(BooleanSupplier stop) {
    Training copy = copy();
    copy.stop = stop;
    return copy;
  }

  /// Measures every epoch on `validation`, chooses the best epoch by it, and can stop early by it.
  public Training validate(@Nullable Dataset validation) {
    Training copy = copy();
    copy.validation = validation;
    return copy;
  }

  /// Measures the training set itself after every epoch, as the test set is measured, rather than
  /// each batch before its step.
  public Training watchTrain(boolean watchTrain) {
    Training copy = copy();
    copy.watchTrain = watchTrain;
    return copy;
  }

  /// Measures by `loss` in place of the one that is made small: all scores of epochs, the best
  /// epoch and an early stop among them, and that of the test set at the end. θ is the same, but
  /// for an early stop; the model keeps the loss that it was trained by. The training set has to be
  /// watched ([#watchTrain]), since what a batch comes to before its step is the loss trained by.
  ///
  /// @throws IllegalArgumentException if that loss decides otherwise than the one trained by
  public Training measuredBy(Loss loss) {
    if (!loss.decision().equals(this.loss.decision())) {
      throw new IllegalArgumentException(
          "measured by "
              + loss.name()
              + ": expected a loss that decides as "
              + this.loss.name()
              + " does, "
              + this.loss.decision()
              + ", got "
              + loss.decision());
    }
    Training copy = copy();
    copy.measure = loss;
    return copy;
  }

  /// Measures after every so many steps of an epoch too, training, validation and test set, and
  /// tells listeners ([TrainListener#measured]).
  ///
  /// @throws IllegalArgumentException if it is below 1
  public Training measureEvery(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("measure every: expected 1 or more steps, got " + steps);
    }
    Training copy = copy();
    copy.measureEvery = steps;
    return copy;
  }

  /// Measures every epoch on the test set too, for a curve; nothing is chosen by it.
  public Training watchTest(boolean watchTest) {
    Training copy = copy();
    copy.watchTest = watchTest;
    return copy;
  }

  /// Keeps checkpoints.
  public Training checkpoints(CheckpointPolicy checkpoints) {
    Training copy = copy();
    copy.checkpoints = checkpoints;
    return copy;
  }

  /// Goes on from a checkpoint: θ becomes, bit for bit, what it would have been without the
  /// interruption.
  public Training resume(Checkpoint checkpoint) {
    Training copy = copy();
    copy.from = checkpoint;
    return copy;
  }

  /// Trains on `train` and measures the result on `test`.
  ///
  /// @throws DivergedException if the loss is no longer a number
  /// @throws java.io.UncheckedIOException if a checkpoint cannot be written
  /// @throws IllegalArgumentException if data and network do not fit, or a checkpoint belongs to
  ///   another training
  public TrainResult fit(Dataset train, Dataset test) {
    if (settings.earlyStopping() != null && validation == null) {
      throw new IllegalArgumentException(
          "early stopping: expected a validation set to stop by, got none");
    }
    if (measure != null && !watchTrain) {
      throw new IllegalArgumentException(
          "measured by "
              + measure.name()
              + ": expected a training set that is watched, got none: its batches are scored by "
              + loss.name()
              + "; ask for watchTrain(true)");
    }
    requireAllSamples(train);
    return new TrainLoop(this, train, test).run();
  }

  /// Refuses batches that are too small for the optimiser.
  void requireAllSamples(Dataset train) {
    if (optimizer.needsAllSamples() && settings.batch() < train.size()) {
      throw new IllegalArgumentException(
          optimizer.name()
              + ": every step needs all samples: expected a batch of "
              + train.size()
              + " or more, got "
              + settings.batch()
              + ": ask for the full batch");
    }
  }

  Network network() {
    return network;
  }

  Loss loss() {
    return loss;
  }

  /// The loss that is measured by.
  Loss measure() {
    return measure == null ? loss : measure;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  /// The settings.
  public TrainSettings settings() {
    return settings;
  }

  List<TrainListener> listeners() {
    return listeners;
  }

  boolean stopRequested() {
    return stop.getAsBoolean();
  }

  @Nullable Dataset validation() {
    return validation;
  }

  boolean trainIsWatched() {
    return watchTrain;
  }

  int measuredEvery() {
    return measureEvery;
  }

  boolean testIsWatched() {
    return watchTest;
  }

  @Nullable CheckpointPolicy checkpointPolicy() {
    return checkpoints;
  }

  @Nullable Checkpoint from() {
    return from;
  }

  /// Everything on which θ depends after a given number of steps, in words: a checkpoint may only
  /// be resumed by a training of which it is the same. The number of epochs is part of it where the
  /// schedule depends on it.
  Map<String, String> identity(Dataset train) {
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put("network", network.rows().toString());
    // The best epoch so far, which a checkpoint holds, is that of the loss that is measured by.
    identity.put(
        "loss", measure == null ? loss.name() : loss.name() + ", measured by " + measure.name());
    identity.put("optimizer", optimizer.name() + " " + optimizer.settings());
    identity.put("schedule", settings.schedule().toString());
    if (settings.schedule().dependsOnSteps()) {
      identity.put("epochs", Integer.toString(settings.epochs()));
    }
    identity.put(
        "batch",
        settings.batch() == TrainSettings.ALL ? "all" : Integer.toString(settings.batch()));
    identity.put("seed", Long.toString(settings.seed()));
    identity.put("reduction", settings.reduction().toString());
    identity.put("shuffle", Boolean.toString(settings.shuffle()));
    identity.put("data", train.name() + ", " + train.size() + " samples of " + train.features());
    return identity;
  }
}
