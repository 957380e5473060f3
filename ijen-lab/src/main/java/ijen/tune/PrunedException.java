package ijen.tune;

/// Ends a trial that is pruned, by leaving its function; not a mistake, and without a stack trace.
public final class PrunedException extends RuntimeException {
  /// @param message which trial
  public PrunedException(String message) {
    super(message, null, false, false);
  }
}
