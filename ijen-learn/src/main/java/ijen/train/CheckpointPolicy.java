package ijen.train;

import java.nio.file.Path;

/// Where and how often checkpoints are written. One is written after every epoch and when training
/// is stopped, besides those that this asks for.
///
/// @param folder where: `last.safetensors` is the newest, `best.safetensors` that of the best epoch
/// @param everySteps also after so many steps; 0 for no
/// @param everySeconds also when the newest is so old; 0 for no
public record CheckpointPolicy(Path folder, long everySteps, double everySeconds) {
  public CheckpointPolicy {
    if (everySteps < 0 || !(everySeconds >= 0)) {
      throw new IllegalArgumentException(
          "checkpoints: expected intervals of 0 or more, got "
              + everySteps
              + " steps and "
              + everySeconds
              + " seconds");
    }
  }

  /// In `folder`, at least every 30 seconds.
  public static CheckpointPolicy in(Path folder) {
    return new CheckpointPolicy(folder, 0, 30);
  }

  /// The file of the newest checkpoint.
  public Path last() {
    return folder.resolve("last.safetensors");
  }

  /// The file of the best epoch's checkpoint.
  public Path best() {
    return folder.resolve("best.safetensors");
  }

  /// Whether one is due after `step` steps, `seconds` after the newest.
  boolean due(long step, double seconds) {
    return (everySteps > 0 && step % everySteps == 0)
        || (everySeconds > 0 && seconds >= everySeconds);
  }
}
