package ijen.store;

import ijen.format.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs with their metrics, tags and notes. [RunDatabase] says what may be relied on, and what is
/// thrown.
public final class RunTable {
  /// The longest tag, in characters.
  public static final int LONGEST_TAG = 60;

  private static final String COLUMNS =
      "select id, label, study, created, status, title, command, epochs, config, result from runs";

  /// The scores taken apart by SQLite: to list runs then takes no other reader of JSON, which would
  /// have to warm up first.
  private static final String SCORES =
      """
      select run, key, case value when 'NaN' then null when 'Infinity' then 9e999
        when '-Infinity' then -9e999 else value end
      from (select id as run, scores from runs), json_each(scores)\
      """;

  private final Sqlite sqlite;

  RunTable(Sqlite sqlite) {
    this.sqlite = sqlite;
  }

  /// A run as its folder has it.
  ///
  /// @param entry the run; its tags and note do not count
  /// @param metrics all that was measured
  /// @param fingerprint of the folder that this was read from
  record Content(RunEntry entry, List<MetricEntry> metrics, String fingerprint) {}

  /// Puts runs in the place of what is known of them, but for tags and notes, and drops others.
  void put(Collection<Content> runs, Collection<String> dropped) throws StoreException {
    if (!runs.isEmpty() || !dropped.isEmpty()) {
      sqlite.write(held -> {
        for (Content run : runs) {
          put(held, run);
        }
        for (String id : dropped) {
          held.update("delete from runs where id = ?", id);
        }
        return true;
      });
    }
  }

  /// Puts a run in the place of what is known of it.
  static void put(Sqlite held, Content run) throws SQLException {
    RunEntry entry = run.entry;
    Instant created = entry.created();
    held.update(
        """
        insert into runs values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict do update set label = excluded.label, study = excluded.study,
          created = excluded.created, status = excluded.status, title = excluded.title,
          command = excluded.command, epochs = excluded.epochs, config = excluded.config,
          result = excluded.result, scores = excluded.scores, fingerprint = excluded.fingerprint\
        """,
        entry.id(),
        entry.label(),
        entry.study(),
        created == null ? null : created.toEpochMilli(),
        entry.status(),
        entry.title(),
        entry.command(),
        entry.epochs(),
        entry.config(),
        entry.result(),
        Json.line(entry.scores()),
        run.fingerprint);
    held.update("delete from metrics where run = ?", entry.id());
    insert(held, entry.id(), run.metrics);
  }

