package ijen.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A trial of a search.
///
/// @param number its place in the search, from 0
/// @param configuration what was tried, as text
/// @param state how it stands
/// @param value what it came to; NaN for nothing
/// @param message why it failed, or empty
/// @param seconds how long it took; 0 while it runs
/// @param begun when it began
/// @param ended when it ended; null while it runs
/// @param reports what it reported, in the order of steps
public record TrialEntry(
    int number,
    String configuration,
    State state,
    double value,
    String message,
    double seconds,
    Instant begun,
    @Nullable Instant ended,
    List<Report> reports) {
  /// How a trial stands.
  public enum State {
    /// It goes on, or was interrupted.
    RUNNING,
    /// It came to a value.
    COMPLETE,
    /// It was stopped early.
    PRUNED,
    /// It came to nothing.
    FAILED
  }

  /// A value that a trial had on its way; NaN if it was no number.
  public record Report(int step, double value) {}

  public TrialEntry {
    reports = List.copyOf(reports);
    if ((state == State.RUNNING) != (ended == null)) {
      throw new IllegalArgumentException(
          "trial %s: expected an end if it does not run, and only then, got %s with end %s"
              .formatted(number, state, ended));
    }
  }
}
