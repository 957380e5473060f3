package ijen.cli;

import ijen.format.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `ijen reproduce`: each experiment is a command below it, its header the sentence on it.
@Command(
    name = "reproduce",
    header = "Runs known experiments anew, or lists them.",
    synopsisHeading = "%n",
    customSynopsis = {"ijen reproduce [OPTION…]", "ijen reproduce EXPERIMENT [OPTION…]"},
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nExperiments:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen reproduce                      what there is",
      "  ijen reproduce theory",
      "",
      "Exit codes: 0 all came out as expected, 1 something did not."
    })
final class ReproduceCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--json", description = "a JSON object for each experiment, one a line")
  boolean json;

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli fills in the rest
  private ReproduceCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  static CommandLine commandLine(Terminal terminal) {
    CommandLine line = new CommandLine(new ReproduceCommand(terminal));
    for (Object experiment : experiments(terminal)) {
      line.addSubcommand(experiment);
    }
    return line;
  }

  /// The experiments there are, in the order of the list.
  private static List<Object> experiments(Terminal terminal) {
    return List.of(new ReproduceTheoryCommand(terminal));
  }

  @Override
  public Integer call() {
    Table table = new Table("experiment", "what");
    spec.subcommands()
        .forEach((name, command) -> {
          String what = String.join(" ", command.getCommandSpec().usageMessage().header());
          table.row(name, what);
          if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("name", name);
            line.put("description", what);
            terminal.say(Json.line(line));
          }
        });
    if (!json) {
      table.print(terminal);
    }
    return 0;
  }
}