  private static void insert(Sqlite held, String id, List<MetricEntry> metrics)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (MetricEntry one : metrics) {
      rows.add(
          new @Nullable Object[] {
            id, one.step(), one.epoch(), one.part(), one.name(), one.value()
          });
    }
    // What was measured again after a resumption counts.
    held.updateAll("insert or replace into metrics values (?, ?, ?, ?, ?, ?)", rows);
  }

  /// Adds what a run that goes on has measured; one that is not known is passed over.
  void append(String id, List<MetricEntry> metrics) throws StoreException {
    sqlite.write(held -> {
      int epochs = metrics.stream().mapToInt(MetricEntry::epoch).max().orElse(0);
      int known =
          held.update(
              "update runs set epochs = max(epochs, ?), scores = json_patch(scores, ?) where id ="
                  + " ?",
              epochs,
              Json.line(newest(metrics)),
              id);
      if (known > 0) {
        insert(held, id, metrics);
      }
      return true;
    });
  }

  /// What was measured last at the end of an epoch, by name.
  static Map<String, Double> newest(List<MetricEntry> metrics) {
    Map<String, Double> newest = new LinkedHashMap<>();
    for (MetricEntry one : metrics) {
      if (one.epoch() > 0 && !one.part().isEmpty()) {
        newest.put(one.key(), one.value());
      }
    }
    return newest;
  }

  /// The fingerprints of the folders that runs were read from, by id; empty for runs that have to
  /// be looked at in any case, as a process was at them.
  Map<String, String> fingerprints() throws StoreException {
    return sqlite.read(held -> {
      Map<String, String> known = new HashMap<>();
      held.each(
          "select id, iif(status = 'running', '', fingerprint) from runs",
          row -> known.put(Sqlite.text(row, 1), Sqlite.text(row, 2)));
      return known;
    });
  }

  /// All runs, in no order.
  public List<RunEntry> list() throws StoreException {
    return sqlite.read(held -> entries(held, COLUMNS));
  }

  /// The run of that id.
  public Optional<RunEntry> find(String id) throws StoreException {
    return sqlite.read(held -> find(held, id));
  }

  static Optional<RunEntry> find(Sqlite held, String id) throws SQLException {
    return entries(held, COLUMNS + " where id = ?", id).stream().findFirst();
  }

  private static List<RunEntry> entries(Sqlite held, String sql, String... id) throws SQLException {
    String which = id.length == 0 ? "" : " where run = ?";
    Map<String, List<String>> tags = new HashMap<>();
    held.each(
        "select run, tag from tags" + which + " order by run, tag",
        row ->
            tags.computeIfAbsent(Sqlite.text(row, 1), run -> new ArrayList<>())
                .add(Sqlite.text(row, 2)),
        (Object[]) id);
    Map<String, String> notes = new HashMap<>();
    held.each(
        "select run, text from notes" + which,
        row -> notes.put(Sqlite.text(row, 1), Sqlite.text(row, 2)),
        (Object[]) id);
    Map<String, Map<String, Double>> scores = new HashMap<>();
    held.each(
        SCORES + which,
        row ->
            scores
                .computeIfAbsent(Sqlite.text(row, 1), run -> new LinkedHashMap<>())
                .put(Sqlite.text(row, 2), Sqlite.number(row, 3)),
        (Object[]) id);
    return held.all(sql, row -> entry(row, scores, tags, notes), (Object[]) id);
  }

  private static RunEntry entry(
      ResultSet row,
      Map<String, Map<String, Double>> scores,
      Map<String, List<String>> tags,
      Map<String, String> notes)
      throws SQLException {
    String run = Sqlite.text(row, 1);
    long millis = row.getLong(4);
    Instant created = row.wasNull() ? null : Instant.ofEpochMilli(millis);
    return new RunEntry(
        run,
        Sqlite.text(row, 2),
        Sqlite.text(row, 3),
        created,
        Sqlite.text(row, 5),
        Sqlite.text(row, 6),
        Sqlite.text(row, 7),
        row.getInt(8),
        row.getString(9),
        row.getString(10),
        scores.getOrDefault(run, Map.of()),
        tags.getOrDefault(run, List.of()),
        notes.getOrDefault(run, ""));
  }

  /// What a run measured, by steps.
  public List<MetricEntry> metrics(String id) throws StoreException {
    return sqlite.read(held ->
        held.all(
            "select step, epoch, part, name, value from metrics where run = ?"
                + " order by step, epoch, part, name",
            row ->
                new MetricEntry(
                    row.getLong(1),
                    row.getInt(2),
                    Sqlite.text(row, 3),
                    Sqlite.text(row, 4),
                    Sqlite.number(row, 5)),
            id));
  }

  /// Gives a run words to find it by.
  ///
  /// @throws IllegalArgumentException if one is no such word, or the run is not known
  public void tag(String id, List<String> tags) throws StoreException {
    tags.forEach(RunTable::requireTag);
    sqlite.write(held -> {
      require(held, id);
      for (String tag : tags) {
        held.update("insert into tags values (?, ?) on conflict do nothing", id, tag);
      }
      return true;
    });
  }

  /// Takes words from a run.
  ///
  /// @throws IllegalArgumentException if it does not have one of them; it then keeps all
  public void untag(String id, List<String> tags) throws StoreException {
    sqlite.write(held -> {
      for (String tag : tags) {
        if (held.update("delete from tags where run = ? and tag = ?", id, tag) == 0) {
          List<String> has =
              held.all("select tag from tags where run = ?", row -> Sqlite.text(row, 1), id);
          throw new IllegalArgumentException(
              "run %s: expected one of its tags %s, got '%s'".formatted(id, has, tag));
        }
      }
      return true;
    });
  }

  /// Writes down what somebody has to say about a run, in the place of what was said before; an
  /// empty text takes that away.
  ///
  /// @throws IllegalArgumentException if the run is not known
  public void note(String id, String text) throws StoreException {
    sqlite.write(held -> {
      require(held, id);
      held.update("delete from notes where run = ?", id);
      if (!text.isEmpty()) {
        held.update("insert into notes values (?, ?)", id, text);
      }
      return true;
    });
  }

  /// Forgets a run with its tags and its note, and says whether it was known.
  public boolean delete(String id) throws StoreException {
    return sqlite.write(held -> held.update("delete from runs where id = ?", id) > 0);
  }

  /// @throws IllegalArgumentException if a text cannot be a tag
  static void requireTag(String tag) {
    if (tag.isEmpty()
        || tag.length() > LONGEST_TAG
        || tag.startsWith("-")
        || !tag.matches("[^\\s,\\p{Cntrl}]+")) {
      throw new IllegalArgumentException(
          "tag '%s': expected a word of at most %s characters without spaces and commas that does not begin with a hyphen"
              .formatted(tag, LONGEST_TAG));
    }
  }

  private static void require(Sqlite held, String id) throws SQLException {
    if (held.all("select 1 from runs where id = ?", row -> 1, id).isEmpty()) {
      throw new IllegalArgumentException("run %s: is not in the database".formatted(id));
    }
  }
}
