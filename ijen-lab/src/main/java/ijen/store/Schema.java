package ijen.store;

import java.sql.SQLException;
import java.util.List;

/// The tables, and how a file of an earlier version gets those of this one.
final class Schema {
  /// What the file says it is: `Ijen` as four letters.
  static final int APPLICATION = 0x496a656e;

  /// For each version, the statements that lead to it from the one before.
  ///
  /// Times are milliseconds since 1970 (UTC). NaN is null. Numbers of a metric within an epoch have
  /// epoch 0; those of the training as a whole have an empty part.
  private static final List<List<String>> VERSIONS =
      List.of(
          List.of(
              """
              create table runs (
                id text primary key,        -- the folder, below that of all runs
                label text not null,
                study text not null,        -- the study's folder, or ''
                created integer,
                status text not null,       -- running, interrupted, finished, failed, damaged
                title text not null,
                command text not null,
                epochs integer not null,    -- how many are done
                config text,                -- config.json on one line
                result text,                -- result.json on one line, without images and tables
                scores text not null,       -- {"test.accuracy": 0.98, …}: the result's, or the last
                fingerprint text not null   -- of the files that all this was read from
              ) strict\
              """,
              """
              create table metrics (
                run text not null references runs(id) on delete cascade,
                step integer not null,
                epoch integer not null,
                part text not null,
                name text not null,
                value real,
                primary key (run, step, epoch, part, name)
              ) strict, without rowid\
              """,
              """
              create table tags (
                run text not null references runs(id) on delete cascade,
                tag text not null,
                primary key (run, tag)
              ) strict, without rowid\
              """,
              """
              create table notes (
                run text primary key references runs(id) on delete cascade,
                text text not null
              ) strict, without rowid\
              """,
              """
              create table studies (
                name text primary key,
                settings text not null,
                created integer not null
              ) strict\
              """,
              """
              create table trials (
                study text not null references studies(name) on delete cascade,
                number integer not null,
                configuration text not null,
                state text not null,        -- running, complete, pruned, failed
                value real,
                message text not null,
                seconds real not null,
                begun integer not null,
                ended integer,
                primary key (study, number)
              ) strict\
              """,
              """
              create table reports (
                study text not null,
                trial integer not null,
                step integer not null,
                value real,
                primary key (study, trial, step),
                foreign key (study, trial) references trials(study, number) on delete cascade
              ) strict, without rowid\
              """));

  private Schema() {}

  /// The version that this program reads and writes.
  static int version() {
    return VERSIONS.size();
  }

  /// Gives a file the tables of this version, if it is new or of an earlier one.
  ///
  /// @throws StoreException if it is somebody else's, or of a later version
  static void bring(Sqlite sqlite) throws StoreException {
    if (!sqlite.read(Schema::isCurrent)) {
      sqlite.write(held -> {
        migrate(held); // or it has been done meanwhile
        return true;
      });
    }
  }

  private static boolean isCurrent(Sqlite sqlite) throws SQLException {
    return application(sqlite) == APPLICATION && version(sqlite) == version();
  }

  private static void migrate(Sqlite sqlite) throws SQLException, StoreException {
    int tables = sqlite.one("select count(*) from sqlite_schema", row -> row.getInt(1));
    int version = version(sqlite);
    boolean isNew = application(sqlite) == 0 && version == 0 && tables == 0;
    if (!isNew && application(sqlite) != APPLICATION) {
      throw new StoreException(
          sqlite.file()
              + ": expected a database of runs, got one of another program; "
              + Problem.AWAY);
    }
    if (version > version()) {
      throw new StoreException(
          "%s: the tables are of version %s, and this Ijen knows those up to %s; use the newer Ijen that wrote them"
              .formatted(sqlite.file(), version, version()));
    }
    for (List<String> statements : VERSIONS.subList(version, version())) {
      for (String statement : statements) {
        sqlite.run(statement);
      }
    }
    sqlite.run("pragma application_id=" + APPLICATION);
    sqlite.run("pragma user_version=" + version());
  }

  private static int application(Sqlite sqlite) throws SQLException {
    return sqlite.one("pragma application_id", row -> row.getInt(1));
  }

  private static int version(Sqlite sqlite) throws SQLException {
    return sqlite.one("pragma user_version", row -> row.getInt(1));
  }
}
