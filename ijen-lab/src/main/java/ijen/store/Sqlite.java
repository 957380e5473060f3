package ijen.store;

import java.io.Closeable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.sqlite.BusyHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// One connection to a file, for one thread at a time, and its transactions.
///
/// Writers take the lock at the beginning of a transaction (`IMMEDIATE`): one that reads first and
/// writes then may find that another was quicker, which no waiting cures. With a write-ahead log
/// and `synchronous=NORMAL` a killed process loses nothing that it has committed; after a loss of
/// power the last commits may be missing, but the file is whole.
///
/// **Source:** the SQLite documentation, "Write-Ahead Logging" and "PRAGMA synchronous".
final class Sqlite implements Closeable {
  /// How long another process's transaction is waited for.
  static final int PATIENCE_SECONDS = 10;

  private final Path file;
  private final Connection connection;

  private Sqlite(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /// What is done in a transaction.
  @FunctionalInterface
  interface Work<T> {
    T on(Sqlite sqlite) throws SQLException, StoreException;
  }

  /// What a row of a result is.
  @FunctionalInterface
  interface Row<T> {
    T of(ResultSet columns) throws SQLException;
  }

  /// What is done with a row of a result.
  @FunctionalInterface
  interface Taking {
    void row(ResultSet columns) throws SQLException;
  }

  /// Opens a file, or makes it.
  static Sqlite open(Path file) throws StoreException {
    NativeLibrary.provide();
    try {
      // As a URI: of a path, the driver takes what follows a question mark for settings.
      String url = "jdbc:sqlite:" + file.toAbsolutePath().toUri();
      Connection connection = new SQLiteConfig().createConnection(url);
      BusyHandler.setHandler(connection, new Patience());
      return new Sqlite(file, connection);
    } catch (SQLiteException e) {
      throw Problem.of(file, e);
    } catch (SQLException | LinkageError e) {
      throw Problem.noLibrary(file, e);
    }
  }

  /// Waits for other processes. SQLite's own waiting doubles its pauses up to a tenth of a second:
  /// among many writers who hold the lock for a tenth of a millisecond each, one may wait for ever.
  private static final class Patience extends BusyHandler {
    private static final long SHORTEST_NANOS = 100_000;
    private static final long LONGEST_NANOS = 2_000_000;

    private long since;

    @Override
    protected int callback(int before) {
      long now = System.nanoTime();
      if (before == 0) {
        since = now;
      }
      if (now - since > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        return 0;
      }
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(SHORTEST_NANOS, LONGEST_NANOS));
      return 1;
    }
  }

  Path file() {
    return file;
  }

  /// Makes the write-ahead log the file's journal, which it then stays, and prepares the
  /// connection.
  void prepare() throws StoreException {
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      // The change of the journal fails at once while somebody else has the file open for it.
      while (!journal().equals("wal")) {
        if (System.nanoTime() > end) {
          throw new StoreException(
              file
                  + ": the write-ahead log of SQLite cannot be used here, which is so on network"
                  + " drives; keep runs on a local disk (--runs, IJEN_RUNS)");
        }
        TimeUnit.MILLISECONDS.sleep(5);
      }
      run("pragma synchronous=normal");
      run("pragma foreign_keys=on");
    } catch (SQLException e) {
      throw Problem.of(file, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(file + ": interrupted while the database was opened", e);
    }
  }

  private String journal() throws SQLException {
    try {
      return one("pragma journal_mode=wal", row -> row.getString(1));
    } catch (SQLiteException e) {
      if (Problem.kind(e) == SQLiteErrorCode.SQLITE_BUSY) {
        return "busy";
      }
      throw e;
    }
  }

  /// A transaction that may write: all of it, or nothing.
  <T> T write(Work<T> work) throws StoreException {
    return transaction("begin immediate", work);
  }

  /// A transaction that sees one state of the file throughout.
  <T> T read(Work<T> work) throws StoreException {
    return transaction("begin", work);
  }

  private synchronized <T> T transaction(String begin, Work<T> work) throws StoreException {
    try {
      run(begin);
      T result;
      try {
        result = work.on(this);
        run("commit");
      } catch (Throwable failure) {
        try {
          run("rollback");
        } catch (SQLException already) {
          failure.addSuppressed(already); // SQLite took it back by itself
        }
        throw failure;
      }
      return result;
    } catch (SQLException e) {
      throw Problem.of(file, e);
    }
  }

  /// Carries out a statement without values.
  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Changes rows, and says how many.
  int update(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      return statement.executeUpdate();
    }
  }

  /// Changes rows again and again, with other values each time.
  void updateAll(String sql, Iterable<@Nullable Object[]> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (@Nullable Object[] values : rows) {
        set(statement, values);
        statement.executeUpdate();
      }
    }
  }

  /// The rows of a question.
  <T> List<T> all(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
    List<T> rows = new ArrayList<>();
    each(sql, columns -> rows.add(row.of(columns)), values);
    return rows;
  }

  /// Takes the rows of a question one by one.
  void each(String sql, Taking taking, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          taking.row(results);
        }
      }
    }
  }

  /// The first row of a question that has one in any case.
  <T> T one(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
    return all(sql, row, values).getFirst();
  }

  private static void set(PreparedStatement statement, @Nullable Object[] values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      switch (values[i]) {
        case null -> statement.setObject(i + 1, null);
        case String text -> statement.setString(i + 1, text);
        case Integer whole -> statement.setInt(i + 1, whole);
        case Long whole -> statement.setLong(i + 1, whole);
        case Double number -> statement.setDouble(i + 1, number); // NaN becomes null
        case Object other ->
            throw new IllegalArgumentException("SQL: no column holds a " + other.getClass());
      }
    }
  }

  /// A text of a column that always has one, unless the file is damaged.
  static String text(ResultSet columns, int index) throws SQLException {
    String text = columns.getString(index);
    if (text == null) {
      throw new SQLException("a text is missing");
    }
    return text;
  }

  /// A number that may be null in the file, which is NaN.
  static double number(ResultSet columns, int index) throws SQLException {
    double number = columns.getDouble(index);
    return columns.wasNull() ? Double.NaN : number;
  }

  @Override
  public synchronized void close() throws StoreException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw Problem.of(file, e);
    }
  }
}
