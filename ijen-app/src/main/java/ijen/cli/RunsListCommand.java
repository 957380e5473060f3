package ijen.cli;

import ijen.format.json.Json;
import ijen.format.json.JsonObject;
import ijen.run.RunStore;
import ijen.store.RunEntry;
import ijen.store.RunIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen runs list",
      "  ijen runs list --where 'test.accuracy>0.9' --where lr=0.1",
      "  ijen runs list --tag paper --sort test.loss",
      "  ijen runs list --limit 0 --json"
    })
class RunsListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin RunFilter filter = new RunFilter();
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
    RunStore store = runs.store();
    RunIndex.Listing listing = RunIndex.list(store);
    if (!listing.problem().isEmpty()) {
      if (filter.needsDatabase()) {
        throw new IOException(listing.problem());
      }
      terminal.note(listing.problem());
    }
    List<RunEntry> all = filter.apply(listing.runs(), runs.study());
    List<RunEntry> shown = limit == 0 ? all : all.subList(0, Math.min(limit, all.size()));
    if (json) {
      shown.forEach(run -> terminal.say(Json.line(line(store.folder(run.id()).path(), run))));
      return 0;
    }
    if (all.isEmpty()) {
      terminal.say(
          listing.runs().stream().allMatch(run -> !run.study().isEmpty())
              ? "There are no runs in " + store.root() + " yet; './ijen train' makes one."
              : "No run in " + store.root() + " meets this; './ijen runs' lists all.");
      return 0;
    }
    Table table = new Table("run", "state", ">epochs", ">accuracy", ">loss", "what");
    for (RunEntry run : shown) {
      table.row(
          run.id(),
          run.status(),
          run.status().equals(RunEntry.DAMAGED) ? "" : Integer.toString(run.epochs()),
          number(run.scores().get("test.accuracy")),
          number(run.scores().get("test.loss")),
          what(run));
    }
    table.print(terminal);
    if (shown.size() < all.size()) {
      terminal.say("and " + (all.size() - shown.size()) + " more; --limit 0 lists all");
    }
    return 0;
  }

  private static String what(RunEntry run) {
    return run.tags().isEmpty()
        ? run.title()
        : run.title() + " [" + String.join(", ", run.tags()) + "]";
  }

  /// What is known of a run, for a program.
  static Map<String, Object> line(Path folder, RunEntry run) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("run", folder.toString());
    line.put("status", run.status());
    line.put("title", run.title());
    if (!run.status().equals(RunEntry.DAMAGED)) {
      line.put("epochs", run.epochs());
      put(line, "testAccuracy", run.scores().get("test.accuracy"));
      put(line, "testLoss", run.scores().get("test.loss"));
    }
    if (run.result() != null) {
      JsonObject result = Json.object(run.result(), run.id());
      line.put("thetaSha256", result.string("thetaSha256"));
    }
    if (!run.tags().isEmpty()) {
      line.put("tags", run.tags());
    }
    if (!run.note().isEmpty()) {
      line.put("note", run.note());
    }
    return line;
  }

  private static void put(Map<String, Object> line, String key, @Nullable Double value) {
    if (value != null) {
      line.put(key, value);
    }
  }

  private static String number(@Nullable Double value) {
    return value == null || value.isNaN() ? "" : String.format(Locale.ROOT, "%.4f", value);
  }
}
