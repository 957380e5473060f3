package ijen.run;

import ijen.format.AtomicFile;
import ijen.format.json.Json;
import ijen.format.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What one run leaves: plain files under fixed names, readable without Ijen.
///
/// | file | content |
/// |---|---|
/// | `config.json` | what was asked for: any settings, and `title` (a heading) and `command` (an array of words) for the report |
/// | `environment.json` | where it ran, see [Environment] |
/// | `metrics.jsonl` | one JSON object a line; those with `"event": "epoch"` are [EpochRow]s |
/// | `result.json` | how it ended, see below; absent while it runs and after a crash |
/// | `running.json` | the process that works on it, otherwise empty, see [RunClaim] |
/// | `checkpoints/last.safetensors`, `checkpoints/best.safetensors` | to resume from, and the best so far |
/// | `model.safetensors` | the trained model |
/// | `report.html`, `figures/*.svg` | the report and its figures, made from the files above |
///
/// A line of `metrics.jsonl` for an epoch:
///
/// ```json
/// {"event": "epoch", "epoch": 1, "step": 938, "seconds": 3.1, "learningRate": 0.1,
///  "scores": {"train": {"loss": 0.52, "accuracy": 0.81, "samples": 60000}}}
/// ```
///
/// `result.json`:
///
/// | key | value |
/// |---|---|
/// | `status` | `finished`, `interrupted` or `failed` |
/// | `message` | why, in a sentence; may be empty |
/// | `epochs`, `steps` | how many were done in all |
/// | `seconds`, `samplesPerSecond` | the training time and rate |
/// | `bestEpoch` | the epoch of the best checkpoint, from 1; may be absent |
/// | `scores` | for each of `train`, `validation`, `test` that was measured: mean `loss`, with classes `accuracy`, number of `samples` |
/// | `thetaSha256` | hash of the final parameters' bytes, in hexadecimal |
/// | `parameters`, `layers` | their number, and for each layer `name`, `kind`, output `shape`, `parameters` |
/// | `classes`, `confusion` | names, and counts by true class (rows) and predicted class (columns); absent without classes |
/// | `mistakes` | the worst, first: `index` in the data set, class numbers `truth` and `predicted`, `probability` given to the latter, and the image: `height`, `width`, `channels` (1 or 3), `pixels` (unsigned bytes, row by row, in Base64) |
///
/// NaN and the infinities are the strings `"NaN"`, `"Infinity"` and `"-Infinity"`.
public final class RunFolder {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT);
  private static final int STAMP_LENGTH = 15;

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /// The run in a folder, which need not exist yet.
  static RunFolder at(Path path) {
    return new RunFolder(path);
  }

  /// The moment's part of a run's name.
  static String stamp(Instant moment) {
    return STAMP.format(moment.atOffset(ZoneOffset.UTC));
  }

  /// The folder.
  public Path path() {
    return path;
  }

  /// The run's name, which is its folder's: `20261121-093000-mnist`.
  public String id() {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? path.toString() : name.toString();
  }

  /// When the run was made, as its name says; empty for a folder that was named by hand.
  public Optional<Instant> created() {
    String id = id();
    if (id.length() < STAMP_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.parse(id.substring(0, STAMP_LENGTH), STAMP).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException notAStamp) {
      return Optional.empty();
    }
  }

  /// The part of the name after the moment: `mnist`. The whole name, if it was given by hand.
  public String label() {
    String id = id();
    return created().isPresent() && id.length() > STAMP_LENGTH + 1
        ? id.substring(STAMP_LENGTH + 1)
        : id;
  }

  public Path configFile() {
    return path.resolve("config.json");
  }

  public Path environmentFile() {
    return path.resolve("environment.json");
  }

  public Path metricsFile() {
    return path.resolve("metrics.jsonl");
  }

  public Path resultFile() {
    return path.resolve("result.json");
  }

  public Path lastCheckpoint() {
    return path.resolve("checkpoints").resolve("last.safetensors");
  }

  public Path bestCheckpoint() {
    return path.resolve("checkpoints").resolve("best.safetensors");
  }

  public Path modelFile() {
    return path.resolve("model.safetensors");
  }

  public Path reportFile() {
    return path.resolve("report.html");
  }

  /// The folder of figures.
  public Path figures() {
    return path.resolve("figures");
  }

  private Path runningFile() {
    return path.resolve("running.json");
  }

  /// Makes the folders inside.
  void prepare() throws IOException {
    Files.createDirectories(lastCheckpoint().resolveSibling(""));
    Files.createDirectories(figures());
  }

  /// Whether there is anything that only a run has.
  boolean isRun() {
    return Files.exists(configFile()) || Files.exists(metricsFile()) || Files.exists(resultFile());
  }

  /// Writes what was asked for.
  public void writeConfig(Map<String, ?> config) throws IOException {
    write(configFile(), config);
  }

  /// What was asked for.
  ///
  /// @throws ijen.format.json.JsonException if the file is not a JSON object
  public JsonObject readConfig() throws IOException {
    return Json.object(configFile());
  }

  /// Writes where the run takes place.
  public void writeEnvironment(Map<String, ?> environment) throws IOException {
    write(environmentFile(), environment);
  }

  /// Where the run took place; empty if that was not written.
  ///
  /// @throws ijen.format.json.JsonException if the file is not a JSON object
  public Optional<JsonObject> readEnvironment() throws IOException {
    return Files.exists(environmentFile())
        ? Optional.of(Json.object(environmentFile()))
        : Optional.empty();
  }

  /// Opens the measurements to append to; what a crash left of a last line is cut off.
  public MetricsLog openMetrics() throws IOException {
    return MetricsLog.open(metricsFile());
  }

  /// All measurements that were written as a whole, line by line.
  ///
  /// @throws ijen.format.json.JsonException if a whole line is not a JSON object
  public List<JsonObject> readMetrics() throws IOException {
    return MetricsLog.read(metricsFile());
  }

  /// The epochs among the measurements, in order, each once.
  ///
  /// @throws ijen.format.json.JsonException if a whole line is not what it should be
  public List<EpochRow> readEpochs() throws IOException {
    return MetricsLog.epochs(metricsFile());
  }

  /// What was measured in the middle of epochs, in order, each step once.
  ///
  /// @throws ijen.format.json.JsonException if a whole line is not what it should be
  public List<StepRow> readSteps() throws IOException {
    return MetricsLog.steps(metricsFile());
  }

  /// Writes how the run ended.
  public void writeResult(RunResult result) throws IOException {
    write(resultFile(), result.toJson());
  }

  /// How the run ended; empty while it runs and after a crash.
  ///
  /// @throws ijen.format.json.JsonException if the file is not what it should be
  public Optional<RunResult> readResult() throws IOException {
    return Files.exists(resultFile())
        ? Optional.of(RunResult.of(Json.object(resultFile())))
        : Optional.empty();
  }

  /// Takes the run for this process, until the claim is closed or the process ends.
  ///
  /// @throws IOException if another process, or another part of this one, works on it
  public RunClaim claim() throws IOException {
    return RunClaim.of(runningFile());
  }

  /// Where the run stands: what its result says, unless a living process works on it.
  ///
  /// A process on another machine that shares the folder cannot be seen: its run shows as
  /// interrupted.
  public RunStatus status() throws IOException {
    if (RunClaim.holder(runningFile()).isPresent()) {
      return RunStatus.RUNNING;
    }
    return Files.exists(resultFile())
        ? RunStatus.ended(Json.object(resultFile()))
        : RunStatus.INTERRUPTED;
  }

  /// A text that is another as soon as the configuration, the measurements, the result or who works
  /// on the run have changed: sizes and times of their files.
  public String fingerprint() {
    StringBuilder text = new StringBuilder();
    for (Path file : List.of(configFile(), metricsFile(), resultFile(), runningFile())) {
      File entry = file.toFile(); // which has no exception for a file that is not there
      text.append(entry.length()).append('@').append(entry.lastModified()).append(' ');
    }
    return text.toString();
  }

  private static void write(Path file, Map<String, ?> content) throws IOException {
    byte[] bytes = Json.pretty(content).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  /// The run's name.
  @Override
  public String toString() {
    return id();
  }
}
