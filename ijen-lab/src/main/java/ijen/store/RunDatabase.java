package ijen.store;

import java.io.Closeable;
import java.nio.file.Path;

/// The database of runs: an SQLite file, usually `runs.db` in the folder of runs.
///
/// Every public method of it and of its tables is one transaction, done as a whole or not at all.
/// Any number of threads may use one object, and any number of processes the same file: what one
/// has returned from, all others see, and no kill of a process takes it away. A writer waits for
/// another for at most ten seconds.
///
/// **Throws:** every method that touches the file throws [StoreException], whose message says what
/// to do. A file that is not ours, or of a later version, is never written to.
public final class RunDatabase implements Closeable {
  private final Sqlite sqlite;
  private final RunTable runs;
  private final StudyTable studies;

  private RunDatabase(Sqlite sqlite) {
    this.sqlite = sqlite;
    this.runs = new RunTable(sqlite);
    this.studies = new StudyTable(sqlite);
  }

  /// Opens a file, or makes it in a folder that exists; tables of an earlier version become those
  /// of this one.
  public static RunDatabase open(Path file) throws StoreException {
    Sqlite sqlite = Sqlite.open(file);
    try {
      Schema.bring(sqlite); // before anything else: only then it is clear that the file is ours
      sqlite.prepare();
      return new RunDatabase(sqlite);
    } catch (Throwable failure) {
      try {
        sqlite.close();
      } catch (StoreException suppressed) {
        failure.addSuppressed(suppressed);
      }
      throw failure;
    }
  }

  /// Runs, with metrics, tags and notes.
  public RunTable runs() {
    return runs;
  }

  /// Searches, with their trials.
  public StudyTable studies() {
    return studies;
  }

  /// For what concerns several tables at once.
  Sqlite sqlite() {
    return sqlite;
  }

  /// Looks through the whole file.
  ///
  /// @throws StoreException if it is damaged
  public void check() throws StoreException {
    String found =
        sqlite.read(
            held -> String.join("; ", held.all("pragma integrity_check", row -> row.getString(1))));
    if (!found.equals("ok")) {
      throw new StoreException(
          "%s: the database is damaged (%s); %s".formatted(sqlite.file(), found, Problem.AWAY));
    }
  }

  @Override
  public void close() throws StoreException {
    sqlite.close();
  }
}
