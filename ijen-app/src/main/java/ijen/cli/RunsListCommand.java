package ijen.cli;

import ijen.format.json.Json;
import ijen.format.json.JsonException;
import ijen.metric.Score;
import ijen.run.RunFolder;
import ijen.run.RunResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ijen runs list`
@Command(
    name = "list",
    header = "Lists runs, the newest first.",
    synopsisHeading = "%n",
    customSynopsis = "ijen runs list [OPTION…]",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  ijen runs list", "  ijen runs list --limit 0 --json"})
class RunsListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin RunsOptions runs = new RunsOptions();

  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      defaultValue = "20",
      description = "at most so many, 0 for all (default: ${DEFAULT-VALUE})")
  int limit;

  @Option(names = "--json", description = "a JSON object for each run, one a line")
  boolean json;

  RunsListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (limit < 0) {
      throw new UsageException("--limit: expected 0 or more, got " + limit);
    }
    List<RunFolder> all = runs.store().list();
    List<RunFolder> shown = limit == 0 ? all : all.subList(0, Math.min(limit, all.size()));
    if (json) {
      for (RunFolder run : shown) {
        terminal.say(Json.line(line(run)));
      }
      return 0;
    }
    if (all.isEmpty()) {
      terminal.say(
          "There are no runs in " + runs.store().root() + " yet; './ijen train' makes one.");
      return 0;
    }
    Table table = new Table("run", "state", ">epochs", ">accuracy", ">loss", "what");
    for (RunFolder run : shown) {
      Map<String, Object> line = line(run);
      table.row(
          run.id(),
          text(line.get("status")),
          text(line.get("epochs")),
          number(line.get("testAccuracy")),
          number(line.get("testLoss")),
          text(line.get("title")));
    }
    table.print(terminal);
    if (shown.size() < all.size()) {
      terminal.say("and " + (all.size() - shown.size()) + " older ones; --limit 0 lists all");
    }
    return 0;
  }

  /// What is known of a run; one whose files are damaged is listed, too.
  static Map<String, Object> line(RunFolder run) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("run", run.path().toString());
    try {
      line.put("status", run.status().toString());
      var config = run.readConfig();
      if (config.has("title")) {
        line.put("title", config.string("title"));
      }
      Optional<RunResult> result = run.readResult();
      line.put("epochs", result.map(r -> r.work().epochs()).orElse(run.readEpochs().size()));
      Score test = result.map(r -> r.scores().get(RunResult.TEST)).orElse(null);
      if (test != null) {
        line.put("testAccuracy", test.accuracy());
        line.put("testLoss", test.loss());
      }
      result.ifPresent(r -> line.put("thetaSha256", r.trained().thetaSha256()));
    } catch (JsonException | java.nio.file.NoSuchFileException damaged) {
      line.put("status", "damaged");
      line.put("title", Failures.message(damaged));
    }
    return line;
  }

  private static String text(@org.jspecify.annotations.Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static String number(@org.jspecify.annotations.Nullable Object value) {
    return value instanceof Double number && !number.isNaN()
        ? String.format(Locale.ROOT, "%.4f", number)
        : "";
  }
}
