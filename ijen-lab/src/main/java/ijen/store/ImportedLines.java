package ijen.store;

import ijen.format.json.JsonException;
import ijen.format.json.JsonObject;
import ijen.store.TrialEntry.Report;
import ijen.store.TrialEntry.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads the lines that [RunExport] writes and looks whether each is as it should be.
final class ImportedLines {
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "run",
          List.of("id", "config", "environment", "result", "metrics", "tags", "note"),
          "study",
          List.of("name", "settings", "created"),
          "trial",
          List.of(
              "study",
              "number",
              "configuration",
              "state",
              "value",
              "message",
              "seconds",
              "begun",
              "ended",
              "reports"));

  private final Runs runs;
  private final Map<String, Search> searches = new LinkedHashMap<>();

  /// Takes a run's line.
  @FunctionalInterface
  interface Runs {
    void take(JsonObject line) throws IOException;
  }

  /// A search with its trials, as they stand in the file.
  record Search(StudyEntry study, List<TrialEntry> trials) {}

  ImportedLines(Runs runs) {
    this.runs = runs;
  }

  /// The searches that were read.
  Iterable<Search> searches() {
    return searches.values();
  }

  void read(Path file) throws IOException {
    try (JsonLines lines = new JsonLines(file)) {
      JsonObject first =
          lines
              .next()
              .orElseThrow(() -> new JsonException(file + ": expected runs, got an empty file"));
      if (!first.has(RunExport.KIND) || !first.string(RunExport.KIND).equals(RunExport.FORMAT)) {
        throw first.wrong(
            RunExport.KIND, "'" + RunExport.FORMAT + "', as './ijen runs export' writes it");
      }
      if (first.whole("version") != RunExport.VERSION) {
        throw first.wrong("version", Integer.toString(RunExport.VERSION));
      }
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        take(line.get());
      }
    }
  }

  private void take(JsonObject line) throws IOException {
    String kind = line.string(RunExport.KIND);
    List<String> keys = KEYS.get(kind);
    if (keys == null) {
      throw line.wrong(RunExport.KIND, "one of " + new TreeSet<>(KEYS.keySet()));
    }
    for (String key : line.keys()) {
      if (!keys.contains(key) && !key.equals(RunExport.KIND)) {
        throw line.wrong(key, "only the keys " + keys + " in a " + kind);
      }
    }
    switch (kind) {
      case "run" -> runs.take(line);
      case "study" -> study(line);
      default -> trial(line);
    }
  }

  private void study(JsonObject line) {
    String name = line.string("name");
    if (name.isBlank() || searches.containsKey(name)) {
      throw line.wrong("name", "each study once, under a name");
    }
    StudyEntry study = new StudyEntry(name, line.string("settings"), time(line, "created"));
    searches.put(name, new Search(study, new ArrayList<>()));
  }

  private void trial(JsonObject line) {
    Search search = searches.get(line.string("study"));
    if (search == null) {
      throw line.wrong("study", "the name of a study in an earlier line");
    }
    int number = line.integer("number");
    if (number < 0 || (!search.trials.isEmpty() && number <= search.trials.getLast().number())) {
      throw line.wrong("number", "numbers that rise from line to line, from 0 on");
    }
    State state = state(line);
    boolean ended = line.has("ended");
    if (ended == (state == State.RUNNING)) {
      throw line.wrong("ended", "a time if the trial has ended, and only then");
    }
    search.trials.add(
        new TrialEntry(
            number,
            line.string("configuration"),
            state,
            line.number("value"),
            line.string("message"),
            line.number("seconds"),
            time(line, "begun"),
            ended ? time(line, "ended") : null,
            reports(line)));
  }

  private static State state(JsonObject line) {
    String word = line.string("state");
    for (State state : State.values()) {
      if (StudyTable.word(state).equals(word)) {
        return state;
      }
    }
    throw line.wrong("state", "running, complete, pruned or failed");
  }

  private static List<Report> reports(JsonObject line) {
    String expected = "arrays of a step and a value, steps rising from 0 on";
    if (!(line.asMap().get("reports") instanceof List<?> list)) {
      throw line.wrong("reports", expected);
    }
    List<Report> reports = new ArrayList<>();
    for (Object one : list) {
      if (!(one instanceof List<?> pair)
          || pair.size() != 2
          || !(pair.getFirst() instanceof Long step)
          || step < 0
          || step > Integer.MAX_VALUE
          || (!reports.isEmpty() && step <= reports.getLast().step())) {
        throw line.wrong("reports", expected);
      }
      reports.add(new Report(Math.toIntExact(step), value(line, pair.getLast())));
    }
    return reports;
  }

  /// As [JsonObject#number] reads it, which may be NaN.
  private static double value(JsonObject line, @Nullable Object value) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case String text when text.equals("NaN") -> Double.NaN;
      case String text when text.equals("Infinity") -> Double.POSITIVE_INFINITY;
      case String text when text.equals("-Infinity") -> Double.NEGATIVE_INFINITY;
      case null, default -> throw line.wrong("reports", "numbers as values");
    };
  }

  private static Instant time(JsonObject line, String key) {
    try {
      return Instant.parse(line.string(key)).truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeParseException e) {
      throw line.wrong(key, "a time such as 2026-11-21T09:30:00Z");
    }
  }
}
