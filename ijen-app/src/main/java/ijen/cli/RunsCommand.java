package ijen.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `ijen runs`
@Command(
    name = "runs",
    header = "Lists runs, or shows one.",
    synopsisHeading = "%n",
    customSynopsis = {"ijen runs [list] [OPTION…]", "ijen runs show [OPTION…] [RUN]"},
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  ijen runs", "  ijen runs show", "  ijen runs show 20261121-093000 --json"})
final class RunsCommand extends RunsListCommand implements Callable<Integer> {
  private RunsCommand(Terminal terminal) {
    super(terminal);
  }

  static CommandLine commandLine(Terminal terminal) {
    CommandLine line = new CommandLine(new RunsCommand(terminal));
    line.addSubcommand(new RunsListCommand(terminal));
    line.addSubcommand(new RunsShowCommand(terminal));
    return line;
  }

  @Override
  public Integer call() throws IOException {
    return super.call();
  }
}
