package ijen.train;

/// Hears how a training goes; it observes and does not control.
public interface TrainListener {
  /// Before the first step, of a new training or a resumed one.
  default void started(Progress progress) {}

  /// After every step. `progress` is the same object each time.
  default void stepped(Progress progress) {}

  /// After measuring in the middle of an epoch ([Training#measureEvery]).
  default void measured(StepReport report) {}

  /// After every epoch.
  default void epochEnded(EpochReport report) {}
}
