package ijen.tune;

/// Why a trial could not be carried out, in words for people: a trial that throws it has failed
/// with this message alone, where any other exception leaves its name, too.
public final class TrialFailedException extends RuntimeException {
  public TrialFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
