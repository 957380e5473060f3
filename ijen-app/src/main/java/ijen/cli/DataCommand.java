package ijen.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `ijen data`
@Command(
    name = "data",
    header = "Lists, shows, fetches, checks and converts data sets.",
    synopsisHeading = "%n",
    customSynopsis = "ijen data COMMAND …",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen data                           what there is",
      "  ijen data info fashion-mnist",
      "  ijen data show digits 0 1 2",
      "  ijen data fetch mnist",
      "  ijen data convert mnist mnist.npz"
    })
final class DataCommand extends DataListCommand {
  private DataCommand(Terminal terminal) {
    super(terminal);
  }

  static CommandLine commandLine(Terminal terminal) {
    CommandLine line = new CommandLine(new DataCommand(terminal));
    line.addSubcommand(new DataListCommand(terminal));
    line.addSubcommand(DataInfoCommand.commandLine(terminal));
    line.addSubcommand(new DataFetchCommand(terminal));
    line.addSubcommand(new DataVerifyCommand(terminal));
    line.addSubcommand(DataShowCommand.commandLine(terminal));
    line.addSubcommand(DataConvertCommand.commandLine(terminal));
    return line;
  }
}
