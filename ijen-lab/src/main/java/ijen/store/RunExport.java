package ijen.store;

import ijen.format.AtomicFile;
import ijen.format.json.Json;
import ijen.format.json.JsonException;
import ijen.run.RunFolder;
import ijen.run.RunStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes runs and searches as lines of JSON.
///
/// | line | keys |
/// |---|---|
/// | the first | `kind`: `ijen-runs`; `version`: 1 |
/// | a run | `kind`: `run`; `id`; `config`, `environment`, `result`: the content of these files, the last two `null` where there is none; `metrics`: the lines of `metrics.jsonl`; `tags`; `note` |
/// | a search | `kind`: `study`; `name`; `settings`; `created` |
/// | a trial, after its search | `kind`: `trial`; `study`; `number`; `configuration`; `state`; `value`; `message`; `seconds`; `begun`; `ended`, `null` while it runs; `reports`: arrays of step and value |
///
/// Times are ISO 8601 (UTC). Models, checkpoints and reports are files of their own and not in it.
public final class RunExport {
  static final String KIND = "kind";
  static final String FORMAT = "ijen-runs";
  static final int VERSION = 1;

  private RunExport() {}

  /// What was written.
  ///
  /// @param damaged runs that are left out, as their files cannot be read: why, each in a line
  public record Written(int runs, int studies, int trials, List<String> damaged) {
    public Written {
      damaged = List.copyOf(damaged);
    }
  }

  /// Writes all runs of a store and all searches to a file, oldest first; what is there is
  /// replaced.
  public static Written write(RunStore store, RunDatabase database, Path file) throws IOException {
    List<RunEntry> runs = new RunIndex(store, database).refresh().reversed();
    List<String> damaged = new ArrayList<>();
    int[] counts = new int[3];
    AtomicFile.write(
        file,
        out -> {
          line(out, Map.of(KIND, FORMAT, "version", VERSION));
          for (RunEntry run : runs) {
            Map<String, @Nullable Object> content;
            try {
              content = content(store, run.id());
            } catch (JsonException | IOException e) {
              damaged.add(run.id() + ": " + e.getMessage());
              continue;
            }
            content.put("tags", run.tags());
            content.put("note", run.note());
            line(out, content);
            counts[0]++;
          }
          for (StudyEntry study : database.studies().list()) {
            line(out, study(study));
            counts[1]++;
            for (TrialEntry trial : database.studies().trials(study.name())) {
              line(out, trial(study.name(), trial));
              counts[2]++;
            }
          }
        });
    return new Written(counts[0], counts[1], counts[2], damaged);
  }

  private static void line(OutputStream out, Map<String, ?> content) throws IOException {
    out.write((Json.line(content) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /// What the folder of a run says.
  static Map<String, @Nullable Object> content(RunStore store, String id) throws IOException {
    RunFolder folder = store.folder(id);
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put(KIND, "run");
    line.put("id", id);
    line.put("config", folder.readConfig());
    line.put("environment", folder.readEnvironment().orElse(null));
    // As it stands there, once it is clear that it can be read.
    line.put("result", folder.readResult().isEmpty() ? null : Json.object(folder.resultFile()));
    line.put("metrics", folder.readMetrics());
    return line;
  }

  private static Map<String, @Nullable Object> study(StudyEntry study) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put(KIND, "study");
    line.put("name", study.name());
    line.put("settings", study.settings());
    line.put("created", study.created().toString());
    return line;
  }

  private static Map<String, @Nullable Object> trial(String study, TrialEntry trial) {
    Instant ended = trial.ended();
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put(KIND, "trial");
    line.put("study", study);
    line.put("number", trial.number());
    line.put("configuration", trial.configuration());
    line.put("state", StudyTable.word(trial.state()));
    line.put("value", trial.value());
    line.put("message", trial.message());
    line.put("seconds", trial.seconds());
    line.put("begun", trial.begun().toString());
    line.put("ended", ended == null ? null : ended.toString());
    List<List<Object>> reports = new ArrayList<>();
    trial.reports().forEach(report -> reports.add(List.of(report.step(), report.value())));
    line.put("reports", reports);
    return line;
  }
}
