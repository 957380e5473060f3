package ijen.bench;

import ijen.bench.peer.Participants;
import ijen.bench.report.LoadingTimes;
import ijen.cli.Terminal;
import ijen.cli.UsageException;
import ijen.data.Options;
import ijen.format.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `ijen bench loading`
@Command(
    name = "loading",
    header = "Measures how long it takes from files to the first batch.",
    synopsisHeading = "%n",
    customSynopsis = "ijen bench loading [OPTION…]",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen bench loading                  MNIST in four formats, about two minutes",
      "  ijen bench loading --repetitions 1 --json"
    })
final class LoadingCommand implements Callable<Integer> {
  /// Seconds for which a process loads before it is timed.
  static final double WARM_UP = 2;

  private final Terminal terminal;

  @Option(
      names = "--repetitions",
      paramLabel = "COUNT",
      description = "how many processes of each are measured (default: 5)")
  int repetitions = 5;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "the only folder to look for MNIST in")
  @Nullable Path data;

  @Option(names = "--offline", description = "do not download anything")
  boolean offline;

  @Option(
      names = "--python",
      paramLabel = "COMMAND",
      description = "the Python of numpy and h5py (default: python3, or that in /usr/bin)")
  @Nullable String python;

  @Option(names = "--json", description = "the figures as one JSON object")
  boolean json;

  LoadingCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (repetitions < 1) {
      throw new UsageException("--repetitions: expected 1 or more, got " + repetitions);
    }
    Options options = Options.defaults().withOffline(offline);
    LoadingTimes times;
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      Participants participants = new Participants(folder.path(), null, python, terminal::note);
      times =
          new Loading(folder.path(), participants, repetitions, WARM_UP)
              .measure(
                  data == null ? options : options.withFolder(data), new ProgressLine(terminal));
    }
    terminal.say(json ? Json.line(times.json()) : times.markdown().stripTrailing());
    return times.problems().isEmpty() ? 0 : 1;
  }
}
