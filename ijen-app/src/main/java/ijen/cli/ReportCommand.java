package ijen.cli;

import ijen.format.json.Json;
import ijen.report.ComparisonReport;
import ijen.report.Report;
import ijen.report.RunComparison;
import ijen.report.Trainings;
import ijen.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ijen report`
@Command(
    name = "report",
    header = "Makes the report of a run anew from the files in its folder, or compares runs.",
    synopsisHeading = "%n",
    customSynopsis = {"ijen report [OPTION…] [RUN]", "ijen report [OPTION…] RUN RUN…"},
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen report",
      "  ijen report 20261121-093000",
      "  ijen report runs/*-small runs/*-large     which is better, seed by seed",
      "",
      "Runs that differ in their seed alone are put together; differences are taken from the",
      "same seed, against the runs named first."
    })
final class ReportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "0..*",
      paramLabel = "RUN",
      description =
          "a run's name, its beginning, or its folder; the newest if none is named; two or more are"
              + " compared")
  List<String> named = List.of();

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description =
          "where a comparison goes (default: a new folder in 'studies', where runs are kept)")
  @Nullable Path to;

  @Option(names = "--json", description = "the comparison, or the report's place, as JSON")
  boolean json;

  @Mixin RunsOptions runs = new RunsOptions();

  ReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (named.size() > 1) {
      compare();
      return 0;
    }
    if (to != null) {
      throw new UsageException("--to: expected two runs or more to compare, got " + named.size());
    }
    RunFolder folder = runs.find(named.isEmpty() ? null : named.getFirst());
    String page = Report.write(folder).toString();
    terminal.say(json ? Json.line(Map.of("run", folder.id(), "report", page)) : page);
    return 0;
  }

  private void compare() throws IOException {
    List<RunFolder> folders = new ArrayList<>();
    for (String run : named) {
      folders.add(runs.find(run));
    }
    RunComparison comparison = RunComparison.of(folders);
    Path folder = to != null ? to : runs.store().within("comparison").root();
    Path page = ComparisonReport.write(comparison, folder);
    if (json) {
      Map<String, Object> content = new LinkedHashMap<>(comparison.describe());
      content.put("report", page.toString());
      terminal.say(Json.line(content));
    } else {
      print(comparison);
      terminal.say("");
      terminal.say(page.toString());
    }
  }

  private void print(RunComparison comparison) {
    Table table = new Table("training", "seeds", ">test accuracy", ">test loss");
    for (Trainings group : comparison.groups()) {
      table.row(
          group.name(),
          group.seeds(),
          group.text(RunComparison.TEST_ACCURACY),
          group.text(RunComparison.TEST_LOSS));
    }
    table.print(terminal);
    for (RunComparison.Difference difference : comparison.differences()) {
      terminal.say(
          "%s less %s: %s%s"
              .formatted(
                  difference.name(),
                  difference.against(),
                  difference,
                  difference.isClear() ? "" : terminal.dim(", not told apart")));
    }
    for (String run : comparison.repeated()) {
      terminal.note(run + " is left out: it is another's training from the same seed again");
    }
  }
}
