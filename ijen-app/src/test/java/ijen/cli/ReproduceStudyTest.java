package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.format.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReproduceStudyTest {
  private static final String TINY =
      """
      title: Tiny
      question: Does it learn?
      seeds: 2
      data: digits
      train-size: 200
      test-size: 50
      epochs: 3
      variants:
        flat: {hidden: none}
        deep: {hidden: [12, 12]}
      expect:
        - {variant: flat, measure: parameters, published: 7850, within: 0}
        - {variant: flat, measure: test accuracy, published: 0.12345}
        - {variant: deep, measure: test accuracy, at-least: 0.15}
        - {variant: deep, measure: train loss at epoch 3, at-most: 9}
      """;

  @TempDir Path folder;
  private Path recipe;

  @BeforeEach
  void write() throws IOException {
    recipe = folder.resolve("tiny.yaml");
    Files.writeString(recipe, TINY);
  }

  private String[] words(String... more) {
    List<String> words = new ArrayList<>(List.of("reproduce", recipe.toString()));
    words.addAll(List.of("--runs", folder.resolve("runs").toString(), "--threads", "2"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  @Test
  void aRecipeFileIsRunAndJudged() {
    Ran ran = Ran.piped(words()).well();
    assertThat(ran.out())
        .startsWith(
            "Tiny\nDoes it learn?\n2 variants, 2 seeds each: 4 trainings, 2 at a time\n\n1/4  ")
        .containsPattern(
            "\n[1-4]/4  flat  seed 1  accuracy 0\\.\\d+, loss \\d\\.\\d+( +\\d:\\d\\d left)?\n")
        .containsPattern("\nvariant +measure +published +measured +expected +verdict\n")
        .containsPattern("\nflat +parameters +7,850 +7,850 \\(2\\) +7,850 +held\n")
        .containsPattern("\nflat +test accuracy +0.12345 +0\\.\\d{4} ± 0\\.\\d{4} \\(2\\)\n")
        .containsPattern("\ndeep +test accuracy +0\\.\\d{4} ± 0\\.\\d{4} \\(2\\) +≥ 0\\.15 +held\n")
        .contains("\nAll came out as expected.\n", "\ntime    0:0")
        .doesNotContain("\u001b", "\r");
    assertThat(ran.out().lines().filter(line -> line.matches("[1-4]/4  .* seed [12]  .*")))
        .hasSize(4);
    Path study = Path.of(line(ran, "folder  "));
    assertThat(study.getParent()).isEqualTo(folder.resolve("runs").resolve("studies"));
    assertThat(study.resolve("study.json")).isNotEmptyFile();
    assertThat(Path.of(line(ran, "report  ")))
        .isEqualTo(study.resolve("report.html"))
        .isNotEmptyFile();
  }

  private static String line(Ran ran, String start) {
    return ran.out()
        .lines()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow()
        .substring(start.length());
  }

  @Test
  void whatDoesNotHoldIsAFailure() throws IOException {
    Files.writeString(recipe, TINY.replace("at-most: 9", "at-most: 0"));
    Ran ran = Ran.piped(words("--seeds", "1"));
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .contains("1 seed each: 2 trainings")
        .containsPattern("deep +train loss at epoch 3 +\\d\\.\\d+ \\(1\\) +≤ 0 +not held\n")
        .contains("\n1 of 3 did not come out as expected.\n");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void aProgramMayReadIt() {
    List<JsonObject> lines = Ran.piped(words("--json")).well().json();
    assertThat(lines).hasSize(5);
    for (int i = 0; i < 4; i++) {
      JsonObject line = lines.get(i);
      assertThat(line.string("event")).isEqualTo("training");
      assertThat(line.string("study")).isEqualTo("tiny");
      assertThat(line.string("variant")).isIn("flat", "deep");
      assertThat(line.whole("seed")).isBetween(1L, 2L);
      assertThat(line.whole("done")).isEqualTo(i + 1);
      assertThat(line.whole("all")).isEqualTo(4);
      assertThat(line.string("status")).isEqualTo("finished");
      assertThat(line.number("testAccuracy")).isBetween(0.0, 1.0);
      assertThat(line.number("seconds")).isPositive();
      assertThat(line.string("thetaSha256")).hasSize(64);
      assertThat(Path.of(line.string("run"))).isDirectory();
    }
    JsonObject study = lines.getLast();
    assertThat(study.string("event")).isEqualTo("study");
    assertThat(study.string("name")).isEqualTo("tiny");
    assertThat(study.objects("claims")).hasSize(4);
    assertThat(study.objects("claims").getFirst().string("verdict")).isEqualTo("held");
    assertThat(Path.of(study.string("report"))).isNotEmptyFile();
  }

  @Test
  void variantsSettingsAndSeedsCanBeChosen() {
    Ran ran =
        Ran.piped(
            words("--only", "deep", "--seeds", "3", "--set", "epochs=2", "--set", "deep.hidden=7"));
    assertThat(ran.code()).as("the third epoch is not measured").isEqualTo(1);
    assertThat(ran.out())
        .contains("3 seeds: 3 trainings")
        .doesNotContain("flat", "variant")
        .containsPattern("train loss at epoch 3 +≤ 9 +not measured\n");
    List<JsonObject> lines =
        Ran.piped(words("--json", "--only", "deep", "--set", "network.hidden=7,8")).well().json();
    JsonObject settings = lines.getLast().object("variants").object("deep");
    assertThat(settings.asMap().get("hidden")).hasToString("[7, 8]");
    // Another setting is another training; the same settings are the same.
    assertThat(thetas(lines))
        .isNotEqualTo(thetas(Ran.piped(words("--json", "--only", "deep")).json()));
    assertThat(thetas(Ran.piped(words("--json", "--threads", "1")).json()))
        .isEqualTo(thetas(Ran.piped(words("--json", "--threads", "3")).json()));
  }

  private static List<String> thetas(List<JsonObject> lines) {
    return lines.stream()
        .filter(line -> line.string("event").equals("training"))
        .map(line -> line.string("thetaSha256"))
        .sorted()
        .toList();
  }

  @Test
  void onATerminalALineIsRedrawn() {
    Ran ran = Ran.on(true, Terminal.Colors.TABLE, 100, words("--set", "deep.lr=1e30"));
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .contains("\u001b[2mthe first trainings go on …\u001b[0m\r\u001b[K1/4  ")
        .contains(
            "left …\u001b[0m\r\u001b[K2/4  ", "\u001b[31mtraining diverged: the loss of step ")
        .containsPattern("deep +test accuracy +diverged +≥ 0.15 +not held")
        .contains("\u001b[31m2 of 3 did not come out as expected.\u001b[0m");
  }

  @Test
  void aTrainingOfItIsTrainedAlone() {
    String runs = folder.resolve("runs").toString();
    Ran train =
        Ran.piped("train", recipe.toString(), "--variant", "deep", "--json", "--runs", runs).well();
    String expected = train.json().getLast().string("thetaSha256");
    assertThat(thetas(Ran.piped(words("--json", "--only", "deep")).well().json()))
        .contains(expected);
    List<String> known =
        new ArrayList<>(List.of("train", "mnist-softmax", "--variant", "shuffled", "--runs", runs));
    known.addAll(List.of("--data", "digits", "--train-size", "50", "--test-size", "9"));
    assertThat(Ran.piped(known.toArray(String[]::new)).well().out())
        .contains("digits: 50 to train", "sgd, learning rate 0.01, batch 128, 10 epochs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      textBlock =
          """
          reproduce theroy → ijen reproduce: no experiment is called 'theroy', did you mean 'theory'?
          reproduce mnist-sofmax → ijen reproduce: no experiment is called 'mnist-sofmax', did you mean 'mnist-softmax'?
          reproduce --seeds 3 → ijen reproduce: expected an experiment that the options are for, such as mnist-softmax
          reproduce mnist-softmax --seeds 0 → ijen reproduce: --seeds: expected 1 or more, got 0
          reproduce mnist-softmax --seeds x → ijen reproduce: Invalid value for option '--seeds': 'x' is not an int
          reproduce mnist-softmax --threads 0 → ijen reproduce: --threads: expected 1 or more, got 0
          reproduce mnist-softmax --only shufled → ijen reproduce: --only: expected a variant, one of file-order, shuffled, got 'shufled', did you mean 'shuffled'?
          reproduce mnist-softmax --set lr → ijen reproduce: --set: expected [VARIANT.]KEY=VALUE, such as lr=0.05, got 'lr'
          reproduce mnist-softmax --set lrr=1 → ijen reproduce: --set: unknown key 'lrr', did you mean 'lr'?
          reproduce mnist-softmax --set lr=x → ijen reproduce: --set lr: expected a number above 0, got 'x'
          reproduce all --only shuffled → ijen reproduce: --only: expected one experiment whose variants these are, got all
          reproduce all --set shuffled.lr=1 → ijen reproduce: --set: expected a variant (full-batch, batch-128, batch-1, batch-100) or 'training' before 'lr', got 'shuffled'
          train mnist-softmax → ijen train: mnist-softmax: expected one training, got the variants file-order, shuffled: choose one by --variant
          train mnist-softmax --variant shufled → ijen train: --variant: expected a variant, one of file-order, shuffled, got 'shufled', did you mean 'shuffled'?
          train --variant deep → ijen train: --variant: expected a recipe that has variants, got none
          train --resume r --variant deep → ijen train: --resume goes on with the run's own configuration: --variant cannot be given anew, only --epochs and --threads
          """)
  void wrongUsageIsExplained(String arguments, String expected) {
    Ran ran = Ran.piped(arguments.split(" "));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().lines().findFirst()).contains(expected);
  }

  @Test
  void wrongFilesAreExplained() throws IOException {
    Ran missing = Ran.piped("reproduce", folder.resolve("none.yaml").toString());
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err())
        .isEqualTo("ijen reproduce: " + folder.resolve("none.yaml") + ": there is no such file\n");
    Files.writeString(recipe, TINY.replace("at-least", "atleast"));
    Ran wrong = Ran.piped(words());
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err())
        .isEqualTo(
            "ijen reproduce: "
                + recipe
                + ":14:45: unknown key 'atleast', did you mean 'at-least'?\n");
    Files.writeString(recipe, TINY);
    Ran several = Ran.piped("train", recipe.toString());
    assertThat(several.code()).isEqualTo(2);
    assertThat(several.err())
        .isEqualTo(
            "ijen train: "
                + recipe
                + ": expected one training, got the variants flat, deep: choose one by"
                + " --variant\n");
    Ran other = Ran.piped("train", recipe.toString(), "--variant", "dep");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err())
        .isEqualTo(
            "ijen train: --variant: expected a variant, one of flat, deep, got 'dep', did you mean"
                + " 'deep'?\n");
  }

  @Test
  void dataThatAreMissingAreSaid() {
    Ran ran =
        Ran.piped(
            "reproduce", "mnist-softmax", "--offline", "--set", "data-folder=" + folder.toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("mnist: the files were not found", folder.toString());
  }

  /// Everything, on few of the built-in digits: the table at the end has each experiment.
  @Test
  void allAreRunOneAfterTheOther() {
    List<String> words =
        List.of(
            "reproduce all --seeds 1 --offline --set data=digits --set train-size=64 --set test-size=32"
                .split(" "));
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--runs", folder.resolve("runs").toString()));
    Ran ran = Ran.piped(all.toArray(String[]::new));
    assertThat(ran.code()).as("few digits do not give what is expected").isEqualTo(1);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .containsPattern("\nexperiment +verdict +time +folder\n")
        .containsPattern("\nmnist-softmax +not as expected +\\d:\\d\\d +\\S+-mnist-softmax\n")
        .containsPattern("\ntheory +as expected\n")
        .containsPattern("\ntime +\\d:\\d\\d in trainings\n$");
  }
}
