package ijen.recipe;

import ijen.train.CheckpointPolicy;
import java.nio.file.Path;

/// How often checkpoints are written within an epoch.
///
/// @param steps after so many steps; 0 for no
/// @param seconds when the newest is so old; 0 for no
public record CheckpointInterval(long steps, double seconds) {
  public CheckpointInterval {
    if (steps < 0 || !(seconds >= 0) || !Double.isFinite(seconds) || steps > 0 == seconds > 0) {
      throw new IllegalArgumentException(
          "expected an interval in steps or in seconds, got " + steps + " and " + seconds);
    }
  }

  /// The interval that a text says: `500` or `30s`.
  static CheckpointInterval parse(String text) {
    try {
      return text.endsWith("s")
          ? new CheckpointInterval(0, Double.parseDouble(text.substring(0, text.length() - 1)))
          : new CheckpointInterval(Long.parseLong(text), 0);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected a number of steps (500) or of seconds (30s) above 0, got '" + text + "'", e);
    }
  }

  /// The checkpoints of a training in `folder`.
  public CheckpointPolicy in(Path folder) {
    return new CheckpointPolicy(folder, steps, seconds);
  }

  /// For example `500` or `30.0s`.
  @Override
  public String toString() {
    return steps > 0 ? Long.toString(steps) : seconds + "s";
  }
}
