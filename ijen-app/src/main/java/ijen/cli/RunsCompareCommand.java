package ijen.cli;

import ijen.format.json.Json;
import ijen.run.RunFolder;
import ijen.store.RunEntry;
import ijen.store.RunIndex;
import ijen.store.RunValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ijen runs compare`
@Command(
    name = "compare",
    header = "Shows in what runs differ: settings, and what came of them.",
    synopsisHeading = "%n",
    customSynopsis = "ijen runs compare [OPTION…] RUN RUN…",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen runs compare 20261121-093000 20261121-093500",
      "",
      "'ijen report RUN RUN…' compares seed by seed, with intervals and curves."
    })
final class RunsCompareCommand implements Callable<Integer> {
  private static final String NONE = "–";

  private final Terminal terminal;

  @Parameters(
      arity = "2..*",
      paramLabel = "RUN",
      description = "a run's name, its beginning, or its folder")
  List<String> named = List.of();

  @Option(names = "--json", description = "a JSON object for each run, one a line")
  boolean json;

  @Mixin RunsOptions runs = new RunsOptions();

  RunsCompareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Map<String, RunValues> compared = new LinkedHashMap<>();
    for (RunFolder run : runs.find(named)) {
      RunEntry entry = RunIndex.entry(run);
      if (entry.status().equals(RunEntry.DAMAGED)) {
        throw new IOException(entry.title());
      }
      compared.put(run.id(), RunValues.of(entry));
    }
    if (compared.size() < 2) {
      throw new UsageException("expected two runs or more, got one: " + compared.keySet());
    }
    List<String> settings = differing(compared, RunValues::settings);
    List<String> outcome = differing(compared, RunValues::outcome);
    if (json) {
      compared.forEach((id, values) -> terminal.say(line(id, values, settings)));
    } else {
      print(compared, settings, outcome);
    }
    return 0;
  }

  /// The names whose values are not the same in all.
  private static List<String> differing(
      Map<String, RunValues> runs, Function<RunValues, Map<String, Object>> part) {
    Set<String> keys = new LinkedHashSet<>();
    runs.values().forEach(values -> keys.addAll(part.apply(values).keySet()));
    return keys.stream()
        .filter(key ->
            runs.values().stream()
                    .map(values -> Optional.ofNullable(part.apply(values).get(key)))
                    .distinct()
                    .count()
                > 1)
        .toList();
  }

  private static String line(String id, RunValues values, List<String> settings) {
    Map<String, Object> differing = new LinkedHashMap<>(values.settings());
    differing.keySet().retainAll(settings);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("run", id);
    line.put("settings", differing);
    line.put("outcome", values.outcome());
    return Json.line(line);
  }

  /// A column for each run, or a row where that is what fits the terminal.
  private void print(Map<String, RunValues> runs, List<String> settings, List<String> outcome) {
    List<List<String>> rows = new ArrayList<>();
    List<String> heads = new ArrayList<>(List.of(""));
    heads.addAll(runs.keySet());
    rows.add(heads);
    for (String key : settings) {
      rows.add(row(key, runs, RunValues::settings, RunValues::text));
    }
    for (String key : outcome) {
      rows.add(row(key, runs, RunValues::outcome, RunsCompareCommand::rounded));
    }
    List<List<String>> turned = turned(rows);
    int width = width(rows);
    if (width > terminal.width() && width(turned) < width) {
      rows = turned;
    }
    Table table = new Table(rows.getFirst().toArray(String[]::new));
    rows.subList(1, rows.size()).forEach(row -> table.row(row.toArray(String[]::new)));
    table.print(terminal);
    if (settings.isEmpty()) {
      terminal.say("All settings are the same.");
    }
  }

  private static List<String> row(
      String key,
      Map<String, RunValues> runs,
      Function<RunValues, Map<String, Object>> part,
      Function<Object, String> text) {
    List<String> row = new ArrayList<>(List.of(key));
    for (RunValues values : runs.values()) {
      row.add(Optional.ofNullable(part.apply(values).get(key)).map(text).orElse(NONE));
    }
    return row;
  }

  private static List<List<String>> turned(List<List<String>> rows) {
    List<List<String>> turned = new ArrayList<>();
    for (int column = 0; column < rows.getFirst().size(); column++) {
      int at = column;
      turned.add(rows.stream().map(row -> row.get(at)).toList());
    }
    return turned;
  }

  /// How wide a table of these rows is.
  private static int width(List<List<String>> rows) {
    return turned(rows).stream()
        .mapToInt(column -> 2 + column.stream().mapToInt(String::length).max().orElse(0))
        .sum();
  }

  /// A number with as many digits as people compare.
  private static String rounded(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.4f", number)
        : RunValues.text(value);
  }
}
