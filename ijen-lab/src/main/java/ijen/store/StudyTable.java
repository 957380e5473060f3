package ijen.store;

import ijen.format.Excerpt;
import ijen.store.TrialEntry.Report;
import ijen.store.TrialEntry.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Searches and their trials.
///
/// A trial begins, reports and ends; each of these is kept when its method returns. One that was
/// interrupted begins again under its number, without its reports. [RunDatabase] says what may be
/// relied on, and what is thrown.
public final class StudyTable {
  private static final int EXCERPT = 60;

  private final Sqlite sqlite;

  StudyTable(Sqlite sqlite) {
    this.sqlite = sqlite;
  }

  /// The search of that name, which is begun if there is none.
  ///
  /// @throws IllegalArgumentException if there is one with other settings, or the name is empty
  public StudyEntry open(String name, String settings) throws StoreException {
    if (name.isBlank()) {
      throw new IllegalArgumentException("study: expected a name, got '" + name + "'");
    }
    StudyEntry study =
        sqlite.write(held -> {
          held.update(
              "insert into studies values (?, ?, ?) on conflict do nothing",
              name,
              settings,
              Instant.now().toEpochMilli());
          return held.one("select * from studies where name = ?", StudyTable::study, name);
        });
    if (!study.settings().equals(settings)) {
      int same = 0;
      int shorter = Math.min(settings.length(), study.settings().length());
      while (same < shorter && settings.charAt(same) == study.settings().charAt(same)) {
        same++;
      }
      throw new IllegalArgumentException(
          "study '%s': is there already, begun with other settings: '%s' where '%s' is given now; give the same, or another name"
              .formatted(
                  name,
                  Excerpt.of(study.settings().substring(same), EXCERPT),
                  Excerpt.of(settings.substring(same), EXCERPT)));
    }
    return study;
  }

  /// The search of that name.
  public Optional<StudyEntry> find(String name) throws StoreException {
    return sqlite.read(held ->
        held.all("select * from studies where name = ?", StudyTable::study, name).stream()
            .findFirst());
  }

  /// All searches, by name.
  public List<StudyEntry> list() throws StoreException {
    return sqlite.read(held -> held.all("select * from studies order by name", StudyTable::study));
  }

  /// Deletes a search with all its trials, and says whether there was one.
  public boolean delete(String name) throws StoreException {
    return sqlite.write(held -> held.update("delete from studies where name = ?", name) > 0);
  }

  /// A trial begins; if it had begun already, it begins anew.
  ///
  /// @throws IllegalArgumentException if it has ended already, or there is no such search
  public void begin(String study, int number, String configuration) throws StoreException {
    sqlite.write(held -> {
      if (held.all("select 1 from studies where name = ?", row -> 1, study).isEmpty()) {
        throw new IllegalArgumentException("study '%s': there is none".formatted(study));
      }
      held.update("delete from reports where study = ? and trial = ?", study, number);
      int begun =
          held.update(
              """
              insert into trials values (?, ?, ?, 'running', null, '', 0, ?, null)
              on conflict do update set configuration = excluded.configuration, begun = excluded.begun
              where state = 'running'\
              """,
              study,
              number,
              configuration,
              Instant.now().toEpochMilli());
      if (begun == 0) {
        throw notRunning(study, number);
      }
      return begun;
    });
  }

  /// A trial has a value on its way, which replaces one at the same step.
  ///
  /// @throws IllegalArgumentException if the trial does not run
  public void report(String study, int number, int step, double value) throws StoreException {
    int rows =
        sqlite.write(held ->
            held.update(
                """
                insert into reports select study, number, ?, ? from trials
                where study = ? and number = ? and state = 'running'
                on conflict do update set value = excluded.value\
                """,
                step,
                value,
                study,
                number));
    if (rows == 0) {
      throw notRunning(study, number);
    }
  }

  /// A trial ends.
  ///
  /// @param state any but running
  /// @param value what it came to, or NaN
  /// @param message why it failed, or empty
  /// @throws IllegalArgumentException if the trial does not run, or the state is running
  public void end(
      String study, int number, State state, double value, String message, double seconds)
      throws StoreException {
    if (state == State.RUNNING) {
      throw new IllegalArgumentException("trial " + number + ": expected an end, got running");
    }
    int rows =
        sqlite.write(held ->
            held.update(
                """
                update trials set state = ?, value = ?, message = ?, seconds = ?, ended = ?
                where study = ? and number = ? and state = 'running'\
                """,
                word(state),
                value,
                message,
                seconds,
                Instant.now().toEpochMilli(),
                study,
                number));
    if (rows == 0) {
      throw notRunning(study, number);
    }
  }

  private static IllegalArgumentException notRunning(String study, int number) {
    return new IllegalArgumentException(
        "study '%s', trial %s: expected one that has begun and not ended".formatted(study, number));
  }

  /// All trials of a search, by number; none if there is no such search.
  public List<TrialEntry> trials(String study) throws StoreException {
    return sqlite.read(held -> {
      Map<Integer, List<Report>> reports = new HashMap<>();
      held.each(
          "select trial, step, value from reports where study = ? order by trial, step",
          row ->
              reports
                  .computeIfAbsent(row.getInt(1), number -> new ArrayList<>())
                  .add(new Report(row.getInt(2), Sqlite.number(row, 3))),
          study);
      return held.all(
          "select * from trials where study = ? order by number",
          row -> trial(row, reports.getOrDefault(row.getInt(2), List.of())),
          study);
    });
  }

  /// Adds a search that is not there with its trials, as they are.
  static void add(Sqlite held, StudyEntry study, List<TrialEntry> trials) throws SQLException {
    held.update(
        "insert into studies values (?, ?, ?)",
        study.name(),
        study.settings(),
        study.created().toEpochMilli());
    for (TrialEntry trial : trials) {
      Instant ended = trial.ended();
      held.update(
          "insert into trials values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          study.name(),
          trial.number(),
          trial.configuration(),
          word(trial.state()),
          trial.value(),
          trial.message(),
          trial.seconds(),
          trial.begun().toEpochMilli(),
          ended == null ? null : ended.toEpochMilli());
      for (Report report : trial.reports()) {
        held.update(
            "insert into reports values (?, ?, ?, ?)",
            study.name(),
            trial.number(),
            report.step(),
            report.value());
      }
    }
  }

  static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static StudyEntry study(ResultSet row) throws SQLException {
    return new StudyEntry(
        Sqlite.text(row, 1), Sqlite.text(row, 2), Instant.ofEpochMilli(row.getLong(3)));
  }

  private static TrialEntry trial(ResultSet row, List<Report> reports) throws SQLException {
    long millis = row.getLong(9);
    Instant ended = row.wasNull() ? null : Instant.ofEpochMilli(millis);
    try {
      return new TrialEntry(
          row.getInt(2),
          Sqlite.text(row, 3),
          State.valueOf(Sqlite.text(row, 4).toUpperCase(Locale.ROOT)),
          Sqlite.number(row, 5),
          Sqlite.text(row, 6),
          row.getDouble(7),
          Instant.ofEpochMilli(row.getLong(8)),
          ended,
          reports);
    } catch (IllegalArgumentException damaged) {
      throw new SQLException(damaged);
    }
  }
}
