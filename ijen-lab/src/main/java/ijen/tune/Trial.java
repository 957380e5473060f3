package ijen.tune;

/// One configuration, tried.
///
/// @param number its place in the search, from 0
/// @param configuration what was tried
/// @param reports what it reported on its way
/// @param state how it stands
/// @param value what it came to; NaN unless it is complete
/// @param message why it failed; empty unless it did
/// @param seconds how long it took, by the clock, waiting for others included
public record Trial(
    int number,
    Configuration configuration,
    Reports reports,
    State state,
    double value,
    String message,
    double seconds) {

  /// How a trial stands.
  public enum State {
    /// It goes on.
    RUNNING,
    /// It came to a value.
    COMPLETE,
    /// It was stopped early, for its reports were worse than those of others.
    PRUNED,
    /// It could not be carried out, or came to no number.
    FAILED
  }

  public Trial {
    if (number < 0) {
      throw new IllegalArgumentException("trial: expected a number of 0 or more, got " + number);
    }
    if (Double.isNaN(value) == (state == State.COMPLETE)) {
      throw new IllegalArgumentException(
          "trial %d: expected a value that is a number if it is complete, and only then, got %s"
                  .formatted(number, value)
              + " in state "
              + state);
    }
    if (!message.isEmpty() && state != State.FAILED) {
      throw new IllegalArgumentException(
          "trial %d: expected a message only if it failed, got '%s' in state %s"
              .formatted(number, message, state));
    }
  }

  /// One that begins.
  static Trial begin(int number, Configuration configuration) {
    return new Trial(number, configuration, Reports.NONE, State.RUNNING, Double.NaN, "", 0);
  }

  /// With one report more.
  Trial reported(int step, double value) {
    return new Trial(
        number, configuration, reports.and(step, value), state, this.value, message, seconds);
  }

  /// Come to a value; one that is no number is a failure.
  Trial complete(double value, double seconds) {
    return Double.isNaN(value)
        ? failed("the value is NaN", seconds)
        : new Trial(number, configuration, reports, State.COMPLETE, value, "", seconds);
  }

  /// Stopped early.
  Trial pruned(double seconds) {
    return new Trial(number, configuration, reports, State.PRUNED, Double.NaN, "", seconds);
  }

  /// Not carried out.
  Trial failed(String why, double seconds) {
    return new Trial(number, configuration, reports, State.FAILED, Double.NaN, why, seconds);
  }

  /// Whether it is over, in whatever way.
  public boolean hasEnded() {
    return state != State.RUNNING;
  }
}
