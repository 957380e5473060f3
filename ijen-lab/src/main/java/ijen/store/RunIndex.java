package ijen.store;

import ijen.format.json.Json;
import ijen.format.json.JsonException;
import ijen.format.json.JsonObject;
import ijen.run.EpochRow;
import ijen.run.RunFolder;
import ijen.run.RunResult;
import ijen.run.RunStore;
import ijen.run.StepRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Brings the database up to date with the folders of the runs: with those that it does not know,
/// those that have changed since it read them, and those that are gone.
public final class RunIndex {
  /// As many numbers are read before they are written: what another process waits for is short.
  private static final int BATCH = 5_000;

  /// What of a result is looked at for a single run only: images and tables.
  private static final List<String> LONG = List.of("mistakes", "classes", "confusion", "layers");

  private final RunStore store;
  private final RunDatabase database;

  public RunIndex(RunStore store, RunDatabase database) {
    this.store = store;
    this.database = database;
  }

  /// Runs as they are listed.
  ///
  /// @param runs those of the store and of its studies, the newest first
  /// @param problem why the database could not be asked; then the runs are read from their folders,
  ///   without tags and notes. Empty if all is well.
  public record Listing(List<RunEntry> runs, String problem) {
    public Listing {
      runs = List.copyOf(runs);
    }
  }

  /// All runs as they are now. The database is made where there are runs but no database.
  public static Listing list(RunStore store) throws IOException {
    if (!Files.exists(store.databaseFile()) && store.listAll().isEmpty()) {
      return new Listing(List.of(), "");
    }
    try (RunDatabase database = RunDatabase.open(store.databaseFile())) {
      return new Listing(new RunIndex(store, database).refresh(), "");
    } catch (StoreException e) {
      List<RunEntry> entries = new ArrayList<>();
      for (RunFolder folder : store.listAll()) {
        content(store.id(folder), folder).forEach(content -> entries.add(content.entry()));
      }
      return new Listing(entries, String.valueOf(e.getMessage()));
    }
  }

  /// Brings all runs up to date, and returns them, the newest first.
  public List<RunEntry> refresh() throws IOException {
    // First those in the database, which have folders: what is not found then is gone.
    Map<String, String> known = database.runs().fingerprints();
    List<String> ids = new ArrayList<>();
    List<RunTable.Content> changed = new ArrayList<>();
    int numbers = 0;
    for (RunFolder folder : store.listAll()) {
      String id = store.id(folder);
      ids.add(id);
      if (!folder.fingerprint().equals(known.remove(id))) {
        for (RunTable.Content content : content(id, folder)) {
          changed.add(content);
          numbers += content.metrics().size();
        }
        if (numbers > BATCH) {
          database.runs().put(changed, List.of());
          changed.clear();
          numbers = 0;
        }
      }
    }
    database.runs().put(changed, known.keySet());
    Map<String, RunEntry> entries = new HashMap<>();
    database.runs().list().forEach(entry -> entries.put(entry.id(), entry));
    return ids.stream().filter(entries::containsKey).map(entries::get).toList();
  }

  /// Brings one run up to date.
  public void refresh(RunFolder folder) throws IOException {
    database.runs().put(content(store.id(folder), folder), List.of());
  }

  /// A run as its folder has it, wherever that is: without tags and note.
  public static RunEntry entry(RunFolder folder) throws IOException {
    return read(folder.id(), folder).entry();
  }

  /// A run as its folder has it; nothing if somebody has deleted it meanwhile.
  private static List<RunTable.Content> content(String id, RunFolder folder) throws IOException {
    RunTable.Content content = read(id, folder);
    return Files.isDirectory(folder.path()) ? List.of(content) : List.of();
  }

  /// A run as its folder has it.
  static RunTable.Content read(String id, RunFolder folder) throws IOException {
    String fingerprint = folder.fingerprint(); // before the rest: what changes meanwhile is seen
    try {
      List<MetricEntry> metrics = metrics(folder);
      return new RunTable.Content(entry(id, folder, metrics), metrics, fingerprint);
    } catch (JsonException | NoSuchFileException | IllegalArgumentException damaged) {
      String what =
          damaged instanceof NoSuchFileException missing
              ? missing.getFile() + ": there is no such file"
              : String.valueOf(damaged.getMessage());
      RunEntry entry =
          new RunEntry(
              id,
              folder.label(),
              study(id),
              folder.created().orElse(null),
              RunEntry.DAMAGED,
              what,
              "",
              0,
              null,
              null,
              Map.of(),
              List.of(),
              "");
      return new RunTable.Content(entry, List.of(), fingerprint);
    }
  }

  /// The study in an id, `studies/STUDY/RUN`; empty if there is none.
  private static String study(String id) {
    int end = id.lastIndexOf('/');
    return end < 0 ? "" : id.substring(id.indexOf('/') + 1, end);
  }

  private static RunEntry entry(String id, RunFolder folder, List<MetricEntry> metrics)
      throws IOException {
    JsonObject config = folder.readConfig();
    RunResult result = folder.readResult().orElse(null);
    Map<String, Double> scores = new LinkedHashMap<>(RunTable.newest(metrics));
    int epochs = metrics.stream().mapToInt(MetricEntry::epoch).max().orElse(0);
    String text = null;
    if (result != null) {
      epochs = result.work().epochs();
      result
          .scores()
          .forEach((part, score) -> {
            scores.put(part + ".loss", score.loss());
            if (!Double.isNaN(score.accuracy())) {
              scores.put(part + ".accuracy", score.accuracy());
            }
          });
      Map<String, @Nullable Object> brief = new LinkedHashMap<>(result.toJson());
      brief.keySet().removeAll(LONG);
      text = Json.line(brief);
    }
    return new RunEntry(
        id,
        folder.label(),
        study(id),
        folder.created().orElse(null),
        folder.status().toString(),
        config.has("title") ? config.string("title") : "",
        config.has("command") ? String.join(" ", config.strings("command")) : "",
        epochs,
        config.toString(),
        text,
        scores,
        List.of(),
        "");
  }

  private static List<MetricEntry> metrics(RunFolder folder) throws IOException {
    List<MetricEntry> metrics = new ArrayList<>();
    for (JsonObject line : folder.readMetrics()) {
      if (EpochRow.isOne(line)) {
        metrics.addAll(MetricEntry.of(EpochRow.of(line)));
      } else if (StepRow.isOne(line)) {
        metrics.addAll(MetricEntry.of(StepRow.of(line)));
      }
    }
    return metrics;
  }
}
