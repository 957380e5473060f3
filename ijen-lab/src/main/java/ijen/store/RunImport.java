package ijen.store;

import ijen.format.AtomicFile;
import ijen.format.json.Json;
import ijen.format.json.JsonException;
import ijen.format.json.JsonObject;
import ijen.run.EpochRow;
import ijen.run.RunFolder;
import ijen.run.RunResult;
import ijen.run.RunStore;
import ijen.run.StepRow;
import ijen.store.ImportedLines.Search;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads runs and searches from the lines that [RunExport] writes: all of them, or none.
///
/// A run becomes a folder with the files that the line has; it is made aside and moved to its place
/// when every line of the file has turned out to be right. What is there already with the same
/// content stays as it is, but for tags that it lacks: to import a file twice changes nothing.
public final class RunImport {
  private static final String PREFIX = ".import-";

  private final RunStore store;
  private final RunDatabase database;
  private final boolean passOver;
  private final RunStore aside;
  private final Map<String, Annotated> runs = new LinkedHashMap<>();
  private final List<Search> added = new ArrayList<>();
  private final List<String> passed = new ArrayList<>();
  private int same;

  /// What came of it.
  ///
  /// @param runs how many runs are new
  /// @param studies how many searches are new
  /// @param trials how many trials these have
  /// @param same how many runs and searches were there already
  /// @param passed those that are there with other content and were passed over
  public record Imported(int runs, int studies, int trials, int same, List<String> passed) {
    public Imported {
      passed = List.copyOf(passed);
    }
  }

  /// @param isNew whether its folder has been made aside
  private record Annotated(boolean isNew, List<String> tags, String note) {}

  private RunImport(RunStore store, RunDatabase database, boolean passOver, RunStore aside) {
    this.store = store;
    this.database = database;
    this.passOver = passOver;
    this.aside = aside;
  }

  /// Reads a file.
  ///
  /// @param passOver whether what is there already with other content is passed over; otherwise it
  ///   is an error
  /// @throws JsonException if a line is not as it should be; the message says which, and why
  /// @throws IllegalArgumentException if something is there already with other content
  public static Imported read(RunStore store, RunDatabase database, Path file, boolean passOver)
      throws IOException {
    new RunIndex(store, database).refresh();
    sweep(store.home());
    Path aside = Files.createTempDirectory(store.home(), PREFIX);
    try {
      RunImport reading = new RunImport(store, database, passOver, RunStore.at(aside));
      ImportedLines lines = new ImportedLines(reading::take);
      lines.read(file);
      for (Search search : lines.searches()) {
        reading.take(search);
      }
      reading.move();
      return reading.imported();
    } finally {
      delete(aside);
    }
  }

  private Imported imported() {
    return new Imported(
        (int) runs.values().stream().filter(Annotated::isNew).count(),
        added.size(),
        added.stream().mapToInt(search -> search.trials().size()).sum(),
        same,
        passed);
  }

