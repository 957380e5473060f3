package ijen.cli;

import ijen.format.json.Json;
import ijen.recipe.Study;
import ijen.recipe.Variant;
import ijen.run.RunResult;
import ijen.study.SeedRun;
import ijen.study.StudyResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// A study for programs: a JSON object for each training, and one for the whole, one a line.
final class StudyJson implements StudyOutput {
  private static final String EVENT = "event";

  private final Terminal terminal;
  private final Study study;

  StudyJson(Terminal terminal, Study study) {
    this.terminal = terminal;
    this.study = study;
  }

  @Override
  public void beginning() {}

  @Override
  public void ended(Variant variant, SeedRun run, int done, int all) {
    RunResult result = run.result();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(EVENT, "training");
    line.put("study", study.name());
    line.put("variant", variant.name());
    line.put("seed", run.seed());
    line.put("done", done);
    line.put("all", all);
    line.put("status", result.status().toString());
    if (!result.message().isEmpty()) {
      line.put("message", result.message());
    }
    TrainJson.put(line, RunResult.TEST, result.scores().get(RunResult.TEST));
    line.put("thetaSha256", result.trained().thetaSha256());
    line.put("seconds", result.work().seconds());
    line.put("run", run.folder().path().toString());
    terminal.say(Json.line(line));
  }

  @Override
  public void ending(StudyResult result, Path report) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(EVENT, "study");
    line.putAll(result.describe());
    line.put("report", report.toString());
    terminal.say(Json.line(line));
  }

  @Override
  public void stopped() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(EVENT, "stopped");
    line.put("study", study.name());
    terminal.say(Json.line(line));
  }
}
