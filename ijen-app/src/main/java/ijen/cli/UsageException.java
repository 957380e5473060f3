package ijen.cli;

/// A command was given what does not go together.
public final class UsageException extends RuntimeException {
  /// @param message what does not go together, and what would
  public UsageException(String message) {
    super(message);
  }
}
