package ijen.cli;

import ijen.format.json.Json;
import ijen.metric.Score;
import ijen.recipe.RecordedRun;
import ijen.run.RunResult;
import ijen.train.EpochReport;
import ijen.train.Progress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A training for programs: JSON objects, one a line. The last has the result.
final class TrainJson implements TrainOutput {
  private final Terminal terminal;
  private final RecordedRun run;
  private final EpochSpeed speed = new EpochSpeed();

  TrainJson(Terminal terminal, RecordedRun run) {
    this.terminal = terminal;
    this.run = run;
  }

  @Override
  public void beginning() {}

  @Override
  public void started(Progress progress) {
    speed.started(progress);
  }

  @Override
  public void epochEnded(EpochReport report) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", "epoch");
    line.put("epoch", report.epoch());
    put(line, "train", report.training());
    put(line, "validation", report.validation());
    put(line, "test", report.test());
    line.put("learningRate", report.learningRate());
    line.put("seconds", report.seconds());
    line.put("samplesPerSecond", speed.of(report));
    terminal.say(Json.line(line));
  }

  /// Puts a score into a line, under names that say of which part of the data.
  static void put(Map<String, Object> line, String part, @Nullable Score score) {
    if (score != null) {
      line.put(part + "Loss", score.loss());
      line.put(part + "Accuracy", score.accuracy());
    }
  }

  @Override
  public void ending(RecordedRun.Outcome outcome) {
    RunResult record = outcome.record();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", "result");
    line.put("status", record.status().toString());
    put(line, "test", outcome.result().score());
    line.put("thetaSha256", record.trained().thetaSha256());
    line.put("epochs", record.work().epochs());
    line.put("steps", record.work().steps());
    line.put("parameters", record.trained().parameters());
    line.put("seconds", record.work().seconds());
    line.put("samplesPerSecond", record.work().samplesPerSecond());
    line.put("threads", run.experiment().training().settings().threads());
    line.put("run", run.folder().path().toString());
    terminal.say(Json.line(line));
  }
}
