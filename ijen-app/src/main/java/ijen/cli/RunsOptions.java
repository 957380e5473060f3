package ijen.cli;

import ijen.run.RunFolder;
import ijen.run.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where runs are kept, for the commands that speak of runs.
final class RunsOptions {
  @Option(
      names = "--runs",
      paramLabel = "FOLDER",
      description = "where runs are kept (default: the variable IJEN_RUNS, or 'runs' here)")
  @Nullable Path folder;

  RunStore store() {
    return folder == null ? RunStore.usual() : RunStore.at(folder);
  }

  /// The run of that name, or the newest if it is null or empty.
  RunFolder find(@Nullable String run) throws IOException {
    RunStore store = store();
    return run == null || run.isEmpty()
        ? store
            .latest()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "there are no runs in " + store.root() + " yet; './ijen train' makes one"))
        : store.find(run);
  }
}
