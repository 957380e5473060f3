package ijen.cli;

import ijen.run.RunFolder;
import ijen.run.RunStore;
import ijen.store.RunDatabase;
import ijen.store.RunIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /// The study whose own folder of runs is meant; empty if it is none's.
  String study() {
    RunStore store = store();
    return store.home().equals(store.root()) ? "" : String.valueOf(store.root().getFileName());
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

  /// The runs of these names.
  List<RunFolder> find(List<String> named) throws IOException {
    List<RunFolder> found = new ArrayList<>();
    for (String run : named) {
      found.add(find(run));
    }
    return found;
  }

  /// What is done with the database.
  @FunctionalInterface
  interface Work<T> {
    T with(RunStore store, RunDatabase database) throws IOException;
  }

  /// Opens the database, brings it up to date, and does something with it.
  <T> T inDatabase(Work<T> work) throws IOException {
    RunStore store = store();
    if (!Files.isDirectory(store.home())) {
      throw new IllegalArgumentException(
          "there are no runs in " + store.root() + " yet; './ijen train' makes one");
    }
    try (RunDatabase database = RunDatabase.open(store.databaseFile())) {
      new RunIndex(store, database).refresh();
      return work.with(store, database);
    }
  }
}
