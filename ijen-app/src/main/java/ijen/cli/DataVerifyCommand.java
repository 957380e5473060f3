package ijen.cli;

import ijen.data.Datasets;
import ijen.data.FileCheck;
import ijen.data.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ijen data verify`
@Command(
    name = "verify",
    header = "Compares a data set's files with the published ones, by their SHA-256.",
    synopsisHeading = "%n",
    customSynopsis = "ijen data verify [OPTION…] NAME|FOLDER",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {"  ijen data verify fashion-mnist", "  ijen data verify folder/with/mnist"})
final class DataVerifyCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "NAME|FOLDER",
      description = "a data set's name, or a folder with its files")
  String what = "";

  @Option(
      names = "--data-folder",
      paramLabel = "FOLDER",
      description = "the only folder in which to look for the files")
  @Nullable Path folder;

  DataVerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    boolean named = Datasets.all().stream().anyMatch(entry -> entry.name().equals(what));
    if (!named && Files.isDirectory(Path.of(what))) {
      return verify(Path.of(what));
    }
    Datasets.Entry entry = CatalogueEntry.of(what);
    if (!entry.hasFiles()) {
      terminal.say(entry.name() + ": needs no files");
      return 0;
    }
    Options options = Options.defaults().withOffline(true);
    return tell(entry, entry.verify(folder == null ? options : options.withFolder(folder)));
  }

  /// The data set of which the most files are in the folder.
  private int verify(Path place) {
    Options options = Options.defaults().withOffline(true).withFolder(place);
    Datasets.Entry best = null;
    List<FileCheck> checks = List.of();
    for (Datasets.Entry entry : Datasets.all()) {
      List<FileCheck> own = entry.verify(options);
      if (best == null || good(own) > good(checks)) {
        best = entry;
        checks = own;
      }
    }
    if (best == null || good(checks) == 0) {
      throw new IllegalArgumentException(
          place + ": there is no file of a published data set; there may be data of your own");
    }
    return tell(best, checks);
  }

  private static long good(List<FileCheck> checks) {
    return checks.stream().filter(DataVerifyCommand::isGood).count();
  }

  private static boolean isGood(FileCheck check) {
    return switch (check.status()) {
      case ORIGINAL, SAME_CONTENT -> true;
      case UNKNOWN, MISSING -> false;
    };
  }

  private int tell(Datasets.Entry entry, List<FileCheck> checks) {
    for (FileCheck check : checks) {
      String where = check.path().map(Path::toString).orElse(check.file());
      terminal.say(
          switch (check.status()) {
            case ORIGINAL -> terminal.colored(32, "as published") + "   " + where;
            case SAME_CONTENT -> terminal.colored(32, "same content") + "   " + where;
            case UNKNOWN ->
                terminal.colored(31, "not as published")
                    + "   "
                    + where
                    + ", sha256 "
                    + check.sha256();
            case MISSING -> terminal.colored(31, "missing") + "   " + where;
          });
    }
    if (good(checks) < checks.size()) {
      throw new IllegalArgumentException(
          entry.name()
              + ": %d of %d files are as published".formatted(good(checks), checks.size()));
    }
    return 0;
  }
}
