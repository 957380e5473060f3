package ijen.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.data.Options;
import ijen.format.json.Json;
import ijen.format.json.JsonObject;
import ijen.metric.Score;
import ijen.run.RunFolder;
import ijen.run.RunResult;
import ijen.run.RunStatus;
import ijen.run.RunStore;
import ijen.run.StepRow;
import ijen.testing.Allocation;
import ijen.train.Progress;
import ijen.train.TrainListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedRunTest {
  private static final TrainListener SILENT = new TrainListener() {};
  private static final BooleanSupplier NEVER = after(Integer.MAX_VALUE);
  private static final String TINY =
      """
      data: digits
      train-size: 200
      test-size: 50
      hidden: 8
      dropout: 0.1
      optimizer: adam
      batch: 16
      epochs: 3
      """;

  private static Experiment experiment(String recipe) {
    return Experiment.open(
        Recipe.parse(recipe, "recipe.yaml").config(), Options.defaults().withOffline(true));
  }

  private static RunFolder train(String recipe, Path runs, BooleanSupplier stop)
      throws IOException {
    try (RecordedRun run = RecordedRun.begin(experiment(recipe), RunStore.at(runs))) {
      run.run(SILENT, stop);
      return run.folder();
    }
  }

  private static String sha(RunFolder run) throws IOException {
    return run.readResult().orElseThrow().trained().thetaSha256();
  }

  private static Score score(RunResult result, String part) {
    return Objects.requireNonNull(result.scores().get(part));
  }

  private static BooleanSupplier after(int steps) {
    AtomicInteger count = new AtomicInteger();
    return () -> count.incrementAndGet() >= steps;
  }

  @Test
  void everythingIsWrittenDown(@TempDir Path runs) throws IOException {
    RunFolder run = train(TINY + "validation: 0.2\nname: first", runs, NEVER);
    assertThat(run.id()).endsWith("-first");
    assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
    RunResult result = run.readResult().orElseThrow();
    assertThat(result.work().epochs()).isEqualTo(3);
    assertThat(result.work().steps()).isEqualTo(30);
    assertThat(result.trained().parameters()).isEqualTo(784 * 8 + 8 + 8 * 10 + 10);
    assertThat(result.scores()).containsOnlyKeys("test", "train", "validation");
    assertThat(result.work().samplesPerSecond()).isPositive();
    assertThat(result.trained().thetaSha256()).hasSize(64);
    assertThat(result.decisions().mistakes()).isNotEmpty();
    assertThat(result.decisions().mistakes().getFirst().truth())
        .isNotEqualTo(result.decisions().mistakes().getFirst().predicted());
    double accuracy = score(result, "test").accuracy();
    assertThat(result.decisions().mistakes())
        .hasSize((int) Math.min(40, Math.round(50 * (1 - accuracy))));
    assertThat(run.readEpochs()).hasSize(3);
    assertThat(run.readEpochs().getLast().scores()).containsOnlyKeys("train", "validation", "test");
    assertThat(run.modelFile()).exists();
    assertThat(run.lastCheckpoint()).exists();
    assertThat(run.bestCheckpoint()).exists();
    JsonObject environment = run.readEnvironment().orElseThrow();
    assertThat(environment.object("data").object("train").string("sha256")).hasSize(64);
    assertThat(environment.has("threads")).isTrue();
    assertThat(Recipe.read(run.configFile()).config().describe())
        .isEqualTo(experiment(TINY + "validation: 0.2\nname: first").config().describe());
  }

  @Test
  void stoppedAtAnyStepItGoesOnToTheSameBits(@TempDir Path runs) throws IOException {
    String expected = sha(train(TINY, runs, NEVER));
    for (int steps : new int[] {1, 5, 12, 13, 14, 30, 38}) {
      RunFolder run = train(TINY, runs, after(steps));
      assertThat(run.status()).as("stopped after %d", steps).isEqualTo(RunStatus.INTERRUPTED);
      assertThat(sha(run)).as("stopped after %d", steps).isNotEqualTo(expected);
      try (RecordedRun again = RecordedRun.resume(run, Recipe.empty(), Options.defaults())) {
        again.run(SILENT, NEVER);
      }
      assertThat(sha(run)).as("stopped after %d", steps).isEqualTo(expected);
      assertThat(lines(run)).as("stopped after %d", steps).containsExactly(1, 2, 3);
    }
  }

  @Test
  void epochsThatTheCheckpointLacksAreMeasuredAgain(@TempDir Path runs) throws IOException {
    for (int steps : new int[] {20, 26}) { // in the second epoch, and at its end, not yet measured
      RunFolder run = train(TINY, runs, after(steps));
      // As if the last checkpoint had been lost together with the machine's cache.
      Files.writeString(
          run.metricsFile(),
          Files.readString(run.metricsFile())
              + "{\"event\":\"epoch\",\"epoch\":2,\"step\":26,\"seconds\":1.0,\"scores\":{}}\n"
              + "{\"event\":\"epo");
      try (RecordedRun again = RecordedRun.resume(run, Recipe.empty(), Options.defaults())) {
        again.run(SILENT, NEVER);
      }
      assertThat(lines(run)).as("stopped after %d", steps).containsExactly(1, 2, 3);
      assertThat(run.readEpochs().get(1).scores()).isNotEmpty();
    }
  }

  @Test
  void whatIsMeasuredWithinEpochsIsNeitherLostNorRepeated(@TempDir Path runs) throws IOException {
    String recipe = TINY + "measure-every: 4\nvalidation: 0.2\n"; // 10 steps an epoch
    List<StepRow> expected = train(recipe, runs, NEVER).readSteps();
    assertThat(expected.stream().map(StepRow::step)).containsExactly(4L, 8L, 14L, 18L, 24L, 28L);
    assertThat(expected.getLast().samples()).isEqualTo(2 * 160 + 8 * 16);
    assertThat(expected.getLast().scores()).containsOnlyKeys("train", "validation", "test");
    for (int steps : new int[] {3, 4, 5, 10, 14, 28}) {
      RunFolder run = train(recipe, runs, after(steps));
      // As if it had been measured once more before the machine failed, and no checkpoint written.
      Files.writeString(
          run.metricsFile(),
          Files.readString(run.metricsFile())
              + "{\"event\":\"measured\",\"step\":29,\"samples\":9,\"scores\":{}}\n");
      try (RecordedRun again = RecordedRun.resume(run, Recipe.empty(), Options.defaults())) {
        again.run(SILENT, NEVER);
      }
      assertThat(run.readSteps()).as("stopped after %d", steps).isEqualTo(expected);
      assertThat(run.readMetrics().stream().filter(line -> line.string("event").equals("measured")))
          .as("stopped after %d", steps)
          .hasSameSizeAs(expected);
    }
  }

  private static List<Integer> lines(RunFolder run) throws IOException {
    List<Integer> epochs = new ArrayList<>();
    for (String line : Files.readAllLines(run.metricsFile())) {
      JsonObject object = Json.object(line, "metrics");
      if (object.string("event").equals("epoch")) {
        epochs.add(object.integer("epoch"));
      }
    }
    return epochs;
  }

  @Test
  void withoutACheckpointItBeginsAnew(@TempDir Path runs) throws IOException {
    String expected = sha(train(TINY, runs, NEVER));
    RunFolder run = train(TINY, runs, after(3));
    Files.delete(run.lastCheckpoint());
    Files.delete(run.resultFile());
    assertThat(run.status()).isEqualTo(RunStatus.INTERRUPTED);
    try (RecordedRun again = RecordedRun.resume(run, Recipe.empty(), Options.defaults())) {
      assertThat(again.position()).containsExactly(0, 0);
      again.run(SILENT, NEVER);
    }
    assertThat(sha(run)).isEqualTo(expected);
  }

  @Test
  void aFinishedRunCanBeTrainedOn(@TempDir Path runs) throws IOException {
    String expected = sha(train(TINY + "\nname: long", runs, NEVER));
    RunFolder run = train(TINY.replace("epochs: 3", "epochs: 1"), runs, NEVER);
    Recipe more = Recipe.empty().with(Setting.EPOCHS, "3", "--epochs");
    try (RecordedRun again = RecordedRun.resume(run, more, Options.defaults())) {
      again.run(SILENT, NEVER);
    }
    assertThat(sha(run)).isEqualTo(expected);
    assertThat(run.readConfig().integer("epochs")).isEqualTo(3);

    RunResult before = run.readResult().orElseThrow();
    try (RecordedRun nothing = RecordedRun.resume(run, Recipe.empty(), Options.defaults())) {
      nothing.run(SILENT, NEVER);
    }
    RunResult after = run.readResult().orElseThrow();
    assertThat(Json.line(after.toJson()).equals(Json.line(before.toJson()))).isTrue();

    Recipe less = Recipe.empty().with(Setting.EPOCHS, "2", "--epochs");
    assertThatThrownBy(() -> RecordedRun.resume(run, less, Options.defaults()))
        .hasMessage("--epochs: the run has done 3 epochs already: expected as many or more, got 2");
  }

  @Test
  void aCheckpointThatDoesNotFitChangesNothing(@TempDir Path runs) throws IOException {
    RunFolder run = train(TINY + "schedule: cosine", runs, after(20));
    String config = Files.readString(run.configFile());
    Recipe more = Recipe.empty().with(Setting.EPOCHS, "5", "--epochs");
    try (RecordedRun again = RecordedRun.resume(run, more, Options.defaults())) {
      assertThatThrownBy(() -> again.run(SILENT, NEVER))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected epochs '5', it has '3'");
    }
    assertThat(run.configFile()).hasContent(config);
    assertThat(run.status()).isEqualTo(RunStatus.INTERRUPTED);
  }

  @Test
  void otherDataAreRefused(@TempDir Path runs) throws IOException {
    RunFolder run = train(TINY, runs, after(3));
    Files.writeString(
        run.configFile(),
        Files.readString(run.configFile()).replace("\"data-seed\": 1", "\"data-seed\": 2"));
    assertThatThrownBy(() -> RecordedRun.resume(run, Recipe.empty(), Options.defaults()))
        .hasMessageContaining("the training data have changed since");
    run.claim().close(); // it was given free
  }

  @Test
  void aDivergedRunIsMarkedAsFailed(@TempDir Path runs) throws IOException {
    String recipe = "data: moons\nlr: 1e30\nepochs: 2\nhidden: 4\n";
    try (RecordedRun run = RecordedRun.begin(experiment(recipe), RunStore.at(runs))) {
      assertThatThrownBy(() -> run.run(SILENT, NEVER))
          .isInstanceOf(ijen.train.DivergedException.class);
    }
    RunFolder run = RunStore.at(runs).latest().orElseThrow();
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.readResult().orElseThrow().message()).contains("diverged");
  }

  @Test
  void twoProcessesCannotWorkOnTheSameRun(@TempDir Path runs) throws IOException {
    try (RecordedRun run = RecordedRun.begin(experiment(TINY), RunStore.at(runs))) {
      assertThatThrownBy(() -> RecordedRun.resume(run.folder(), Recipe.empty(), Options.defaults()))
          .hasMessageContaining("is working on it");
    }
  }

  @Test
  void everyLossTrains(@TempDir Path runs) throws IOException {
    for (String recipe :
        List.of(
            "data: moons\nloss: binary-cross-entropy\nepochs: 5\nhidden: 16\nlr: 0.5",
            "data: moons\nloss: cross-entropy\nepochs: 5\nhidden: 16\nlr: 0.5",
            "data: moons\nloss: cross-entropy:smoothing=0.1\nepochs: 5\nhidden: 16\nlr: 0.5",
            "data: moons\nloss: mean-squared-error\nepochs: 10\nhidden: 16\nlr: 0.1",
            "data: moons\nloss: huber:delta=0.5\nepochs: 5\nhidden: 16\nlr: 0.5")) {
      RunResult result = train(recipe, runs, NEVER).readResult().orElseThrow();
      assertThat(score(result, "test").accuracy()).as(recipe).isGreaterThan(0.85);
    }
    RunResult squared =
        train(TINY + "loss: mean-squared-error", runs, NEVER).readResult().orElseThrow();
    assertThat(score(squared, "test").loss()).isLessThan(0.15);
    assertThat(score(squared, "test").accuracy()).as("of the nearest").isBetween(0.0, 1.0);
    assertThatThrownBy(() -> experiment("loss: binary-cross-entropy\ntrain-size: 20"))
        .hasMessageContaining("decides between 2 classes, digits train has 10");
  }

  @Tag(Allocation.TAG)
  @Test
  void takingNoteOfAStepAllocatesNothing(@TempDir Path runs) throws IOException {
    try (RecordedRun run = RecordedRun.begin(experiment(TINY), RunStore.at(runs))) {
      List<Progress> seen = new ArrayList<>();
      run.run(
          new TrainListener() {
            @Override
            public void started(Progress progress) {
              seen.add(progress);
            }
          },
          NEVER);
      try (RunRecorder recorder = new RunRecorder(run.folder(), Map.of(), null)) {
        recorder.started(seen.getFirst());
        Progress progress = seen.getFirst();
        Allocation.assertNone("10,000 steps", 10_000, () -> recorder.stepped(progress));
      }
    }
  }
}
