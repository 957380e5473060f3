package ijen.cli;

import ijen.report.Report;
import ijen.run.RunFolder;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `ijen report`
@Command(
    name = "report",
    header = "Makes the report of a run anew from the files in its folder.",
    synopsisHeading = "%n",
    customSynopsis = "ijen report [OPTION…] [RUN]",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {"  ijen report", "  ijen report 20261121-093000"})
final class ReportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "a run's name, its beginning, or its folder; the newest if none is named")
  @Nullable String run;

  @Mixin RunsOptions runs = new RunsOptions();

  ReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    RunFolder folder = runs.find(run);
    terminal.say(Report.write(folder).toString());
    return 0;
  }
}
