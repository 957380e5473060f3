package ijen.study;

import ijen.format.AtomicFile;
import ijen.format.json.Json;
import ijen.format.json.JsonException;
import ijen.format.json.JsonObject;
import ijen.recipe.SearchPlan;
import ijen.run.RunClaim;
import ijen.run.RunStore;
import ijen.store.RunDatabase;
import ijen.store.StudyEntry;
import ijen.store.StudyTable;
import ijen.store.TrialEntry;
import ijen.tune.Configuration;
import ijen.tune.Report;
import ijen.tune.Reports;
import ijen.tune.Trial;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Where a search is kept: its trials in the database of runs, under its name, and what people look
/// at in a folder among the studies. The same search opened again is found again, with all trials
/// that have ended; one process at a time works on it.
public final class SearchPlace implements Closeable {
  /// The file in the folder that holds all about the search.
  public static final String FILE = "search.json";

  private static final String STUDY = "study";
  private static final String CREATED = "created";

  private final StudyTable table;
  private final StudyEntry entry;
  private final Path folder;
  private final RunClaim claim;

  private SearchPlace(StudyTable table, StudyEntry entry, Path folder, RunClaim claim) {
    this.table = table;
    this.entry = entry;
    this.folder = folder;
    this.claim = claim;
  }

  /// Opens the place of a search, or makes it.
  ///
  /// @param store where its folder is made
  /// @param database the one of that store
  /// @param name what it is called
  /// @throws IllegalArgumentException if there is a search of that name with other settings
  /// @throws IOException if another process works on it, or something cannot be read or written
  public static SearchPlace open(RunStore store, RunDatabase database, String name, SearchPlan plan)
      throws IOException {
    StudyTable table = database.studies();
    String settings = Json.line(plan.describe());
    Optional<StudyEntry> known = table.find(name);
    if (known.isPresent() && !known.get().settings().equals(settings)) {
      throw new IllegalArgumentException(
          "search '%s' has been begun with other settings: %s"
              .formatted(name, difference(known.get().settings(), settings)));
    }
    StudyEntry entry = table.open(name, settings);
    Optional<RunStore> there = folder(store, entry);
    RunStore home = RunStore.at(store.home());
    RunStore folder = there.isPresent() ? there.get() : home.within(name);
    SearchPlace place = new SearchPlace(table, entry, folder.root(), folder.claim());
    try {
      if (there.isEmpty()) {
        place.write(Map.of()); // or nobody would find it after a kill
      }
      return place;
    } catch (Throwable failure) {
      place.close();
      throw failure;
    }
  }

  /// Deletes the trials of a search; its folder stays, as what happened. Gives how many there were.
  ///
  /// @throws IOException if another process works on it, or the database cannot be used
  public static int delete(RunStore store, RunDatabase database, String name) throws IOException {
    StudyTable table = database.studies();
    Optional<StudyEntry> entry = table.find(name);
    if (entry.isEmpty()) {
      return 0;
    }
    Optional<RunStore> folder = folder(store, entry.get());
    try (Closeable _ = folder.isPresent() ? folder.get().claim() : () -> {}) {
      int trials = table.trials(name).size();
      table.delete(name);
      return trials;
    }
  }

  private static Optional<RunStore> folder(RunStore store, StudyEntry entry) throws IOException {
    for (RunStore candidate : store.studies(entry.name())) {
      Path file = candidate.root().resolve(FILE);
      if (Files.exists(file) && isOf(file, entry)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static boolean isOf(Path file, StudyEntry entry) throws IOException {
    try {
      JsonObject json = Json.object(file);
      return json.string(STUDY).equals(entry.name())
          && json.string(CREATED).equals(entry.created().toString());
    } catch (JsonException damaged) {
      return false;
    }
  }

  /// What is other in the second of two settings.
  private static String difference(String then, String now) {
    Map<String, String> before = new LinkedHashMap<>();
    Map<String, String> after = new LinkedHashMap<>();
    try {
      flatten("", Json.parse(then), before);
      flatten("", Json.parse(now), after);
    } catch (JsonException ofAnotherKind) {
      return "they are no recipe's";
    }
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    List<String> others = new ArrayList<>();
    for (String name : names) {
      String one = before.getOrDefault(name, "nothing");
      String other = after.getOrDefault(name, "nothing");
      if (!one.equals(other)) {
        others.add("%s was %s, and is %s".formatted(name, one, other));
      }
    }
    return others.isEmpty() ? "in another order" : String.join("; ", others);
  }

  private static void flatten(String name, @Nullable Object value, Map<String, String> into) {
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, inner) -> flatten(name.isEmpty() ? "" + key : name + " " + key, inner, into));
    } else {
      into.put(name, "'" + value + "'");
    }
  }

  /// What the search is called.
  public String name() {
    return entry.name();
  }

  /// Its folder.
  public Path folder() {
    return folder;
  }

  StudyTable table() {
    return table;
  }

  /// The trials that have ended so far, by number.
  ///
  /// @throws IOException if the database cannot be read
  public List<Trial> trials() throws IOException {
    return table.trials(name()).stream()
        .filter(one -> one.state() != TrialEntry.State.RUNNING)
        .map(SearchPlace::trial)
        .toList();
  }

  private static Trial trial(TrialEntry entry) {
    List<Report> reports =
        entry.reports().stream().map(report -> new Report(report.step(), report.value())).toList();
    return new Trial(
        entry.number(),
        Configuration.parse(entry.configuration()),
        new Reports(reports),
        Trial.State.valueOf(entry.state().name()),
        entry.value(),
        entry.message(),
        entry.seconds());
  }

  /// When they ended.
  ///
  /// @throws IOException if the database cannot be read
  public SearchClock clock() throws IOException {
    return SearchClock.of(table.trials(name()));
  }

  /// Writes [#FILE].
  void write(Map<String, ?> content) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(STUDY, entry.name());
    all.put(CREATED, entry.created().toString());
    all.putAll(content);
    byte[] text = Json.pretty(all).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(folder.resolve(FILE), out -> out.write(text));
  }

  @Override
  public void close() throws IOException {
    claim.close();
  }
}
