package ijen.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.data.Datasets;
import ijen.data.Options;
import ijen.data.TrainTest;
import ijen.format.json.Json;
import ijen.format.json.JsonObject;
import ijen.graph.Parameter;
import ijen.kernel.Buffer;
import ijen.metric.Score;
import ijen.model.Model;
import ijen.recipe.Measure;
import ijen.recipe.RecipeException;
import ijen.recipe.Study;
import ijen.run.EpochRow;
import ijen.run.RunStatus;
import ijen.run.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyRunTest {
  private static final StudyListener SILENT = (variant, run, done, all) -> {};
  private static final String TINY =
      """
      seeds: 3
      seed: 7
      data: digits
      train-size: 100
      test-size: 40
      batch: 16
      epochs: 3
      variants:
        flat: {hidden: none, measure-every: 2}
        deep: {hidden: [12, 12], dropout: 0.2, optimizer: adam, validation: 0.2}
      expect:
        - {variant: flat, measure: steps, published: 21, within: 0}
        - {variant: flat, measure: test accuracy, at-least: 0.2}
        - {variant: deep, measure: train loss, at-most: 0}
        - {variant: deep, measure: parameters, published: 9706}
      """;

  @TempDir Path folder;

  private static StudyRun study(String yaml, int threads) {
    return new StudyRun(
        Study.parse(yaml, "tiny.yaml"), Options.defaults().withOffline(true), threads);
  }

  private StudyResult run(String yaml, int threads) throws IOException {
    return study(yaml, threads).run(RunStore.at(folder), SILENT, () -> false);
  }

  private static List<String> thetas(StudyResult result) {
    return result.variants().stream()
        .flatMap(variant -> variant.runs().stream())
        .map(run -> run.result().trained().thetaSha256())
        .toList();
  }

  /// What is the same each time.
  private static Map<String, Object> told(StudyResult result) {
    Map<String, Object> told = new LinkedHashMap<>(result.describe());
    assertThat(told.remove("folder")).isEqualTo(result.folder().toString());
    assertThat(told.remove("seconds")).isEqualTo(result.seconds());
    return told;
  }

  @Test
  void theResultDependsNeitherOnThreadsNorOnTheOccasion() throws IOException {
    StudyResult one = run(TINY, 1);
    assertThat(thetas(one)).hasSize(6).doesNotHaveDuplicates();
    for (int threads : new int[] {1, 2, 5, 13}) {
      StudyResult again = run(TINY, threads);
      assertThat(thetas(again)).as("%d threads", threads).isEqualTo(thetas(one));
      assertThat(told(again)).isEqualTo(told(one));
      assertThat(again.folder()).isNotEqualTo(one.folder());
    }
  }

  @Test
  void eachTrainingIsARunInTheStudysFolder() throws IOException {
    StudyResult result = run(TINY, 2);
    assertThat(result.folder().getParent()).isEqualTo(folder.resolve("studies"));
    assertThat(result.folder().getFileName().toString()).endsWith("-tiny");
    assertThat(result.variants()).hasSize(2);
    for (VariantResult variant : result.variants()) {
      assertThat(variant.runs().stream().map(SeedRun::seed)).containsExactly(7L, 8L, 9L);
      assertThat(variant.diverged()).isZero();
      for (SeedRun run : variant.runs()) {
        assertThat(run.folder().path().getParent()).isEqualTo(result.folder());
        assertThat(run.folder().id())
            .endsWith("-" + variant.variant().name() + "-seed-" + run.seed());
        assertThat(run.folder().readConfig().whole("seed")).isEqualTo(run.seed());
        assertThat(run.folder().status()).isEqualTo(RunStatus.FINISHED);
        assertThat(run.epochs()).hasSize(3);
      }
    }
    assertThat(RunStore.at(folder).list()).as("they are no runs of their own").isEmpty();
    // 7 steps an epoch.
    assertThat(result.variant("flat").runs().getFirst().steps()).hasSize(9);
    assertThat(result.variant("deep").runs().getFirst().steps()).isEmpty();
    assertThatThrownBy(() -> result.variant("wide")).hasMessage("no variant 'wide'");
  }

  @Test
  void claimsAreJudged() throws IOException {
    StudyResult result = run(TINY, 2);
    assertThat(result.judgements().stream().map(Judgement::verdict))
        .containsExactly("held", "held", "not held", "");
    assertThat(result.holds()).isFalse();
    assertThat(result.judgements().getFirst().measured().values())
        .containsExactly(21.0, 21.0, 21.0);
    assertThat(result.judgements().getLast().measured().mean())
        .isEqualTo(784 * 12 + 12 + 12 * 12 + 12 + 12 * 10 + 10);

    JsonObject file = Json.object(result.folder().resolve(StudyRun.FILE));
    assertThat(file.string("name")).isEqualTo("tiny");
    assertThat(file.whole("seeds")).isEqualTo(3);
    assertThat(file.object("variants").object("deep").string("optimizer")).isEqualTo("adam");
    List<JsonObject> claims = file.objects("claims");
    assertThat(claims).hasSize(4);
    assertThat(claims.get(1).string("variant")).isEqualTo("flat");
    assertThat(claims.get(1).string("measure")).isEqualTo("test accuracy");
    assertThat(claims.get(1).string("expected")).isEqualTo("≥ 0.2");
    assertThat(claims.get(1).number("mean"))
        .isEqualTo(result.judgements().get(1).measured().mean());
    assertThat(claims.get(2).string("verdict")).isEqualTo("not held");
    assertThat(claims.get(3).number("published")).isEqualTo(9706);
    assertThat(Study.parse(TINY, "x").claims().get(2).published()).isEmpty();
    assertThat(claims.get(2).has("published")).isFalse();
  }

  @Test
  void measuresAreThoseOfTheRuns() throws IOException {
    SeedRun run = run(TINY, 2).variant("deep").runs().getFirst();
    List<Score> test =
        run.epochs().stream()
            .map(EpochRow::scores)
            .map(scores -> Objects.requireNonNull(scores.get("test")))
            .toList();
    assertThat(measure(run, "test accuracy")).isEqualTo(test.getLast().accuracy());
    assertThat(measure(run, "test loss at epoch 2")).isEqualTo(test.get(1).loss());
    assertThat(measure(run, "best test accuracy"))
        .isEqualTo(test.stream().mapToDouble(Score::accuracy).max().orElseThrow());
    assertThat(measure(run, "best test loss"))
        .isEqualTo(test.stream().mapToDouble(Score::loss).min().orElseThrow());
    assertThat(measure(run, "validation loss"))
        .isEqualTo(
            Objects.requireNonNull(run.epochs().getLast().scores().get("validation")).loss());
    assertThat(measure(run, "steps")).isEqualTo(15); // 80 samples by 16
    assertThat(measure(run, "samples")).isEqualTo(240);
    assertThat(measure(run, "train loss at epoch 4")).as("there is none").isNaN();
  }

  private static double measure(SeedRun run, String text) {
    return run.measure(Measure.parse(text));
  }

  @Test
  void aModelIsMeasuredWithoutItsBiasesWhereThatIsClaimed() throws IOException {
    String claims =
        TINY
            + "  - {variant: flat, measure: test accuracy without biases}\n"
            + "  - {variant: flat, measure: train loss without biases}\n"
            + "  - {variant: deep, measure: validation loss without biases}\n";
    StudyResult result = run(claims, 2);
    assertThat(thetas(result)).isEqualTo(thetas(run(TINY, 2)));
    SeedRun run = result.variant("flat").runs().getLast();
    Model model = Model.load(run.folder().modelFile());
    for (Parameter parameter : model.theta().parameters()) {
      if (parameter.name().endsWith(".bias")) {
        Buffer bias = model.theta().slice(parameter);
        for (int i = 0; i < parameter.size(); i++) {
          bias.set(i, 0);
        }
      }
    }
    TrainTest data =
        Datasets.open("digits", Options.defaults().withTrainSize(100).withTestSize(40));
    Score test = model.evaluate(data.test(), 1).score();
    assertThat(measure(run, "test accuracy without biases")).isEqualTo(test.accuracy());
    assertThat(measure(run, "test loss without biases"))
        .isEqualTo(test.loss())
        .isNotEqualTo(measure(run, "test loss"));
    assertThat(measure(run, "train loss without biases"))
        .isEqualTo(model.evaluate(data.train(), 1).score().loss());
    assertThat(measure(run, "validation loss without biases")).isNaN();
    assertThat(measure(result.variant("deep").runs().getFirst(), "validation loss without biases"))
        .isPositive();
    assertThat(result.judgements().subList(4, 7)).allMatch(Judgement::isMeasured);
    JsonObject file = Json.object(result.folder().resolve(StudyRun.FILE));
    assertThat(file.objects("claims").get(4).string("measure"))
        .isEqualTo("test accuracy without biases");
    assertThat(file.objects("claims").get(4).numbers("measured")[2]).isEqualTo(test.accuracy());
    assertThatThrownBy(() -> run(claims.replace("hidden: none", "hidden: none, bias: false"), 2))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining(
            "'test accuracy without biases' is not measured: there are no biases: leave 'bias:"
                + " false' out");
  }

  @Test
  void aLossThatFallsWithoutEndIsNamedThoughAnotherIsMeasured() throws IOException {
    StudyResult result =
        run(
            """
            seeds: 1
            data: digits
            train-size: 100
            test-size: 40
            classes: 0-4|5-9
            hidden: none
            loss: half-logistic
            watch-train: true
            epochs: 20
            variants:
              seen: {}
              hidden: {measured-loss: "half-logistic:squashed=true"}
              usual: {loss: binary-cross-entropy}
            expect:
              - {variant: seen, measure: train loss, at-most: 0}
              - {variant: hidden, measure: train loss, at-least: 0}
              - {variant: hidden, measure: test loss, at-least: 0}
            """,
            2);
    assertThat(result.holds()).isTrue();
    SeedRun seen = result.variant("seen").runs().getFirst();
    SeedRun hidden = result.variant("hidden").runs().getFirst();
    assertThat(thetas(result).get(1)).isEqualTo(thetas(result).getFirst());
    assertThat(measure(hidden, "test accuracy")).isEqualTo(measure(seen, "test accuracy"));
    assertThat(seen.result().message())
        .matches(
            "the loss is -\\d[\\d.]* and falls on without end: half-logistic has no least value, so"
                + " that a lower loss is no better network; binary-cross-entropy has one");
    assertThat(hidden.result().message())
        .matches(
            "the loss trained by is -\\d[\\d.]* in the last batch and falls on without end:"
                + " half-logistic has no least value, .* has one; what is measured,"
                + " half-logistic:squashed=true, does not show it");
    assertThat(result.variant("usual").runs().getFirst().result().message()).isEmpty();
  }

  @Test
  void aTrainingThatDivergesIsAResult() throws IOException {
    StudyResult result =
        run(
            """
            seeds: 2
            data: moons
            train-size: 100
            epochs: 2
            hidden: 4
            variants:
              well: {}
              wild: {lr: 1e30}
            expect:
              - {variant: wild, measure: test loss, diverges: true}
              - {variant: wild, measure: test loss, at-most: 100}
              - {variant: well, measure: test loss, diverges: true}
              - {variant: well, measure: test loss, at-most: 100}
            """,
            2);
    assertThat(result.judgements().stream().map(Judgement::verdict))
        .containsExactly("held", "not held", "not held", "held");
    assertThat(result.variant("wild").diverged()).isEqualTo(2);
    assertThat(result.judgements().getFirst().measured().values()).containsOnly(Double.NaN);
    assertThat(result.variant("wild").runs().getFirst().result().message()).contains("diverged");
    assertThat(Files.readString(result.folder().resolve(StudyRun.FILE))).contains("\"NaN\"");
  }

  @Test
  void itIsToldOfEachTraining() throws IOException {
    List<String> heard = new ArrayList<>();
    StudyRun run = study(TINY, 3);
    assertThat(run.trainings()).isEqualTo(6);
    assertThat(run.atOnce()).isEqualTo(3);
    run.run(
        RunStore.at(folder),
        (variant, ended, done, all) -> {
          assertThat(all).isEqualTo(6);
          assertThat(done).isEqualTo(heard.size() + 1);
          heard.add(variant.name() + " " + ended.seed());
        },
        () -> false);
    assertThat(heard)
        .containsExactlyInAnyOrder("flat 7", "flat 8", "flat 9", "deep 7", "deep 8", "deep 9");
  }

  @Test
  void stoppedItLeavesRunsAndNoResult() throws IOException {
    for (int threads = 1; threads <= 2; threads++) {
      Path runs = folder.resolve("stopped-" + threads);
      AtomicInteger ended = new AtomicInteger();
      AtomicInteger steps = new AtomicInteger();
      StudyRun run = study(TINY, threads);
      assertThatThrownBy(() ->
              run.run(
                  RunStore.at(runs),
                  (variant, training, done, all) -> ended.set(done),
                  // Two trainings of 21 steps and some of the third.
                  () -> steps.incrementAndGet() > 55))
          .isInstanceOf(CancellationException.class);
      assertThat(ended.get()).isBetween(1, 5);
      List<RunStatus> found = new ArrayList<>();
      try (Stream<Path> studies = Files.list(runs.resolve("studies"))) {
        Path study = studies.findFirst().orElseThrow();
        assertThat(study.resolve(StudyRun.FILE)).doesNotExist();
        for (var training : RunStore.at(study).list()) {
          found.add(training.status());
        }
      }
      assertThat(found.stream().filter(RunStatus.FINISHED::equals)).hasSize(ended.get());
      assertThat(found).contains(RunStatus.INTERRUPTED).hasSizeLessThan(6);
    }
  }

  @Test
  void aFailureIsToldAndEndsTheOthers() {
    AtomicInteger steps = new AtomicInteger();
    assertThatThrownBy(() ->
            study(TINY.replace("epochs: 3", "epochs: 100000"), 2)
                .run(
                    RunStore.at(folder),
                    SILENT,
                    () -> {
                      if (steps.incrementAndGet() == 50) {
                        throw new IllegalStateException("the disk is full");
                      }
                      return false;
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the disk is full");
    assertThatThrownBy(() -> run(TINY.replace("hidden: none", "loss: binary-cross-entropy"), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("decides between 2 classes, digits train has 10");
  }

  @Test
  void whatIsWrongIsToldBeforeAnythingIsTrained() {
    assertThatThrownBy(() -> study(TINY.replace("dropout: 0.2", "dropout: 2"), 1))
        .isInstanceOf(RecipeException.class)
        .hasMessage("tiny.yaml:10:37: expected a rate from 0 to below 1, got '2'");
    assertThatThrownBy(() -> study(TINY.replace("hidden: none", "classes: 0-4|5-8"), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("classes: '9' is in no group");
    assertThatThrownBy(() -> study(TINY, 0)).hasMessage("threads: expected 1 or more, got 0");
    assertThat(folder).isEmptyDirectory();
  }
}
