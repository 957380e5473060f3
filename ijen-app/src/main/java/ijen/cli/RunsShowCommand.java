package ijen.cli;

import ijen.format.json.Json;
import ijen.metric.Score;
import ijen.run.EpochRow;
import ijen.run.RunFolder;
import ijen.run.RunResult;
import ijen.run.RunStore;
import ijen.store.RunDatabase;
import ijen.store.RunEntry;
import ijen.store.RunIndex;
import ijen.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ijen runs show`
@Command(
    name = "show",
    header = "Shows a run: how it was made, its epochs, and what came of it.",
    synopsisHeading = "%n",
    customSynopsis = "ijen runs show [OPTION…] [RUN]",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {"  ijen runs show", "  ijen runs show 20261121-093000 --json"})
final class RunsShowCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "a run's name, its beginning, or its folder; the newest if none is named")
  @Nullable String run;

  @Mixin RunsOptions runs = new RunsOptions();

  @Option(names = "--json", description = "all of it as one JSON object")
  boolean json;

  RunsShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    RunFolder folder = runs.find(run);
    RunEntry entry = annotated(folder);
    if (json) {
      terminal.say(Json.line(all(folder, entry)));
    } else {
      print(folder, entry);
    }
    return 0;
  }

  /// The run with what people added, which is in the database alone.
  private RunEntry annotated(RunFolder folder) throws IOException {
    RunEntry entry = RunIndex.entry(folder);
    Optional<RunStore> store = RunStore.holding(folder);
    if (store.isPresent() && Files.exists(store.get().databaseFile())) {
      try (RunDatabase database = RunDatabase.open(store.get().databaseFile())) {
        return database
            .runs()
            .find(store.get().id(folder))
            .map(known -> entry.with(known.tags(), known.note()))
            .orElse(entry);
      } catch (StoreException e) {
        terminal.note(Failures.message(e));
      }
    }
    return entry;
  }

  private static Map<String, Object> all(RunFolder folder, RunEntry entry) throws IOException {
    Map<String, Object> all = RunsListCommand.line(folder.path(), entry);
    all.put("config", folder.readConfig());
    folder.readEnvironment().ifPresent(environment -> all.put("environment", environment));
    all.put("metrics", folder.readMetrics());
    folder.readResult().ifPresent(result -> all.put("result", brief(result)));
    return all;
  }

  /// The result without images.
  private static Map<String, @Nullable Object> brief(RunResult result) {
    Map<String, @Nullable Object> brief = new LinkedHashMap<>(result.toJson());
    brief.remove("mistakes");
    return brief;
  }

  private void print(RunFolder folder, RunEntry entry) throws IOException {
    var config = folder.readConfig();
    Optional<RunResult> result = folder.readResult();
    row("run", folder.path().toString());
    row(
        "state",
        folder.status()
            + result.map(r -> r.message().isEmpty() ? "" : ": " + r.message()).orElse(""));
    if (config.has("command")) {
      row("command", Shell.quoted(config.strings("command")));
    }
    if (!entry.tags().isEmpty()) {
      row("tags", String.join(", ", entry.tags()));
    }
    if (!entry.note().isEmpty()) {
      row("note", entry.note());
    }
    if (result.isPresent()) {
      print(result.get());
    }
    if (Files.exists(folder.modelFile())) {
      row("model", folder.modelFile().toString());
    }
    if (Files.exists(folder.reportFile())) {
      row("report", folder.reportFile().toString());
    }
    List<EpochRow> epochs = folder.readEpochs();
    if (!epochs.isEmpty()) {
      terminal.say("");
      print(epochs);
    }
  }

  private void print(RunResult result) {
    Score test = result.scores().get(RunResult.TEST);
    if (test != null) {
      row("test", test.toString());
    }
    if (!result.trained().layers().isEmpty()) {
      row("network", String.format(Locale.ROOT, "%,d parameters", result.trained().parameters()));
    }
    row(
        "training",
        String.format(
            Locale.ROOT,
            "%d epochs, %,d steps, %.1f s, %,.0f samples/s",
            result.work().epochs(),
            result.work().steps(),
            result.work().seconds(),
            result.work().samplesPerSecond()));
    if (!result.trained().thetaSha256().isEmpty()) {
      row("theta", "sha256 " + result.trained().thetaSha256());
    }
  }

  private void print(List<EpochRow> epochs) {
    List<String> parts = new ArrayList<>();
    for (EpochRow epoch : epochs) {
      epoch.scores().keySet().stream().filter(part -> !parts.contains(part)).forEach(parts::add);
    }
    List<String> heads = new ArrayList<>(List.of(">epoch"));
    for (String part : parts) {
      heads.add(">" + part + " loss");
      heads.add(">accuracy");
    }
    heads.add(">seconds");
    Table table = new Table(heads.toArray(String[]::new));
    for (EpochRow epoch : epochs) {
      List<String> cells = new ArrayList<>(List.of(Integer.toString(epoch.epoch())));
      for (String part : parts) {
        Score score = epoch.scores().get(part);
        cells.add(score == null ? "" : String.format(Locale.ROOT, "%.4f", score.loss()));
        cells.add(
            score == null || Double.isNaN(score.accuracy())
                ? ""
                : String.format(Locale.ROOT, "%.4f", score.accuracy()));
      }
      cells.add(String.format(Locale.ROOT, "%.1f", epoch.seconds()));
      table.row(cells.toArray(String[]::new));
    }
    table.print(terminal);
  }

  private void row(String name, String text) {
    terminal.say(terminal.bold(String.format(Locale.ROOT, "%-10s", name)) + text);
  }
}
