package ijen.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `ijen runs`
@Command(
    name = "runs",
    header = "Lists runs; shows, compares, tags, deletes, exports and imports them.",
    synopsisHeading = "%n",
    customSynopsis = {"ijen runs [list] [OPTION…]", "ijen runs COMMAND …"},
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen runs",
      "  ijen runs --where 'test.accuracy>0.9' --sort test.loss",
      "  ijen runs show 20261121-093000 --json",
      "  ijen runs tag 20261121-093000 paper",
      "  ijen runs compare 20261121-09 20261121-10"
    })
final class RunsCommand extends RunsListCommand implements Callable<Integer> {
  private RunsCommand(Terminal terminal) {
    super(terminal);
  }

  static CommandLine commandLine(Terminal terminal) {
    CommandLine line = new CommandLine(new RunsCommand(terminal));
    line.addSubcommand(new RunsListCommand(terminal));
    line.addSubcommand(new RunsShowCommand(terminal));
    line.addSubcommand(new RunsCompareCommand(terminal));
    line.addSubcommand(new RunsTagCommand(terminal));
    line.addSubcommand(new RunsUntagCommand(terminal));
    line.addSubcommand(new RunsNoteCommand(terminal));
    line.addSubcommand(new RunsDeleteCommand(terminal));
    line.addSubcommand(new RunsExportCommand(terminal));
    line.addSubcommand(new RunsImportCommand(terminal));
    return line;
  }

  @Override
  public Integer call() throws IOException {
    return super.call();
  }
}
