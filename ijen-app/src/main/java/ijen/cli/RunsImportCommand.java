package ijen.cli;

import ijen.run.RunStore;
import ijen.store.RunDatabase;
import ijen.store.RunImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ijen runs import`
@Command(
    name = "import",
    header = "Adds the runs and searches of a file that 'export' wrote.",
    synopsisHeading = "%n",
    customSynopsis = "ijen runs import [OPTION…] FILE",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen runs import runs.jsonl",
      "",
      "All of the file is added, or nothing. What is there already is left as it is."
    })
final class RunsImportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "what 'ijen runs export' wrote")
  Path file = Path.of("");

  @Option(
      names = "--skip-existing",
      description = "pass over runs and searches that are there already with other content")
  boolean skip;

  @Mixin RunsOptions runs = new RunsOptions();

  RunsImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    RunStore store = runs.store();
    Files.createDirectories(store.home());
    RunImport.Imported imported;
    try (RunDatabase database = RunDatabase.open(store.databaseFile())) {
      imported = RunImport.read(store, database, file, skip);
    }
    String added =
        RunsExportCommand.content(imported.runs(), imported.studies(), imported.trials());
    terminal.say("%s: new: %s; there already: %s".formatted(file, added, imported.same()));
    imported.passed().forEach(what -> terminal.note("passed over: " + what));
    return 0;
  }
}
