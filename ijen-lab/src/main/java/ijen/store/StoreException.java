package ijen.store;

import java.io.IOException;

/// The database of runs cannot be used: it is damaged, somebody else's, or SQLite is not there. The
/// message names the file and says what to do; the file has not been changed.
public final class StoreException extends IOException {
  StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  StoreException(String message) {
    super(message);
  }
}
