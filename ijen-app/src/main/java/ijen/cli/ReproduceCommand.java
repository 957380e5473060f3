package ijen.cli;

import ijen.data.DataException;
import ijen.format.json.Json;
import ijen.recipe.Nearest;
import ijen.recipe.SearchPlan;
import ijen.recipe.Study;
import ijen.report.StudyPages;
import ijen.report.StudyReport;
import ijen.study.StudyResult;
import ijen.study.StudyRun;
import ijen.train.TrainSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ijen reproduce`: the studies that come with Ijen, and those of a user's own recipe files. What
/// is no training has a command below this one.
@Command(
    name = "reproduce",
    header = "Runs known experiments anew, or lists them.",
    synopsisHeading = "%n",
    customSynopsis = {
      "ijen reproduce",
      "ijen reproduce EXPERIMENT|RECIPE|all [OPTION…]",
      "ijen reproduce theory [OPTION…]"
    },
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nWith options of its own:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen reproduce                      what there is",
      "  ijen reproduce mnist-softmax",
      "  ijen reproduce fashion-mlp --only a-256,a-256-he --seeds 3",
      "  ijen reproduce mnist-softmax --set epochs=2 --set shuffled.lr=0.005",
      "  ijen reproduce recipes/digits-depth.yaml",
      "  ijen reproduce all --json",
      "",
      "Exit codes: 0 all came out as expected, 1 something did not, 130 stopped."
    })
final class ReproduceCommand implements Callable<Integer> {
  private static final int FAILS = 1;
  private static final String ALL = "all";
  private static final String THEORY = "theory";

  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "EXPERIMENT",
      description = "a name of the list, a recipe file, or 'all'")
  @Nullable String name;

  @Option(
      names = "--seeds",
      paramLabel = "COUNT",
      description = "from so many seeds each (default: what the recipe says, or 5)")
  @Nullable Integer seeds;

  @Option(
      names = "--only",
      paramLabel = "VARIANT,…",
      split = ",",
      description = "only these of the recipe's variants")
  List<String> only = List.of();

  @Option(
      names = "--set",
      paramLabel = "[VARIANT.]KEY=VALUE",
      description = "another value for a setting, of all variants or of one")
  List<String> assignments = List.of();

  @Option(
      names = "--threads",
      paramLabel = "COUNT",
      description = "so many trainings at the same time (default: the processors)")
  int threads = TrainSettings.defaults().threads();

  @Option(
      names = "--markdown",
      paramLabel = "FOLDER",
      description = "write a Markdown page for each experiment into a folder, too")
  @Nullable Path markdown;

  @Option(
      names = "--json",
      description = "a JSON object for each training, and one for each experiment, one a line")
  boolean json;

  @Mixin RunsOptions runs = new RunsOptions();
  @Mixin DataOptions data = new DataOptions();

  @Spec CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli fills in the rest
  private ReproduceCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new ReproduceCommand(terminal))
        .addSubcommand(new ReproduceTheoryCommand(terminal));
  }

  @Override
  public Integer call() throws IOException {
    if (threads < 1) {
      throw new UsageException("--threads: expected 1 or more, got " + threads);
    }
    String called = name;
    if (called == null) {
      if (seeds != null || !only.isEmpty() || !assignments.isEmpty() || markdown != null) {
        throw new UsageException(
            "expected an experiment that the options are for, such as " + Study.shelf().getFirst());
      }
      list();
      return 0;
    }
    if (called.equals(ALL)) {
      return all();
    }
    Ending ending = reproduce(changed(study(called)), called);
    pages(List.of(ending));
    return ending.code;
  }

  private void list() {
    Table table = new Table("experiment", "what");
    for (String known : Study.shelf()) {
      list(table, known, Study.ofShelf(known).map(Study::title).orElseThrow());
    }
    spec.subcommands()
        .forEach((known, command) ->
            list(table, known, String.join(" ", command.getCommandSpec().usageMessage().header())));
    if (!json) {
      table.print(terminal);
    }
  }

  private void list(Table table, String known, String what) {
    table.row(known, what);
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("name", known);
      line.put("description", what);
      terminal.say(Json.line(line));
    }
  }

  /// The study that a name or the path of a file means.
  private static Study study(String name) throws IOException {
    SearchPlan.refuse(name);
    Optional<Study> known = Study.ofShelf(name);
    if (known.isPresent()) {
      return known.get();
    }
    if (Files.exists(Path.of(name))) {
      return Study.read(Path.of(name));
    }
    if (name.matches(".*[/\\\\.].*")) {
      throw new NoSuchFileException(name);
    }
    List<String> names = new ArrayList<>(Study.shelf());
    names.addAll(List.of(THEORY, ALL));
    String hint = Nearest.hint(name, names);
    throw new UsageException(
        "no experiment is called '"
            + name
            + "'"
            + (hint.isEmpty() ? ": expected one of " + String.join(", ", names) : hint));
  }

  /// The study as the options have it.
  private Study changed(Study study) {
    Study changed = study;
    if (seeds != null) {
      if (seeds < 1) {
        throw new UsageException("--seeds: expected 1 or more, got " + seeds);
      }
      changed = changed.withSeeds(seeds);
    }
    if (!only.isEmpty()) {
      try {
        changed = changed.only(only);
      } catch (IllegalArgumentException unknown) {
        throw new UsageException("--only: " + Failures.message(unknown));
      }
    }
    return changed.with(assignments, "--set");
  }

  /// How an experiment ended.
  ///
  /// @param result what came out; nothing if it was stopped or could not begin, or is no study
  private record Ending(String name, int code, String verdict, Optional<StudyResult> result) {
    static Ending of(String name, boolean holds, Optional<StudyResult> result) {
      return new Ending(name, holds ? 0 : FAILS, holds ? "as expected" : "not as expected", result);
    }
  }

  private Ending reproduce(Study study, String called) throws IOException {
    StudyRun run = new StudyRun(study, data.options(terminal), threads);
    StudyOutput output = json ? new StudyJson(terminal, study) : new StudyText(terminal, run);
    try (StopSignal stop = new StopSignal(terminal)) {
      output.beginning();
      try {
        StudyResult result = run.run(runs.store(), output, stop);
        output.ending(result, StudyReport.write(result, again(called), data.options(terminal)));
        terminal.out().flush();
        return Ending.of(study.name(), result.holds(), Optional.of(result));
      } catch (CancellationException stopped) {
        output.stopped();
        terminal.out().flush();
        return new Ending(study.name(), StopSignal.STOPPED, "stopped", Optional.empty());
      }
    }
  }

  /// The words that do the same again.
  private List<String> again(String called) {
    List<String> words = new ArrayList<>(List.of("./ijen", "reproduce", called));
    if (seeds != null) {
      words.addAll(List.of("--seeds", seeds.toString()));
    }
    if (!only.isEmpty()) {
      words.addAll(List.of("--only", String.join(",", only)));
    }
    assignments.forEach(assignment -> words.addAll(List.of("--set", assignment)));
    return words;
  }

  /// All studies and the theory; one whose data are not there does not keep the others from going
  /// on.
  private int all() throws IOException {
    if (!only.isEmpty()) {
      throw new UsageException("--only: expected one experiment whose variants these are, got all");
    }
    List<Study> studies = new ArrayList<>();
    for (String known : Study.shelf()) {
      studies.add(changed(Study.ofShelf(known).orElseThrow()));
    }
    List<Ending> endings = new ArrayList<>();
    for (Study study : studies) {
      Ending ending;
      try {
        ending = reproduce(study, study.name());
      } catch (DataException missing) {
        terminal.note(terminal.colored(31, study.name() + ":") + " " + Failures.message(missing));
        ending = new Ending(study.name(), FAILS, "no data", Optional.empty());
      }
      if (ending.code == StopSignal.STOPPED) {
        return StopSignal.STOPPED;
      }
      endings.add(ending);
      pause();
    }
    ReproduceTheoryCommand theory = new ReproduceTheoryCommand(terminal);
    theory.json = json;
    theory.data = data;
    endings.add(Ending.of(THEORY, theory.call() == 0, Optional.empty()));
    pause();
    if (!json) {
      summary(endings);
    }
    pages(endings);
    return endings.stream().allMatch(ending -> ending.code == 0) ? 0 : FAILS;
  }

  private void pages(List<Ending> endings) throws IOException {
    if (markdown != null) {
      StudyPages.write(markdown, endings.stream().flatMap(one -> one.result.stream()).toList());
    }
  }

  private void pause() {
    if (!json) {
      terminal.say("");
    }
  }

  private void summary(List<Ending> endings) {
    Table table = new Table("experiment", "verdict", ">time", "folder");
    double seconds = 0;
    for (Ending ending : endings) {
      table.row(
          ending.name,
          ending.verdict,
          ending.result.map(result -> ProgressBar.time(result.seconds())).orElse(""),
          ending.result.map(result -> result.folder().toString()).orElse(""));
      seconds += ending.result.map(StudyResult::seconds).orElse(0.0);
    }
    table.print(terminal);
    terminal.say("");
    terminal.say(terminal.bold("time    ") + ProgressBar.time(seconds) + " in trainings");
  }
}
