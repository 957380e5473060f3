package ijen.report;

import ijen.format.json.JsonObject;
import ijen.metric.Score;
import ijen.run.EpochRow;
import ijen.run.RunFolder;
import ijen.run.RunResult;
import ijen.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that a report says about a run, as plain data.
///
/// `command` is how to run it again, word by word, and empty if that is not known; `created` and
/// `result` are absent where the folder does not tell.
public record RunReport(
    String id,
    String title,
    @Nullable Instant created,
    RunStatus status,
    List<String> command,
    Map<String, @Nullable Object> config,
    Map<String, @Nullable Object> environment,
    List<EpochRow> epochs,
    @Nullable RunResult result) {
  private static final String TITLE = "title";
  private static final String COMMAND = "command";

  public RunReport {
    command = List.copyOf(command);
    config = copy(config);
    environment = copy(environment);
    epochs = List.copyOf(epochs);
  }

  /// What the files of a run tell. Any of them may be missing, as after a crash.
  ///
  /// @throws ijen.format.json.JsonException if a file is not what it should be
  public static RunReport read(RunFolder run) throws IOException {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    String title = run.label();
    List<String> command = List.of();
    if (Files.exists(run.configFile())) {
      JsonObject json = run.readConfig();
      title = json.has(TITLE) ? json.string(TITLE) : title;
      command = json.has(COMMAND) ? json.strings(COMMAND) : command;
      config.putAll(json.asMap());
      config.remove(TITLE);
      config.remove(COMMAND);
    }
    return new RunReport(
        run.id(),
        title,
        run.created().orElse(null),
        run.status(),
        command,
        config,
        run.readEnvironment().map(JsonObject::asMap).orElse(Map.of()),
        run.readEpochs(),
        run.readResult().orElse(null));
  }

  /// The last scores there are: the result's, or before that those of the last epoch.
  Map<String, Score> scores() {
    if (result != null && !result.scores().isEmpty()) {
      return result.scores();
    }
    return epochs.isEmpty() ? Map.of() : epochs.getLast().scores();
  }

  /// Nulls are values too, which [Map#copyOf] would refuse.
  private static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
