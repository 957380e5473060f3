package ijen.recipe;

import ijen.format.AtomicFile;
import ijen.format.json.JsonObject;
import ijen.metric.Score;
import ijen.run.EpochRow;
import ijen.run.MetricsLog;
import ijen.run.RunFolder;
import ijen.run.RunResult;
import ijen.run.StepRow;
import ijen.store.RunWriter;
import ijen.train.EpochReport;
import ijen.train.Progress;
import ijen.train.StepReport;
import ijen.train.TrainListener;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a training down while it goes on, and measures how many samples a second are trained on,
/// evaluation not included.
///
/// Nothing in the folder is touched before the training has begun: until then it may turn out that
/// the checkpoint does not fit.
final class RunRecorder implements TrainListener, Closeable {
  private static final String EVENT = "event";

  private final RunFolder folder;
  private final Map<String, ?> config;
  private final @Nullable RunWriter database;
  private @Nullable MetricsLog metrics;
  private @Nullable Progress progress;
  private double secondsBefore;
  private long mark; // when training went on last
  private long nanos;
  private long seen; // samples of the running epoch that are counted
  private long samples;

  /// A recorder that writes `config` as the run's configuration.
  ///
  /// @param database keeps the database up to date; null if the run is in none
  RunRecorder(RunFolder folder, Map<String, ?> config, @Nullable RunWriter database) {
    this.folder = folder;
    this.config = config;
    this.database = database;
  }

  @Override
  public void started(Progress progress) {
    this.progress = progress;
    try {
      folder.writeConfig(config);
      rewind(progress);
      Files.deleteIfExists(folder.resultFile());
      metrics = folder.openMetrics();
      if (progress.step() > 0) {
        metrics.append(
            Map.of(EVENT, "resumed", "epoch", progress.epoch(), "step", progress.stepInEpoch()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    if (database != null) {
      database.begin();
    }
    seen = progress.samples();
    mark = System.nanoTime();
  }

  /// Takes back what was written of steps that the checkpoint lacks: they will be measured again.
  private void rewind(Progress progress) throws IOException {
    List<JsonObject> lines = folder.readMetrics();
    List<JsonObject> kept =
        lines.stream().filter(line -> !line.has("scores") || isDone(line, progress)).toList();
    if (kept.size() < lines.size()) {
      StringBuilder text = new StringBuilder();
      kept.forEach(line -> text.append(line).append('\n'));
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(folder.metricsFile(), out -> out.write(bytes));
    }
    secondsBefore = folder.readEpochs().stream().mapToDouble(EpochRow::seconds).sum();
  }

  /// An epoch whose last step is done may still have to be measured, and is then measured again.
  private static boolean isDone(JsonObject line, Progress progress) {
    return line.string(EVENT).equals("epoch")
        ? line.whole("epoch") <= progress.epoch()
        : line.whole("step") <= progress.step();
  }

  @Override
  public void stepped(Progress progress) {
    long now = System.nanoTime();
    nanos += now - mark;
    mark = now;
    samples += progress.samples() - seen;
    seen = progress.samples();
  }

  @Override
  public void measured(StepReport report) {
    Map<String, Score> scores = scores(report.training(), report.validation(), report.test());
    StepRow row = new StepRow(report.step(), report.samples(), scores);
    append(row.toJson());
    if (database != null) {
      database.measured(row);
    }
    mark = System.nanoTime();
  }

  @Override
  public void epochEnded(EpochReport report) {
    if (progress != null) {
      Map<String, Score> scores = scores(report.training(), report.validation(), report.test());
      long steps = (long) report.epoch() * progress.stepsPerEpoch();
      EpochRow row =
          new EpochRow(report.epoch(), steps, report.seconds(), report.learningRate(), scores);
      append(row.toJson());
      if (database != null) {
        database.measured(row);
      }
    }
    seen = 0;
    mark = System.nanoTime();
  }

  private static Map<String, Score> scores(
      Score training, @Nullable Score validation, @Nullable Score test) {
    Map<String, Score> scores = new LinkedHashMap<>();
    scores.put(RunResult.TRAIN, training);
    if (validation != null) {
      scores.put(RunResult.VALIDATION, validation);
    }
    if (test != null) {
      scores.put(RunResult.TEST, test);
    }
    return scores;
  }

  private void append(Map<String, ?> line) {
    if (metrics == null) {
      return;
    }
    try {
      metrics.append(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /// How long the epochs took that were over when this training began.
  double secondsBefore() {
    return secondsBefore;
  }

  /// How many samples were trained on.
  long samples() {
    return samples;
  }

  /// Samples trained on in a second; 0 if there were none.
  double samplesPerSecond() {
    return nanos == 0 ? 0 : samples / (nanos * 1e-9);
  }

  @Override
  public void close() throws IOException {
    if (metrics != null) {
      metrics.close();
    }
  }
}
