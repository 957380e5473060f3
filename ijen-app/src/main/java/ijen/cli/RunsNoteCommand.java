package ijen.cli;

import ijen.run.RunFolder;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `ijen runs note`
@Command(
    name = "note",
    header = "Writes down what there is to say about a run.",
    synopsisHeading = "%n",
    customSynopsis = "ijen runs note [OPTION…] RUN TEXT",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = "  ijen runs note 20261121-093000 'the one of figure 3'")
final class RunsNoteCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "a run's name, its beginning, or its folder")
  String run = "";

  @Parameters(
      index = "1",
      paramLabel = "TEXT",
      description = "what to write, in the place of what was there; '' takes that away")
  String text = "";

  @Mixin RunsOptions runs = new RunsOptions();

  RunsNoteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    RunFolder folder = runs.find(run);
    runs.inDatabase((store, database) -> {
      database.runs().note(store.id(folder), text.strip());
      return true;
    });
    terminal.say(folder.id() + ": " + (text.isBlank() ? "no note" : text.strip()));
    return 0;
  }
}
