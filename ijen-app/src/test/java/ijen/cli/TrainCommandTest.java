package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.format.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
  @TempDir Path runs;

  private String[] tiny(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("train", "--train-size", "300", "--test-size", "60", "--hidden", "12"));
    words.addAll(List.of("--epochs", "3", "--batch", "32", "--runs", runs.toString()));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private Path onlyRun() throws IOException {
    try (Stream<Path> folders = Files.list(runs)) {
      List<Path> all = folders.filter(Files::isDirectory).toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }

  @Test
  void aTrainingSaysWhatItDoesAndLeavesAFolder() throws IOException {
    Ran ran = Ran.piped(tiny()).well();
    Path run = onlyRun();
    assertThat(ran.out())
        .contains("run       " + run)
        .contains("data      digits: 300 to train, 60 to test; images 28×28, 10 classes")
        .contains("training  sgd, learning rate 0.1, batch 32, 3 epochs, seed 1, ")
        .contains("dense1", "9,420", "9,550")
        .contains("test      accuracy 0.")
        .contains("report    " + run.resolve("report.html"));
    assertThat(ran.out().lines().filter(line -> line.matches(" {4}[123]  .*"))).hasSize(3);
    assertThat(ran.out()).doesNotContain("\u001b", "\r");
    assertThat(ran.out().lines()).allMatch(line -> line.length() <= 80 || line.startsWith("r"));
    for (String file :
        List.of(
            "config.json",
            "environment.json",
            "metrics.jsonl",
            "result.json",
            "model.safetensors",
            "report.html",
            "checkpoints/last.safetensors",
            "checkpoints/best.safetensors")) {
      assertThat(run.resolve(file)).isNotEmptyFile();
    }
    String report = Files.readString(run.resolve("report.html"));
    assertThat(report).contains("<svg", "data:image/png", "--train-size");
    assertThat(report).doesNotContain("src=\"http", "href=\"http");
  }

  @Test
  void jsonHasALineForEachEpochAndOneForTheResult() throws IOException {
    Ran ran = Ran.piped(tiny("--json", "--validation", "0.2")).well();
    List<JsonObject> lines = ran.json();
    assertThat(lines).hasSize(4);
    assertThat(lines.getFirst().keys())
        .containsExactly(
            "event",
            "epoch",
            "trainLoss",
            "trainAccuracy",
            "validationLoss",
            "validationAccuracy",
            "testLoss",
            "testAccuracy",
            "learningRate",
            "seconds",
            "samplesPerSecond");
    JsonObject result = lines.getLast();
    assertThat(result.string("event")).isEqualTo("result");
    assertThat(result.string("status")).isEqualTo("finished");
    assertThat(result.number("testAccuracy")).isBetween(0.0, 1.0);
    assertThat(result.number("testLoss")).isPositive();
    assertThat(result.string("thetaSha256")).matches("[0-9a-f]{64}");
    assertThat(result.number("seconds")).isPositive();
    assertThat(result.number("samplesPerSecond")).isPositive();
    assertThat(result.string("run")).isEqualTo(onlyRun().toString());
    assertThat(result.whole("epochs")).isEqualTo(3);

    JsonObject shown =
        Ran.piped("runs", "show", "--json", "--runs", runs.toString()).well().json().getFirst();
    assertThat(shown.string("thetaSha256")).isEqualTo(result.string("thetaSha256"));
    assertThat(shown.object("config").integer("batch")).isEqualTo(32);
    assertThat(shown.objects("metrics")).hasSize(3);
    assertThat(Ran.piped("runs", "show", "--runs", runs.toString()).well().out())
        .contains("theta     sha256 " + result.string("thetaSha256"));
  }

  @Test
  void theResultDependsNeitherOnThreadsNorOnWhoIsTold() {
    String one = sha(Ran.piped(tiny("--json", "--threads", "1", "--dropout", "0.2")));
    assertThat(sha(Ran.piped(tiny("--json", "--threads", "3", "--dropout", "0.2")))).isEqualTo(one);
    assertThat(sha(Ran.piped(tiny("--json", "--seed", "2", "--dropout", "0.2")))).isNotEqualTo(one);
  }

  private static String sha(Ran ran) {
    return ran.well().json().getLast().string("thetaSha256");
  }

  @Test
  void aRecipeIsFollowedAndTheCommandLineCountsMore(@TempDir Path folder) throws IOException {
    Path recipe = folder.resolve("recipe.yaml");
    Files.writeString(
        recipe,
        """
        data: moons
        hidden: [8, 8]
        activation: tanh
        epochs: 9
        name: two moons
        """);
    Ran ran = Ran.piped("train", recipe.toString(), "--epochs", "2", "--runs", runs.toString());
    assertThat(ran.well().out()).contains("moons: 1,000 to train", "2 epochs", "tanh2");
    assertThat(onlyRun().getFileName().toString()).endsWith("-two-moons");

    Files.writeString(recipe, "data: moons\n\nnetwork: [8]\n");
    Ran wrong = Ran.piped("train", recipe.toString(), "--runs", runs.toString());
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).startsWith("ijen train: " + recipe + ":3:1: unknown key 'network'");
  }

  @Test
  void aConfigurationOfARunIsARecipe() throws IOException {
    String sha = sha(Ran.piped(tiny("--json")));
    Path config = onlyRun().resolve("config.json");
    assertThat(sha(Ran.piped("train", config.toString(), "--json", "--runs", runs.toString())))
        .isEqualTo(sha);
  }

  @Test
  void aRunGoesOnWhereItStopped() throws IOException {
    String expected = sha(Ran.piped(tiny("--json", "--epochs", "5", "--name", "a-whole")));
    Ran.piped(tiny("--epochs", "2", "--name", "b-parts")).well();
    Ran resumed = Ran.piped("train", "--resume", "--epochs", "5", "--runs", runs.toString()).well();
    assertThat(resumed.out()).contains("resumed after 2 epochs");
    JsonObject shown =
        Ran.piped("runs", "show", "--json", "--runs", runs.toString()).well().json().getFirst();
    assertThat(shown.string("run")).endsWith("-b-parts");
    assertThat(shown.string("thetaSha256")).isEqualTo(expected);
    Ran again = Ran.piped("train", "--resume", "--runs", runs.toString()).well();
    assertThat(again.out()).contains("All 5 epochs are done; --epochs can ask for more.");
  }

  @Test
  void earlyStoppingKeepsTheBestEpoch() throws IOException {
    Ran ran =
        Ran.piped(tiny("--epochs", "60", "--lr", "0.5", "--validation", "0.3", "--early-stop", "2"))
            .well();
    assertThat(ran.out()).contains("the best epoch is ");
    JsonObject shown =
        Ran.piped("runs", "show", "--json", "--runs", runs.toString()).well().json().getFirst();
    assertThat(shown.object("result").integer("epochs"))
        .isEqualTo(shown.object("result").integer("bestEpoch") + 2)
        .isLessThan(60);
  }

  @Test
  void theBarFitsTheTerminalAndIsTakenAway() {
    Ran ran = Ran.on(true, Terminal.Colors.TABLE, 72, tiny());
    assertThat(ran.code()).isZero();
    String[] drawings = ran.out().split("\r\u001b\\[K", -1);
    assertThat(drawings.length).isGreaterThan(2);
    boolean drawn = false;
    for (String drawing : drawings) {
      String first = drawing.lines().findFirst().orElse("").replaceAll("\u001b\\[[0-9;]*m", "");
      if (first.startsWith("epoch ") && first.contains("left")) {
        assertThat(first.length()).isLessThan(72);
        assertThat(first).contains("━", "loss", "acc", "/s");
        drawn = true;
      }
    }
    assertThat(drawn).isTrue();
    assertThat(ran.out()).contains("\r\u001b[K    1  ");
  }

  @Test
  void withoutColoursTheBarIsPlain() {
    Ran ran = Ran.on(true, Terminal.Colors.NONE, 50, tiny());
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("\r\u001b[K").doesNotContain("\u001b[1m", "\u001b[3");
  }

  @Test
  void aTrainingThatDivergesSaysSo() throws IOException {
    Ran ran = Ran.piped(tiny("--lr", "1e30"));
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).startsWith("ijen train: training diverged: the loss of step ");
    Ran list = Ran.piped("runs", "--runs", runs.toString()).well();
    assertThat(list.out()).contains("failed");
  }
}
