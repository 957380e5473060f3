package ijen.cli;

import ijen.store.RunExport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `ijen runs export`
@Command(
    name = "export",
    header = "Writes all runs and searches to a file of JSON lines.",
    synopsisHeading = "%n",
    customSynopsis = "ijen runs export [OPTION…] FILE",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen runs export runs.jsonl",
      "",
      "Settings, metrics, results, tags, notes, searches and their trials are in it; models,",
      "checkpoints and reports are not."
    })
final class RunsExportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "where to; what is there is replaced")
  Path file = Path.of("");

  @Mixin RunsOptions runs = new RunsOptions();

  RunsExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    RunExport.Written written =
        runs.inDatabase((store, database) -> RunExport.write(store, database, file));
    terminal.say(file + ": " + content(written.runs(), written.studies(), written.trials()));
    written.damaged().forEach(run -> terminal.note("left out, as it is damaged: " + run));
    return 0;
  }

  /// What such a file holds, in words.
  static String content(int runs, int searches, int trials) {
    String more = searches == 0 ? "" : " with " + Plural.of(trials, "trial");
    return Plural.of(runs, "run")
        + ", "
        + searches
        + (searches == 1 ? " search" : " searches")
        + more;
  }
}