  /// Removes what imports have left that were killed: no other is a day old.
  private static void sweep(Path home) throws IOException {
    Instant yesterday = Instant.now().minus(1, ChronoUnit.DAYS);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(home, PREFIX + "*")) {
      for (Path one : left) {
        if (Files.getLastModifiedTime(one).toInstant().isBefore(yesterday)) {
          delete(one);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }

  /// A line that is a run.
  private void take(JsonObject line) throws IOException {
    String id = line.string("id");
    if (!RunStore.isId(id)) {
      throw line.wrong("id", "a run's name, such as 20261121-093000-mnist");
    }
    if (runs.containsKey(id) || passed.contains("run " + id)) {
      throw line.wrong("id", "each run once");
    }
    List<String> tags = line.strings("tags");
    for (String tag : tags) {
      try {
        RunTable.requireTag(tag);
      } catch (IllegalArgumentException e) {
        throw line.wrong("tags", "words of at most " + RunTable.LONGEST_TAG + " characters");
      }
    }
    String note = line.string("note");
    List<JsonObject> metrics = line.objects("metrics");
    for (JsonObject one : metrics) {
      if (EpochRow.isOne(one)) {
        EpochRow.of(one);
      } else if (StepRow.isOne(one)) {
        StepRow.of(one);
      }
    }
    if (line.has("result")) {
      RunResult.of(line.object("result"));
    }
    if (!Files.exists(store.folder(id).path())) {
      write(aside.folder(id), line, metrics);
      runs.put(id, new Annotated(true, tags, note));
    } else if (isSame(id, line, note)) {
      same++;
      runs.put(id, new Annotated(false, tags, note));
    } else {
      refuse("run " + id);
    }
  }

  private static void write(RunFolder folder, JsonObject line, List<JsonObject> metrics)
      throws IOException {
    Files.createDirectories(folder.lastCheckpoint().resolveSibling(""));
    Files.createDirectories(folder.figures());
    folder.writeConfig(line.object("config").asMap());
    if (line.has("environment")) {
      folder.writeEnvironment(line.object("environment").asMap());
    }
    StringBuilder text = new StringBuilder();
    metrics.forEach(one -> text.append(one).append('\n'));
    write(folder.metricsFile(), text.toString());
    if (line.has("result")) {
      write(folder.resultFile(), Json.pretty(line.object("result")));
    }
  }

  private static void write(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  private boolean isSame(String id, JsonObject line, String note) throws IOException {
    String had = database.runs().find(id).map(RunEntry::note).orElse("");
    if (!had.isEmpty() && !note.isEmpty() && !had.equals(note)) {
      return false;
    }
    Map<String, @Nullable Object> given = new LinkedHashMap<>(line.asMap());
    given.remove("tags");
    given.remove("note");
    try {
      return given.equals(Json.parse(Json.line(RunExport.content(store, id))));
    } catch (JsonException | IOException damaged) {
      return false;
    }
  }

  private void take(Search search) throws StoreException {
    String name = search.study().name();
    StudyEntry there = database.studies().find(name).orElse(null);
    if (there == null) {
      added.add(search);
    } else if (there.equals(search.study())
        && database.studies().trials(name).equals(search.trials())) {
      same++;
    } else {
      refuse("study '" + name + "'");
    }
  }

  private void refuse(String what) {
    if (!passOver) {
      throw new IllegalArgumentException(
          what
              + ": is there already with other content; nothing was imported. --skip-existing"
              + " imports the rest");
    }
    passed.add(what);
  }

  /// Everything has been read: moves the folders to their places and writes the rows.
  private void move() throws IOException {
    Map<String, RunTable.Content> contents = new LinkedHashMap<>();
    for (Map.Entry<String, Annotated> run : runs.entrySet()) {
      if (run.getValue().isNew()) {
        contents.put(run.getKey(), RunIndex.read(run.getKey(), aside.folder(run.getKey())));
      }
    }
    List<String> moved = new ArrayList<>();
    try {
      database
          .sqlite()
          .write(held -> {
            for (Search search : added) {
              StudyTable.add(held, search.study(), search.trials());
            }
            for (Map.Entry<String, RunTable.Content> run : contents.entrySet()) {
              RunTable.put(held, run.getValue());
              move(aside, store, run.getKey());
              moved.add(run.getKey());
            }
            for (Map.Entry<String, Annotated> run : runs.entrySet()) {
              annotate(held, run.getKey(), run.getValue());
            }
            return true;
          });
    } catch (Throwable failure) {
      for (String id : moved) {
        move(store, aside, id);
      }
      if (failure instanceof UncheckedIOException told) {
        throw Objects.requireNonNull(told.getCause());
      }
      throw failure;
    }
  }

  private static void move(RunStore from, RunStore to, String id) {
    try {
      Path target = to.folder(id).path();
      Files.createDirectories(target.resolveSibling(""));
      Files.move(from.folder(id).path(), target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void annotate(Sqlite held, String id, Annotated run) throws SQLException {
    for (String tag : run.tags()) {
      held.update("insert into tags values (?, ?) on conflict do nothing", id, tag);
    }
    if (!run.note().isEmpty()) {
      held.update(
          "insert into notes values (?, ?) on conflict do update set text = excluded.text",
          id,
          run.note());
    }
  }
}
