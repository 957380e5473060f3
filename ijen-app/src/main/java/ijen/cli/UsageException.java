package ijen.cli;

/// A command was given what does not go together.
final class UsageException extends RuntimeException {
  UsageException(String message) {
    super(message);
  }
}
