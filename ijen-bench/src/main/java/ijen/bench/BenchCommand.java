package ijen.bench;

import ijen.bench.peer.Blas;
import ijen.bench.peer.Library;
import ijen.bench.peer.Participant;
import ijen.bench.peer.Participants;
import ijen.bench.report.BenchReport;
import ijen.bench.report.LoadingTimes;
import ijen.bench.report.MarkedPage;
import ijen.bench.report.Results;
import ijen.bench.report.ResultsJson;
import ijen.bench.workload.Effort;
import ijen.bench.workload.SampleFiles;
import ijen.bench.workload.Workload;
import ijen.cli.Terminal;
import ijen.data.Datasets;
import ijen.data.Options;
import ijen.data.TrainTest;
import ijen.format.AtomicFile;
import ijen.format.json.Json;
import ijen.run.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ijen bench`
@Command(
    name = "bench",
    header = "Measures how fast Ijen is here, beside other libraries.",
    synopsisHeading = "%n",
    customSynopsis = {
      "ijen bench [OPTION…]",
      "ijen bench kernels [OPTION…] [PATTERN]",
      "ijen bench loading [OPTION…]",
      "ijen bench tuning [OPTION…] [SEARCH]"
    },
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen bench                          all, loading and cold starts too: 27 minutes",
      "  ijen bench --quick                  once, with one setting of each peer",
      "  ijen bench --workloads A,G --peers none",
      "  ijen bench --update docs/performance.md",
      "  ijen bench kernels square",
      "  ijen bench loading",
      "  ijen bench tuning                   searches against each other, 80 minutes",
      "",
      "Times mean something only while nothing else runs on the machine. Peers that",
      "are not installed are left out: PyTorch and NumPy are those of python3, DJL",
      "and Smile are fetched by Maven."
    })
public final class BenchCommand implements Callable<Integer> {
  /// With the usual number of epochs, a process of the slowest peer takes less than a minute.
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Terminal terminal;

  @Mixin ChoiceOptions choice = new ChoiceOptions();

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "the only folder to look for Fashion-MNIST in")
  @Nullable Path data;

  @Option(names = "--offline", description = "do not download anything")
  boolean offline;

  @Option(
      names = "--python",
      paramLabel = "COMMAND",
      description = "the Python of torch and numpy (default: python3, or that in /usr/bin)")
  @Nullable String python;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "where to write bench.json and bench.md (default: target/bench/TIME)")
  @Nullable Path output;

  @Option(
      names = "--update",
      paramLabel = "FILE",
      description = "a Markdown page to put the tables into, between its two marks")
  @Nullable Path update;

  @Option(names = "--json", description = "everything as one JSON object, instead of tables")
  boolean json;

  private BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /// The command and those within it.
  public static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new BenchCommand(terminal))
        .addSubcommand(new KernelsCommand(terminal))
        .addSubcommand(new LoadingCommand(terminal))
        .addSubcommand(new TuningCommand(terminal));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<Workload, Effort> workloads = choice.efforts();
    List<Library> peers = choice.peers();
    int repetitions = choice.repetitions();
    MarkedPage page = update == null ? null : MarkedPage.of(update);
    Options options = Options.defaults().withOffline(offline);
    TrainTest samples =
        Datasets.open("fashion-mnist", data == null ? options : options.withFolder(data));
    Results results;
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      results = measure(workloads, peers, repetitions, samples, folder.path());
    }
    Path written = write(results);
    BenchReport report = new BenchReport(results);
    if (page != null) {
      page.update(report.markdown());
    }
    terminal.say(json ? Json.line(ResultsJson.of(results)) : report.markdown().stripTrailing());
    terminal.note("written to " + written);
    report.problems().forEach(problem -> terminal.note(terminal.colored(31, problem)));
    return report.problems().isEmpty() ? 0 : 1;
  }

  private Results measure(
      Map<Workload, Effort> workloads,
      List<Library> peers,
      int repetitions,
      TrainTest samples,
      Path folder)
      throws IOException, InterruptedException {
    SampleFiles.write(samples, folder);
    Path home = home();
    Path project = home.resolve("ijen-bench").resolve("peers");
    Participants participants = new Participants(folder, project, python, terminal::note);
    Participants.Found found = participants.find(peers);
    found
        .absent()
        .forEach(
            absent -> terminal.note(absent.library().title() + " is left out: " + absent.why()));
    terminal.note("measuring the machine's limits");
    LimitsMeter limits = new LimitsMeter();
    double peak = limits.measure().gigaflops(1);
    for (Participant participant : found.found()) {
      Blas.warning(participant, peak).ifPresent(terminal::note);
    }
    Results.Data data =
        new Results.Data(
            samples.train().name(),
            samples.train().size(),
            samples.test().size(),
            samples.train().features().size(),
            samples.train().classes().size());
    Bench.Measured measured =
        new Bench(found.found(), workloads, repetitions, choice.quick, data, folder, PATIENCE)
            .measure(new ProgressLine(terminal));
    Results.ColdStart cold = null;
    if (choice.isAll() && Files.isExecutable(home.resolve("ijen"))) { // asked for all
      terminal.note("measuring cold starts");
      cold = new ColdStarts(home, folder, trainOptions()).measure();
    }
    LoadingTimes loading = null;
    if (choice.isAll()
        && this.data == null) { // a folder of Fashion-MNIST alone says nothing of MNIST
      loading =
          new Loading(folder, participants, repetitions, LoadingCommand.WARM_UP)
              .measure(Options.defaults().withOffline(offline), new ProgressLine(terminal));
    }
    return new Results(
        Environment.capture(home, Map.of()),
        limits.measure(),
        limits.foreign(),
        repetitions,
        data,
        found.found(),
        found.absent(),
        measured.runs(),
        measured.failures(),
        cold,
        loading);
  }

  private List<String> trainOptions() {
    return Stream.of(
            data == null ? List.<String>of() : List.of("--data-folder", data.toString()),
            offline ? List.of("--offline") : List.<String>of())
        .flatMap(List::stream)
        .toList();
  }

  /// The folder of Ijen's sources, which the launcher names.
  private static Path home() {
    return Path.of(System.getenv().getOrDefault("IJEN_HOME", "")).toAbsolutePath();
  }

  private Path write(Results results) throws IOException {
    String time =
        LocalDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
    Path folder = output != null ? output : home().resolve("target").resolve("bench").resolve(time);
    Files.createDirectories(folder);
    byte[] object = Json.pretty(ResultsJson.of(results)).getBytes(StandardCharsets.UTF_8);
    byte[] text = new BenchReport(results).markdown().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(folder.resolve("bench.json"), out -> out.write(object));
    AtomicFile.write(folder.resolve("bench.md"), out -> out.write(text));
    return folder;
  }
}
