package ijen.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The program without a command: says what there is.
@Command(
    name = "ijen",
    header = "Deep learning in pure Java: train, look into and use neural networks.",
    synopsisHeading = "%n",
    customSynopsis = "ijen COMMAND …",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen train                          the built-in digits, with good defaults",
      "  ijen train --data fashion-mnist --hidden 256,256 --schedule cosine",
      "  ijen runs                           what was trained so far",
      "  ijen help train                     all about a command",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 130 stopped by Ctrl-C."
    })
final class IjenCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "show this help")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "show the versions of Ijen, Java and the kernels")
  boolean version;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "when something fails, show where in the program")
  boolean stackTrace;

  @SuppressWarnings("NullAway.Init") // picocli fills in the rest
  IjenCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.say(terminal.bold("Ijen") + ": deep learning in pure Java");
    terminal.say("");
    terminal.say("  ijen train           train on the built-in digits; a report shows how it went");
    terminal.say("  ijen data list       other data sets");
    terminal.say("  ijen help            all commands");
    return 0;
  }
}
