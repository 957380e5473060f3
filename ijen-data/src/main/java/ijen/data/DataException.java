package ijen.data;

/// Says that data cannot be had: not found, damaged, or not downloadable. The message says what to
/// do.
public final class DataException extends RuntimeException {

  /// A failure without another one behind it.
  public DataException(String message) {
    super(message);
  }

  /// A failure that another one caused.
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
