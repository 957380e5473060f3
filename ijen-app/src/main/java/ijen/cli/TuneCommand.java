package ijen.cli;

import ijen.format.json.Json;
import ijen.recipe.Nearest;
import ijen.recipe.SearchPlan;
import ijen.recipe.Study;
import ijen.report.SearchReport;
import ijen.report.StudyReport;
import ijen.run.RunStore;
import ijen.store.RunDatabase;
import ijen.study.KeptSearch;
import ijen.study.SearchPlace;
import ijen.study.SearchRecord;
import ijen.study.SearchRun;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ijen tune`: searches over settings, those that come with Ijen and those of a user's own recipe
/// files.
@Command(
    name = "tune",
    header = "Searches for the best settings, or lists known searches.",
    synopsisHeading = "%n",
    customSynopsis = {"ijen tune", "ijen tune SEARCH|RECIPE [OPTION…]"},
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ijen tune                                what there is",
      "  ijen tune recipes/digits-search.yaml     again, it goes on where it was",
      "  ijen tune recipes/digits-search.yaml --retrain",
      "  ijen tune fashion-search --sampler tpe --pruner asha --study asha",
      "  ijen tune fashion-search --set train-size=10000 --anew",
      "",
      "Trials are judged by samples held out of the training set; the test set is",
      "not looked at before --retrain. Exit codes: 0 done, 1 failed, 130 stopped."
    })
final class TuneCommand implements Callable<Integer> {
  private static final String RETRAIN = "--retrain";

  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "SEARCH",
      description = "a name of the list, or a recipe file with a search in it")
  @Nullable String name;

  @Option(
      names = "--trials",
      paramLabel = "COUNT",
      description = "so many configurations (default: what the recipe says, or 50)")
  @Nullable Integer trials;

  @Option(
      names = "--sampler",
      paramLabel = "NAME",
      description =
          "what proposes configurations: random, grid (grid:points=5), sobol or tpe"
              + " (tpe:multivariate=true)")
  @Nullable String sampler;

  @Option(
      names = "--pruner",
      paramLabel = "NAME",
      description =
          "what ends trials early: none, median, percentile (percentile:percentile=25), asha"
              + " (asha:factor=3) or hyperband")
  @Nullable String pruner;

  @Option(
      names = "--workers",
      paramLabel = "COUNT",
      description =
          "so many trials at the same time (default: the processors); the table does not depend on"
              + " it")
  int workers = TrainSettings.defaults().threads();

  @Option(
      names = "--lag",
      paramLabel = "COUNT",
      description =
          "how many trials ago one must have begun for its end to be known: few learn sooner, many"
              + " keep more workers busy (default: what the recipe says, or 8)")
  @Nullable Integer lag;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "another value for a setting of all trials")
  List<String> assignments = List.of();

  @Option(
      names = "--study",
      paramLabel = "NAME",
      description = "what the search is called among the runs (default: as the recipe)")
  @Nullable String study;

  @Option(names = "--anew", description = "delete the trials that it has, and begin anew")
  boolean anew;

  @Option(
      names = RETRAIN,
      arity = "0..1",
      fallbackValue = "5",
      paramLabel = "SEEDS",
      description =
          "then train the best configuration on all training samples, from so many seeds (5), and"
              + " measure it on the test set")
  @Nullable Integer retrain;

  @Option(
      names = "--json",
      description = "a JSON object for each trial, and one for the search, one a line")
  boolean json;

  @Mixin RunsOptions runs = new RunsOptions();
  @Mixin DataOptions data = new DataOptions();

  TuneCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    atLeastOne("--workers", workers);
    atLeastOne("--trials", trials);
    atLeastOne("--lag", lag);
    atLeastOne(RETRAIN, retrain);
    String called = name;
    if (called == null) {
      boolean bare = again("", List.of()).equals(List.of("./ijen", "tune", ""));
      if (!bare || anew || retrain != null) {
        throw new UsageException(
            "expected a search that the options are for, such as " + SearchPlan.shelf().getFirst());
      }
      list();
      return 0;
    }
    return tune(changed(plan(called)), called);
  }

  private static void atLeastOne(String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new UsageException(option + ": expected 1 or more, got " + value);
    }
  }

  /// What there is to search, and what has been.
  private void list() throws IOException {
    Table table = new Table("search", "what");
    for (String known : SearchPlan.shelf()) {
      String what = SearchPlan.ofShelf(known).map(SearchPlan::title).orElseThrow();
      table.row(known, what);
      if (json) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("name", known);
        line.put("description", what);
        terminal.say(Json.line(line));
      }
    }
    if (!json) {
      table.print(terminal);
    }
    Path file = runs.store().databaseFile();
    if (Files.exists(file)) {
      try (RunDatabase database = RunDatabase.open(file)) {
        list(KeptSearch.of(database));
      }
    }
  }

  private void list(List<KeptSearch> begun) {
    Table table = new Table("begun", ">trials", ">best", "of");
    for (KeptSearch one : begun) {
      String best =
          one.best().isPresent() ? TuneText.text(one.measure(), one.best().getAsDouble()) : "-";
      table.row(one.name(), Integer.toString(one.trials()), best, one.measure().toString());
      if (json) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("begun", one.name());
        line.put("trials", one.trials());
        line.put("measure", one.measure().toString());
        one.best().ifPresent(value -> line.put("best", value));
        terminal.say(Json.line(line));
      }
    }
    if (!json && !begun.isEmpty()) {
      terminal.say("");
      table.print(terminal);
    }
  }

  /// The search that a name or the path of a file means.
  private static SearchPlan plan(String name) throws IOException {
    Optional<SearchPlan> known = SearchPlan.ofShelf(name);
    if (known.isPresent()) {
      return known.get();
    }
    if (Study.shelf().contains(name)) {
      throw new UsageException(
          "'%s' is no search: './ijen reproduce %s' trains it".formatted(name, name));
    }
    if (Files.exists(Path.of(name))) {
      return SearchPlan.read(Path.of(name));
    }
    if (name.matches(".*[/\\\\.].*")) {
      throw new NoSuchFileException(name);
    }
    String hint = Nearest.hint(name, SearchPlan.shelf());
    throw new UsageException(
        "no search is called '%s'%s"
            .formatted(
                name,
                hint.isEmpty()
                    ? ": expected one of " + String.join(", ", SearchPlan.shelf()) + ", or a file"
                    : hint));
  }

  /// The search as the options have it.
  private SearchPlan changed(SearchPlan plan) {
    SearchPlan.Rules usual = plan.rules();
    SearchPlan.Rules rules =
        new SearchPlan.Rules(
            trials == null ? usual.trials() : trials,
            sampler == null ? usual.sampler() : sampler,
            pruner == null ? usual.pruner() : pruner,
            lag == null ? usual.lag() : lag);
    SearchPlan changed = assignments.isEmpty() ? plan : plan.with(assignments, "--set");
    try {
      return changed.with(rules);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(Failures.message(wrong)); // says of what
    }
  }

  private int tune(SearchPlan plan, String called) throws IOException {
    RunStore store = runs.store();
    Files.createDirectories(store.home());
    String title = study == null ? plan.name() : study;
    try (RunDatabase database = RunDatabase.open(store.databaseFile())) {
      if (anew) {
        delete(store, database, title);
      }
      try (SearchPlace place = place(store, database, title, plan)) {
        return tune(plan, called, place);
      }
    }
  }

  private void delete(RunStore store, RunDatabase database, String title) throws IOException {
    int count = database.studies().trials(title).size();
    String line =
        "deleting the %s of search '%s'"
            .formatted(count == 1 ? "1 trial" : count + " trials", title);
    if (json) {
      terminal.note(line);
    } else {
      terminal.say(line);
    }
    SearchPlace.delete(store, database, title);
  }

  private static SearchPlace place(
      RunStore store, RunDatabase database, String title, SearchPlan plan) throws IOException {
    try {
      return SearchPlace.open(store, database, title, plan);
    } catch (IllegalArgumentException taken) {
      throw new UsageException(
          Failures.message(taken)
              + "; --study NAME gives this search another name, --anew deletes the trials of the"
              + " other one");
    }
  }

  private int tune(SearchPlan plan, String called, SearchPlace place) throws IOException {
    SearchRun run = new SearchRun(plan, data.options(terminal));
    TuneOutput output = json ? new TuneJson(terminal, plan) : new TuneText(terminal, plan, workers);
    try (StopSignal stop = new StopSignal(terminal)) {
      output.beginning(
          place,
          place.trials().stream().filter(one -> one.number() < plan.rules().trials()).toList());
      SearchRecord record = run.run(place, workers, output, stop);
      output.ending(record, again(called), report(record, called));
      int code = record.result().stopped() ? StopSignal.STOPPED : 0;
      if (code == 0 && record.best().isEmpty()) {
        code = Failures.FAILED;
      } else if (code == 0 && retrain != null) {
        code = retrain(record, retrain, called, stop);
      }
      terminal.out().flush();
      return code;
    }
  }

  private Path report(SearchRecord record, String called) throws IOException {
    List<List<String>> commands = new ArrayList<>();
    if (record.best().isPresent()) {
      List<String> retraining = again(called, List.of());
      retraining.add(RETRAIN);
      commands.add(retraining);
      commands.add(record.command());
    }
    return SearchReport.write(record, again(called, List.of()), commands);
  }

  private int retrain(SearchRecord record, int seeds, String called, StopSignal stop)
      throws IOException {
    Study best = record.retraining(seeds).orElseThrow();
    StudyRun run = new StudyRun(best, data.options(terminal), workers);
    StudyOutput output = json ? new StudyJson(terminal, best) : new StudyText(terminal, run);
    if (!json) {
      terminal.say("");
    }
    output.beginning();
    try {
      StudyResult result = run.run(runs.store(), output, stop);
      List<String> words = again(called, List.of());
      words.addAll(List.of(RETRAIN, Integer.toString(seeds)));
      output.ending(result, StudyReport.write(result, words, data.options(terminal)));
      return result.holds() ? 0 : Failures.FAILED;
    } catch (CancellationException stopped) {
      output.stopped();
      return StopSignal.STOPPED;
    }
  }

  /// The words that go on with this search, where it is kept.
  private List<String> again(String called) {
    return again(
        called, runs.folder == null ? List.of() : List.of("--runs", runs.folder.toString()));
  }

  private List<String> again(String called, List<String> more) {
    List<String> words = new ArrayList<>(List.of("./ijen", "tune", called));
    add(words, "--trials", trials);
    add(words, "--sampler", sampler);
    add(words, "--pruner", pruner);
    add(words, "--lag", lag);
    assignments.forEach(assignment -> add(words, "--set", assignment));
    add(words, "--study", study);
    words.addAll(more);
    return words;
  }

  private static void add(List<String> words, String option, @Nullable Object value) {
    if (value != null) {
      words.addAll(List.of(option, value.toString()));
    }
  }
}
