package ijen.tune;

import java.util.concurrent.CancellationException;

/// A trial that goes on, for those who carry it out themselves: report to it, and end it in one of
/// three ways.
///
/// It belongs to one thread at a time.
public final class OpenTrial {
  private final Ledger ledger;
  private final int number;
  private final Configuration configuration;
  private final long start = System.nanoTime();

  OpenTrial(Ledger ledger, int number, Configuration configuration) {
    this.ledger = ledger;
    this.number = number;
    this.configuration = configuration;
  }

  /// Its number in the search, from 0.
  public int number() {
    return number;
  }

  /// What to try.
  public Configuration configuration() {
    return configuration;
  }

  /// Reports a value on the way. It may wait until earlier trials have come to the same step; who
  /// holds several trials with one thread, brings them forward in the order of their numbers.
  ///
  /// @param step after how much of the trial; ascending
  /// @return whether the trial is pruned: it has ended then
  /// @throws CancellationException if the search was stopped; the trial counts as not carried out
  /// @throws IllegalArgumentException if the step is not after those before
  /// @throws IllegalStateException if the trial has ended otherwise
  public boolean report(int step, double value) {
    return ledger.report(number, step, value, this::seconds);
  }

  /// Ends it with a value; with NaN it has failed. Nothing happens if it was pruned.
  ///
  /// @throws IllegalStateException if the trial has ended otherwise
  public void complete(double value) {
    ledger.end(number, trial -> trial.complete(value, seconds()));
  }

  /// Ends it as one that promises too little, by a decision of one's own.
  ///
  /// @throws IllegalStateException if the trial has ended otherwise
  public void prune() {
    ledger.end(number, trial -> trial.pruned(seconds()));
  }

  /// Ends it as one that could not be carried out. Nothing happens if it was pruned, or if the
  /// search was stopped, which may be why: it counts as not carried out then.
  ///
  /// @throws IllegalStateException if the trial has ended otherwise
  public void fail(String message) {
    if (!ledger.isOver()) {
      ledger.end(number, trial -> trial.failed(message, seconds()));
    }
  }

  private double seconds() {
    return (System.nanoTime() - start) * 1e-9;
  }
}
