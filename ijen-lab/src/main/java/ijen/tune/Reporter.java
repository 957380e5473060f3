package ijen.tune;

import java.util.concurrent.CancellationException;

/// Takes the reports of one trial, on the trial's thread.
public final class Reporter {
  private final OpenTrial trial;

  Reporter(OpenTrial trial) {
    this.trial = trial;
  }

  /// The trial's number, for instance as part of its seed.
  public int number() {
    return trial.number();
  }

  /// Reports a value on the way, and leaves the trial's function if the trial should end there: let
  /// the exceptions through. It may wait for earlier trials ([Ledger]).
  ///
  /// In a training, where a listener can call it after each epoch:
  ///
  /// ```java
  /// .on(new TrainListener() {
  ///   public void epochEnded(EpochReport epoch) {
  ///     reporter.report(epoch.epoch(), epoch.validation().loss());
  ///   }
  /// })
  /// ```
  ///
  /// @param step after how much of the trial: epochs, for instance; ascending
  /// @param value the value that is searched for, at that point
  /// @throws PrunedException if the trial is worse than others were
  /// @throws CancellationException if the search was stopped
  public void report(int step, double value) {
    if (trial.report(step, value)) {
      throw new PrunedException("trial " + trial.number() + " is pruned at step " + step);
    }
  }
}
