package ijen.train;

import ijen.data.Dataset;
import ijen.graph.Theta;
import ijen.metric.Score;
import ijen.optim.OptimizerState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps a training's checkpoints and its best epoch.
final class CheckpointWriter {
  private final @Nullable CheckpointPolicy policy;
  private final @Nullable EarlyStopping earlyStopping;
  private final @Nullable Checkpoint from;
  private final Map<String, String> identity;
  private final Theta theta;
  private final OptimizerState state;
  private final Progress progress;
  private final @Nullable Theta best;
  private long written = System.nanoTime();

  CheckpointWriter(
      Training training, Dataset train, Theta theta, OptimizerState state, Progress progress) {
    this.policy = training.checkpointPolicy();
    this.earlyStopping = training.settings().earlyStopping();
    this.from = training.from();
    this.identity = training.identity(train);
    this.theta = theta;
    this.state = state;
    this.progress = progress;
    this.best = earlyStopping == null ? null : theta.copy(theta.values().precision());
  }

  /// Puts the training where its checkpoint was written, if it goes on from one.
  void restore() {
    io(() -> {
      if (from != null) {
        from.restore(identity, progress, theta, state, best);
      }
      if (policy != null) {
        Files.createDirectories(policy.folder());
      }
    });
  }

  /// Writes a checkpoint if one is due or training is about to stop.
  void afterStep(boolean stop) {
    if (policy != null
        && (stop || policy.due(progress.step(), (System.nanoTime() - written) * 1e-9))) {
      write(policy.last());
    }
  }

  /// Whether the epoch that has just ended is the best so far; its θ is then kept.
  boolean isBest(Score measured) {
    boolean isBest =
        progress.best(measured.loss(), earlyStopping == null ? 0 : earlyStopping.minimumGain());
    if (isBest && best != null) {
      best.copyFrom(theta);
    }
    return isBest;
  }

  /// Writes the epoch's checkpoint, also as the best one if it is.
  void afterEpoch(boolean isBest) {
    if (policy != null) {
      if (isBest) {
        write(policy.best());
      }
      write(policy.last());
    }
  }

  /// Whether early stopping has waited long enough for a better epoch.
  boolean patienceIsOver() {
    return earlyStopping != null && progress.epoch - progress.bestEpoch >= earlyStopping.patience();
  }

  /// θ of the best epoch with early stopping, otherwise of the last step.
  Theta chosen() {
    return best != null && progress.bestEpoch > 0 ? best : theta;
  }

  private void write(Path file) {
    io(() -> Checkpoint.write(file, identity, progress, theta, state, best));
    written = System.nanoTime();
  }

  @FunctionalInterface
  private interface Action {
    void run() throws IOException;
  }

  private static void io(Action action) {
    try {
      action.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
