package ijen.cli;

import ijen.format.json.Json;
import ijen.recipe.SearchPlan;
import ijen.study.SearchPlace;
import ijen.study.SearchRecord;
import ijen.tune.Trial;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A search for programs: a JSON object for each trial that ends, and one for the whole, one a
/// line.
final class TuneJson implements TuneOutput {
  private static final String EVENT = "event";

  private final Terminal terminal;
  private final SearchPlan plan;
  private String study = "";
  private int done;

  TuneJson(Terminal terminal, SearchPlan plan) {
    this.terminal = terminal;
    this.plan = plan;
  }

  @Override
  public void beginning(SearchPlace place, List<Trial> known) {
    study = place.name();
    done = known.size();
  }

  @Override
  public void ended(Trial trial) {
    done++;
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(EVENT, "trial");
    line.put("study", study);
    line.put("done", done);
    line.put("all", plan.rules().trials());
    line.putAll(SearchRecord.describe(trial));
    terminal.say(Json.line(line));
  }

  @Override
  public void ending(SearchRecord record, List<String> again, Path report) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(EVENT, record.result().stopped() ? "stopped" : "search");
    line.putAll(record.describe());
    line.put("again", again);
    if (record.best().isPresent()) {
      line.put("train", record.command());
    }
    line.put("report", report.toString());
    terminal.say(Json.line(line));
  }
}
