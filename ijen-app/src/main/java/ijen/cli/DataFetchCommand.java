package ijen.cli;

import ijen.data.Datasets;
import ijen.data.Options;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ijen data fetch`
@Command(
    name = "fetch",
    header = "Downloads what is missing of a data set.",
    synopsisHeading = "%n",
    customSynopsis = "ijen data fetch [OPTION…] NAME",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {"  ijen data fetch fashion-mnist", "  ijen data fetch mnist --data-folder mnist"})
final class DataFetchCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "NAME", description = "the data set's name")
  String name = "";

  @Option(
      names = "--data-folder",
      paramLabel = "FOLDER",
      description =
          "where to put the files (default: the user's cache, where they are found again)")
  @Nullable Path folder;

  @Mixin DataOptions data = new DataOptions();

  DataFetchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Datasets.Entry entry = CatalogueEntry.of(name);
    Options options = data.options(terminal);
    Optional<Path> where = entry.fetch(folder == null ? options : options.withFolder(folder));
    terminal.say(
        where
            .map(path -> entry.name() + ": all files are in " + path)
            .orElse(entry.name() + ": needs no files"));
    return 0;
  }
}
