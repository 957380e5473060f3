package ijen.cli;

import ijen.run.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `ijen runs untag`
@Command(
    name = "untag",
    header = "Takes words from a run.",
    synopsisHeading = "%n",
    customSynopsis = "ijen runs untag [OPTION…] RUN TAG…",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = "  ijen runs untag 20261121-093000 baseline")
final class RunsUntagCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "a run's name, its beginning, or its folder")
  String run = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "TAG", description = "the words")
  List<String> tags = List.of();

  @Mixin RunsOptions runs = new RunsOptions();

  RunsUntagCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    RunFolder folder = runs.find(run);
    List<String> has =
        runs.inDatabase((store, database) -> {
          String id = store.id(folder);
          database.runs().untag(id, tags);
          return database.runs().find(id).orElseThrow().tags();
        });
    terminal.say(folder.id() + ": " + (has.isEmpty() ? "no tags" : String.join(", ", has)));
    return 0;
  }
}
