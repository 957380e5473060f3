package ijen.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What people need to know of an error of SQLite.
final class Problem {
  /// What helps with a file that is no database of runs, or no longer one.
  static final String AWAY =
      "move it to another place, and './ijen runs' makes a new one from the folders of the runs";

  private Problem() {}

  static StoreException of(Path file, SQLException e) {
    if (!(e instanceof SQLiteException told)) {
      return new StoreException(file + ": " + damaged(file), e); // a value that we did not write
    }
    String what =
        switch (kind(told)) {
          case SQLITE_NOTADB -> "expected a database of runs, got a file that is none; " + AWAY;
          case SQLITE_CORRUPT -> damaged(file);
          case SQLITE_BUSY, SQLITE_LOCKED ->
              "another process has kept the database for %s s; try again when it has ended"
                  .formatted(Sqlite.PATIENCE_SECONDS);
          case SQLITE_FULL -> "the disk is full; make room and try again";
          case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM ->
              "cannot be opened for writing; expected a file in a folder that both may be written";
          default -> {
            String message = String.valueOf(told.getMessage()).replaceAll("\\s+", " ");
            yield message.contains("malformed JSON") ? damaged(file) : "SQLite says " + message;
          }
        };
    return new StoreException(file + ": " + what, e);
  }

  /// The error without its details: of `SQLITE_BUSY_RECOVERY`, `SQLITE_BUSY`.
  static SQLiteErrorCode kind(SQLiteException e) {
    return SQLiteErrorCode.getErrorCode(e.getResultCode().code & 0xff);
  }

  private static String damaged(Path file) {
    return "the database is damaged; "
        + AWAY
        + "; tags, notes and trials, which are in it alone, may be saved by 'sqlite3 "
        + file.getFileName()
        + " .recover'";
  }

  static StoreException noLibrary(Path file, Throwable e) {
    Throwable why = e.getCause() == null ? e : e.getCause();
    String detail = String.valueOf(why.getMessage()).lines().findFirst().orElse("");
    return new StoreException(
        file
            + ": SQLite's library cannot be loaded on this machine, so there is no database of"
            + " runs: "
            + detail,
        e);
  }
}
