package ijen.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.data.DataException;
import ijen.data.Dataset;
import ijen.data.Options;
import ijen.data.TrainTest;
import ijen.format.json.Json;
import ijen.format.json.JsonObject;
import ijen.graph.Shape;
import ijen.kernel.Buffer;
import ijen.recipe.DataChoice;
import ijen.recipe.SearchPlan;
import ijen.run.RunStore;
import ijen.store.RunDatabase;
import ijen.tune.Report;
import ijen.tune.SearchListener;
import ijen.tune.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class SearchRunTest {
  private static final Options OFFLINE = Options.defaults().withOffline(true);

  private static final String TINY =
      """
      title: Tiny
      data: digits
      train-size: 160
      test-size: 40
      validation: 0.25
      hidden: "{layers}x{units}"
      batch: 16
      dropout: 0.1
      search:
        trials: 10
        lag: 3
        sampler: SAMPLER
        pruner: PRUNER
        maximise: best validation accuracy
        space:
          layers: {from: 1, to: 2}
          units: {from: 4, to: 16, log: true}
          optimizer: [sgd, adam]
          lr: {from: 0.001, to: 0.5, log: true}
          momentum: {from: 0.0, to: 0.9, when: {optimizer: sgd}}
          epochs: [2, 4]
      """;

  @TempDir Path folder;

  private static boolean never() {
    return false;
  }

  private static SearchPlan plan(String sampler, String pruner) {
    return plan(TINY.replace("SAMPLER", sampler).replace("PRUNER", pruner));
  }

  private static SearchPlan plan(String text) {
    return SearchPlan.parse(text, "tiny.yaml");
  }

  /// A test set that nobody may look at.
  private static TrainTest guarded(DataChoice choice) {
    return new TrainTest(choice.open(OFFLINE).train(), new Forbidden());
  }

  private static final class Forbidden implements Dataset {
    private static AssertionError read() {
      return new AssertionError("the test set is read");
    }

    @Override
    public String name() {
      throw read();
    }

    @Override
    public int size() {
      throw read();
    }

    @Override
    public Shape features() {
      throw read();
    }

    @Override
    public Shape target() {
      throw read();
    }

    @Override
    public List<String> classes() {
      throw read();
    }

    @Override
    public void putFeatures(int index, int row, Buffer into) {
      throw read();
    }
  }

  private SearchRecord run(SearchPlan plan, String runs, int workers) throws IOException {
    return run(plan, runs, workers, SearchListener.NONE, SearchRunTest::never);
  }

  private SearchRecord run(
      SearchPlan plan, String runs, int workers, SearchListener listener, BooleanSupplier stop)
      throws IOException {
    return run(new SearchRun(plan, SearchRunTest::guarded), plan, runs, workers, listener, stop);
  }

  private SearchRecord run(
      SearchRun run,
      SearchPlan plan,
      String runs,
      int workers,
      SearchListener listener,
      BooleanSupplier stop)
      throws IOException {
    RunStore store = RunStore.at(Files.createDirectories(folder.resolve(runs)));
    try (RunDatabase database = RunDatabase.open(store.databaseFile());
        SearchPlace place = SearchPlace.open(store, database, "tiny", plan)) {
      return run.run(place, workers, listener, stop);
    }
  }

  /// All that is the same each time.
  private static List<String> table(SearchRecord record) {
    return record.result().trials().stream().map(SearchRunTest::row).toList();
  }

  private static String row(Trial trial) {
    return "%d {%s} %s %s %s"
        .formatted(
            trial.number(),
            trial.configuration(),
            trial.state(),
            trial.value(),
            trial.reports().list());
  }

  @ParameterizedTest
  @CsvSource({
    "random, none",
    "random, asha:factor=2",
    "tpe:startup=4, none",
    "tpe:startup=4, asha:factor=2"
  })
  void theTableDependsNeitherOnWorkersNorOnTheOccasion(String sampler, String pruner)
      throws IOException {
    SearchPlan plan = plan(sampler, pruner);
    List<String> one = table(run(plan, "one", 1));
    assertThat(one).hasSize(10).doesNotHaveDuplicates();
    assertThat(one.stream().anyMatch(row -> row.contains("PRUNED")))
        .isEqualTo(!pruner.equals("none"));
    assertThat(table(run(plan, "two", 2))).isEqualTo(one);
    assertThat(table(run(plan, "eight", 8))).isEqualTo(one);
  }

  @Test
  void stoppedAtAnyPointItGoesOnToTheSameTable() throws IOException {
    SearchPlan plan = plan("tpe:startup=4", "asha:factor=2");
    List<String> whole = table(run(plan, "whole", 2));
    long seed = Long.getLong("ijen.seed", 20261122);
    Random random = new Random(seed);
    for (int attempt = 0; attempt < 4; attempt++) {
      String runs = "stopped-" + attempt;
      int ended = 0;
      int sittings = 0;
      List<String> table;
      do {
        AtomicInteger left = new AtomicInteger(20 + random.nextInt(200)); // steps
        TreeSet<Integer> started = new TreeSet<>();
        SearchListener listener =
            new SearchListener() {
              @Override
              public void started(Trial trial) {
                started.add(trial.number());
              }
            };
        SearchRecord record = run(plan, runs, 2, listener, () -> left.decrementAndGet() < 0);
        assertThat(started)
            .as("what has ended is not carried out again")
            .hasSizeLessThanOrEqualTo(10 - ended);
        ended = record.result().trials().size();
        assertThat(record.result().stopped()).isEqualTo(ended < 10);
        table = table(record);
        assertThat(whole).as("seed %d", seed).containsAll(table);
        sittings++;
      } while (ended < 10 && sittings < 100);
      assertThat(table).as("seed %d, attempt %d", seed, attempt).isEqualTo(whole);
      assertThat(sittings).isGreaterThan(1);
      try (Stream<Path> studies = Files.list(folder.resolve(runs).resolve("studies"))) {
        assertThat(studies).as("one folder for all sittings").hasSize(1);
      }
    }
  }

  /// In a space of four configurations most trials repeat one.
  @Test
  void aConfigurationIsTrainedOnceAndTheTableIsThatOfTrainingsOfItsOwn() throws IOException {
    String text =
        """
        data: digits
        train-size: 120
        validation: 0.25
        batch: 1
        epochs: 5
        search:
          trials: 16
          lag: 2
          sampler: random
          pruner: asha:factor=2
          maximise: best validation accuracy
          space:
            hidden: [4, 8]
            lr: [0.01, 0.3]
        """;
    AtomicInteger steps = new AtomicInteger();
    BooleanSupplier counting =
        () -> {
          steps.incrementAndGet();
          return false;
        };
    SearchPlan whole = plan(text.replace("asha:factor=2", "none"));
    assertThat(table(run(whole, "whole", 1, SearchListener.NONE, counting))).hasSize(16);
    int trained = 4 * 5 * 90; // configurations, epochs, steps
    assertThat(steps.get()).as("steps, and questions of the search").isBetween(1, trained + 600);

    SearchPlan plan = plan(text);
    List<String> table = table(run(plan, "one", 1));
    assertThat(table(run(plan, "two", 2))).isEqualTo(table);
    assertThat(table.stream().filter(row -> row.contains("PRUNED"))).isNotEmpty();

    // Each of the trials by a search that has no others to learn from.
    Map<String, List<String>> alone = new HashMap<>();
    for (String hidden : List.of("4", "8")) {
      for (String lr : List.of("0.01", "0.3")) {
        SearchPlan single =
            plan(
                text.replace("[4, 8]", "[" + hidden + "]")
                    .replace("[0.01, 0.3]", "[" + lr + "]")
                    .replace("trials: 16", "trials: 1"));
        Trial only = run(single, "alone-" + hidden + "-" + lr, 1).result().trials().getFirst();
        alone.put(
            only.configuration().toString(),
            only.reports().list().stream().map(Report::toString).toList());
      }
    }
    for (Trial trial : run(plan, "one", 1).result().trials()) {
      List<String> reports = trial.reports().list().stream().map(Report::toString).toList();
      List<String> all = alone.get(trial.configuration().toString());
      assertThat(all).startsWith(reports.toArray(String[]::new));
      if (trial.state() == Trial.State.COMPLETE) {
        assertThat(reports).isEqualTo(all);
      }
    }
  }

  @Test
  void whatHasEndedIsShownAtOnceAndASearchCanBeLonger() throws IOException {
    SearchPlan plan = plan("random", "none");
    SearchRecord first = run(plan, "runs", 2);
    SearchRun without =
        new SearchRun(
            plan,
            choice -> {
              throw new DataException("there are no data");
            });
    SearchRecord again = run(without, plan, "runs", 2, SearchListener.NONE, SearchRunTest::never);
    assertThat(table(again)).isEqualTo(table(first));
    assertThat(again.folder()).isEqualTo(first.folder());
    assertThat(again.seconds())
        .as("those of the first time")
        .isEqualTo(first.seconds())
        .isPositive();

    SearchPlan longer = plan.with(new SearchPlan.Rules(12, "random", "none", 3));
    assertThat(table(run(longer, "runs", 2))).hasSize(12).startsWith(table(first).getFirst());
    SearchPlan shorter = plan.with(new SearchPlan.Rules(4, "random", "none", 3));
    assertThat(table(run(shorter, "runs", 2))).isEqualTo(table(first).subList(0, 4));
  }

  @Test
  void allOfItIsInTheFile() throws IOException {
    SearchPlan plan = plan(TINY.replace("SAMPLER", "random").replace("PRUNER", "median:startup=2"));
    SearchRecord record = run(plan, "runs", 2);
    assertThat(record.folder().getFileName().toString()).matches("\\d{8}-\\d{6}-tiny");
    JsonObject file = Json.object(record.folder().resolve(SearchPlace.FILE));
    assertThat(file.string("study")).isEqualTo("tiny");
    assertThat(file.string("title")).isEqualTo("Tiny");
    assertThat(file.string("sampler")).isEqualTo("random");
    assertThat(file.string("measure")).isEqualTo("best validation accuracy");
    assertThat(file.object("space").string("units")).isEqualTo("4 to 16, in the logarithm");
    assertThat(file.object("settings").string("hidden")).isEqualTo("{layers}x{units}");
    assertThat(file.truth("stopped")).isFalse();
    Trial best = record.best().orElseThrow();
    assertThat(file.object("best").number("value")).isEqualTo(best.value());
    assertThat(file.object("best").object("configuration").string("units"))
        .isEqualTo(best.configuration().text("units"));
    assertThat(file.object("importance").keys()).containsExactlyElementsOf(plan.space().names());
    List<JsonObject> table = file.objects("table");
    assertThat(table).hasSize(10);
    for (int i = 0; i < 10; i++) {
      Trial trial = record.result().trials().get(i);
      assertThat(table.get(i).integer("number")).isEqualTo(i);
      assertThat(table.get(i).string("state")).isEqualTo(SearchRecord.word(trial.state()));
      assertThat(table.get(i).has("value")).isEqualTo(trial.state() == Trial.State.COMPLETE);
      assertThat(table.get(i).numbers("reports"))
          .containsExactly(trial.reports().list().stream().mapToDouble(Report::value).toArray());
    }
    double most =
        record.result().trials().stream()
            .filter(trial -> trial.state() == Trial.State.COMPLETE)
            .mapToDouble(Trial::value)
            .max()
            .orElseThrow();
    assertThat(best.value()).isEqualTo(most);
    assertThat(record.ranked().getFirst()).isEqualTo(best);
    assertThat(record.ranked()).hasSize(10).containsAll(record.result().trials());
    for (Trial trial : record.result().trials()) {
      if (trial.state() == Trial.State.COMPLETE) {
        double reported =
            trial.reports().list().stream().mapToDouble(Report::value).max().orElseThrow();
        assertThat(trial.value()).as("the best of its epochs").isEqualTo(reported);
      }
    }
  }

  @Test
  void aTrialThatDivergesHasFailedAndTheOthersGoOn() throws IOException {
    SearchPlan plan =
        plan(
            """
            data: digits
            train-size: 100
            validation: 0.2
            hidden: 8,8
            epochs: 1
            search:
              sampler: grid
              trials: 3
              space:
                lr: [0.1, 1e30, 0.05]
            """);
    SearchRecord record = run(plan, "runs", 1);
    assertThat(record.result().trials().stream().map(Trial::state))
        .containsExactly(Trial.State.COMPLETE, Trial.State.FAILED, Trial.State.COMPLETE);
    assertThat(record.result().trials().get(1).message())
        .startsWith("training diverged: the loss of step ");
    assertThat(record.ranked().getLast().number()).isEqualTo(1);
  }

  @Test
  void theBestBecomesAStudyOnAllTrainingSamples() throws IOException {
    SearchRecord record = run(plan("random", "none"), "runs", 2);
    var study = record.retraining(3).orElseThrow();
    assertThat(study.name()).isEqualTo("tiny-best");
    assertThat(study.seeds()).isEqualTo(3);
    var config = study.onlyVariant().recipe().config();
    assertThat(config.data().validation()).isZero();
    var best = record.best().orElseThrow().configuration();
    assertThat(config.network().hidden())
        .isEqualTo(Collections.nCopies(best.whole("layers"), best.whole("units")));
    assertThat(record.command()).startsWith("./ijen", "train").contains("--hidden", "--lr");
    StudyResult result =
        new StudyRun(study, OFFLINE, 2)
            .run(RunStore.at(folder), (variant, seed, done, all) -> {}, SearchRunTest::never);
    assertThat(result.holds()).isTrue();
    assertThat(result.judgements().getFirst().measured().runs()).isEqualTo(3);
  }

  @Test
  void otherSettingsUnderItsNameAreRefused() throws IOException {
    SearchPlan plan = plan("random", "none");
    run(plan, "runs", 1, SearchListener.NONE, () -> true);
    assertThatThrownBy(() -> run(plan.with(List.of("batch=8"), "--set"), "runs", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "search 'tiny' has been begun with other settings: settings batch was '16', and is"
                + " '8'");
    assertThatThrownBy(() -> run(plan("tpe", "asha"), "runs", 1))
        .hasMessage(
            "search 'tiny' has been begun with other settings: pruner was 'none', and is 'asha';"
                + " sampler was 'random', and is 'tpe'");
  }

  @Test
  void oneAtATimeWorksOnIt() throws IOException {
    SearchPlan plan = plan("random", "none");
    RunStore store = RunStore.at(folder);
    try (RunDatabase database = RunDatabase.open(store.databaseFile())) {
      try (SearchPlace place = SearchPlace.open(store, database, "tiny", plan)) {
        assertThat(place.trials()).isEmpty();
        assertThatThrownBy(() -> SearchPlace.open(store, database, "tiny", plan))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("process " + ProcessHandle.current().pid() + " is working on it");
        assertThatThrownBy(() -> SearchPlace.delete(store, database, "tiny"))
            .hasMessageContaining("is working on it");
        SearchPlace.open(store, database, "other", plan).close();
      }
      Path first;
      try (SearchPlace place = SearchPlace.open(store, database, "tiny", plan)) {
        first = place.folder();
        new SearchRun(plan, SearchRunTest::guarded)
            .run(place, 1, SearchListener.NONE, SearchRunTest::never);
        assertThat(place.trials()).hasSize(10);
      }
      assertThat(SearchPlace.delete(store, database, "none")).isZero();
      assertThat(SearchPlace.delete(store, database, "tiny")).isEqualTo(10);
      try (SearchPlace place = SearchPlace.open(store, database, "tiny", plan)) {
        assertThat(place.trials()).isEmpty();
        assertThat(place.folder()).as("what happened stays").isNotEqualTo(first);
        assertThat(first.resolve(SearchPlace.FILE)).isNotEmptyFile();
      }
    }
  }

  @Test
  void missingDataAreTheSearchesMistakeNotTheTrials() {
    SearchPlan plan =
        plan("random", "none").with(List.of("data=mnist", "data-folder=" + folder), "--set");
    assertThatThrownBy(() ->
            run(
                new SearchRun(plan, OFFLINE),
                plan,
                "runs",
                1,
                SearchListener.NONE,
                SearchRunTest::never))
        .isInstanceOf(DataException.class);
  }
}
