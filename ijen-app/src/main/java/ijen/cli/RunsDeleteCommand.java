package ijen.cli;

import ijen.run.RunFolder;
import ijen.run.RunStatus;
import ijen.run.RunStore;
import ijen.store.RunDatabase;
import ijen.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ijen runs delete`
@Command(
    name = "delete",
    header = "Deletes runs: their folders with all that is in them, tags and notes.",
    synopsisHeading = "%n",
    customSynopsis = "ijen runs delete [OPTION…] RUN…",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen runs delete 20261121-093000-mnist",
      "  ijen runs delete --yes 20261121-093000-mnist 20261121-093500-mnist"
    })
final class RunsDeleteCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "a run's name, its beginning, or its folder; only of these runs")
  List<String> named = List.of();

  @Option(names = "--yes", description = "without asking")
  boolean yes;

  @Mixin RunsOptions runs = new RunsOptions();

  RunsDeleteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    RunStore store = runs.store();
    Map<String, RunFolder> meant = new LinkedHashMap<>();
    for (RunFolder run : runs.find(named)) {
      meant.put(store.id(run), run); // refuses what is elsewhere
      if (run.status() == RunStatus.RUNNING) { // before anything is deleted
        throw new IOException(
            "run %s: a process is working on it; stop that one first, or wait for its end"
                .formatted(run.path()));
      }
    }
    if (!yes && !confirmed(meant.keySet())) {
      terminal.say("Nothing was deleted.");
      return Failures.FAILED;
    }
    for (Map.Entry<String, RunFolder> run : meant.entrySet()) {
      store.delete(run.getValue());
      terminal.say("deleted " + run.getKey());
    }
    if (Files.exists(store.databaseFile())) {
      try (RunDatabase database = RunDatabase.open(store.databaseFile())) {
        for (String id : meant.keySet()) {
          database.runs().delete(id);
        }
      } catch (StoreException e) {
        terminal.note(Failures.message(e)); // the folders are gone; so are the rows, some day
      }
    }
    return 0;
  }

  private boolean confirmed(Iterable<String> ids) throws IOException {
    if (!terminal.interactive()) {
      throw new UsageException(
          "to delete runs takes a 'yes' from a person; where nobody can be asked, give --yes");
    }
    ids.forEach(id -> terminal.say("  " + id));
    terminal.out().print("Delete these for good? [y/N] ");
    terminal.out().flush();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    String answer = in.readLine();
    return answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
  }
}
