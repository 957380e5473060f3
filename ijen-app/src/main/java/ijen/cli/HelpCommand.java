package ijen.cli;

import ijen.recipe.Nearest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ijen help`
@Command(
    name = "help",
    header = "Shows the help of a command.",
    synopsisHeading = "%n",
    customSynopsis = "ijen help [COMMAND…]",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  ijen help train", "  ijen help data show"})
final class HelpCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "what to explain; all if none is named")
  List<String> words = List.of();

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli fills in the rest
  HelpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandLine command = spec.root().commandLine();
    for (String word : words) {
      CommandLine next = command.getSubcommands().get(word);
      if (next == null) {
        List<String> known = List.copyOf(command.getSubcommands().keySet());
        throw new UsageException(
            "unknown command '"
                + word
                + "'"
                + Nearest.hint(word, known)
                + (known.isEmpty() ? "" : "; there are " + String.join(", ", known)));
      }
      command = next;
    }
    command.usage(command.getOut());
    terminal.out().flush();
    return 0;
  }
}
