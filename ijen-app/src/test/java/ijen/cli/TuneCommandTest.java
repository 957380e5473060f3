package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.format.json.JsonObject;
import ijen.recipe.SearchPlan;
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

class TuneCommandTest {
  private static final String TINY =
      """
      title: Tiny
      question: Which is it?
      data: digits
      train-size: 160
      test-size: 40
      validation: 0.25
      hidden: "{units}"
      batch: 16
      epochs: 2
      search:
        trials: 6
        sampler: random
        published: 0.5
        space:
          units: {from: 4, to: 16}
          lr: {from: 0.01, to: 0.5, log: true}
      """;

  @TempDir Path folder;
  private Path recipe;

  @BeforeEach
  void write() throws IOException {
    recipe = folder.resolve("tiny.yaml");
    Files.writeString(recipe, TINY);
  }

  private String[] words(String... more) {
    List<String> words = new ArrayList<>(List.of("tune", recipe.toString()));
    words.addAll(List.of("--runs", folder.resolve("runs").toString(), "--workers", "2"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
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
  void withoutASearchItListsThem() {
    String runs = folder.resolve("runs").toString();
    assertThat(Ran.piped("tune", "--runs", runs).well().out())
        .startsWith("search")
        .containsPattern("\nfashion-search {2,}Fifty configurations, at random\n")
        .doesNotContain("begun");
    List<JsonObject> lines = Ran.piped("tune", "--json", "--runs", runs).well().json();
    assertThat(lines.stream().map(one -> one.string("name")))
        .containsExactlyElementsOf(SearchPlan.shelf());
  }

  @Test
  void withoutASearchItListsWhatHasBeenBegunToo() {
    Ran.piped(words()).well();
    String runs = folder.resolve("runs").toString();
    assertThat(Ran.piped("tune", "--runs", runs).well().out())
        .containsPattern("\nbegun +trials +best  of\ntiny +6  0\\.\\d{4}  validation accuracy\n");
    JsonObject line = Ran.piped("tune", "--json", "--runs", runs).well().json().getLast();
    assertThat(line.string("begun")).isEqualTo("tiny");
    assertThat(line.integer("trials")).isEqualTo(6);
    assertThat(line.number("best")).isBetween(0.0, 1.0);
  }

  @Test
  void aFileIsSearchedAndItsBestIsTold() throws IOException {
    Ran ran = Ran.piped(words()).well();
    assertThat(ran.out())
        .startsWith(
            "Tiny\nWhich is it?\n6 trials, 2 at a time; sampler random, pruner none; validation"
                + " accuracy is to be high\n\ntrial  state     accuracy  seconds  configuration\n")
        .containsPattern(
            "\nbest     validation accuracy 0\\.\\d{4} by trial \\d; published 0\\.5\n")
        .containsPattern("\n         units=\\d+, lr=0\\.\\d+\n")
        .containsPattern("\nmatters  (units|lr) \\d+ %, (units|lr) \\d+ %\n")
        .containsPattern("\nretrain  ./ijen tune \\S+tiny.yaml --runs \\S+ --retrain\n")
        .containsPattern("\n         ./ijen train --train-size 160 .*--hidden \\d+ .*--lr 0\\.\\d+")
        .contains("\ntrials   6 complete; 12 epochs\n", "\ntime     0:0")
        .doesNotContain("\u001b", "\r");
    for (int i = 0; i < 6; i++) {
      assertThat(ran.out())
          .containsPattern(
              "\n {4}" + i + "  complete {4}0\\.\\d{4} +\\d+\\.\\d  units=\\d+, lr=0\\.\\d+\n");
    }
    Path report = Path.of(line(ran, "report   "));
    assertThat(report).isNotEmptyFile();
    assertThat(report).startsWith(folder.resolve("runs").resolve("studies"));
    assertThat(Files.readString(report)).doesNotContain(folder.resolve("runs").toString());
    assertThat(report.resolveSibling("search.json")).isNotEmptyFile();

    Ran again = Ran.piped(words()).well();
    assertThat(again.out())
        .contains("\n6 of them have ended before, as search 'tiny'\n")
        .doesNotContain("  complete  ")
        .endsWith(ran.out().substring(ran.out().indexOf("\nbest  ")));
    Ran longer = Ran.piped(words("--trials", "7")).well();
    assertThat(longer.out().lines().filter(line -> line.contains("  complete  "))).hasSize(1);
  }

  @Test
  void theCommandThatItSaysTrainsTheBest() {
    Ran ran = Ran.piped(words()).well();
    List<String> train =
        new ArrayList<>(List.of(line(ran, "         ./ijen ").strip().split(" ", -1)));
    train.addAll(List.of("--json", "--runs", folder.resolve("runs").toString()));
    String expected =
        Ran.piped(train.toArray(String[]::new)).well().json().getLast().string("thetaSha256");
    List<JsonObject> retrained = Ran.piped(words("--retrain", "2", "--json")).well().json();
    assertThat(
            retrained.stream()
                .filter(one -> one.string("event").equals("training"))
                .map(one -> one.string("thetaSha256")))
        .hasSize(2)
        .contains(expected);
    JsonObject study = retrained.getLast();
    assertThat(study.string("event")).isEqualTo("study");
    assertThat(study.string("name")).isEqualTo("tiny-best");
    assertThat(study.objects("claims").getFirst().string("measure")).isEqualTo("test accuracy");
    assertThat(Path.of(study.string("report"))).isNotEmptyFile();
  }

  @Test
  void retrainingIsTold() {
    Ran ran = Ran.piped(words("--retrain", "2")).well();
    assertThat(ran.out())
        .contains("\n\nThe best of: Tiny\n", "\n2 seeds: 2 trainings, 2 at a time\n")
        .containsPattern("\ntest accuracy +0\\.\\d{4} ± 0\\.\\d{4} \\(2\\)\n")
        .contains("Nothing is expected.");
  }

  @Test
  void aProgramMayReadIt() {
    List<JsonObject> lines = Ran.piped(words("--json", "--pruner", "median:startup=2")).json();
    assertThat(lines).hasSize(7);
    for (int i = 0; i < 6; i++) {
      JsonObject one = lines.get(i);
      assertThat(one.string("event")).isEqualTo("trial");
      assertThat(one.string("study")).isEqualTo("tiny");
      assertThat(one.whole("done")).isEqualTo(i + 1);
      assertThat(one.whole("all")).isEqualTo(6);
      assertThat(one.string("state")).isIn("complete", "pruned");
      assertThat(one.object("configuration").keys()).containsExactly("units", "lr");
      assertThat(one.numbers("reports")).hasSameSizeAs(one.wholes("steps"));
      assertThat(one.number("seconds")).isPositive();
    }
    JsonObject search = lines.getLast();
    assertThat(search.string("event")).isEqualTo("search");
    assertThat(search.objects("table")).hasSize(6);
    assertThat(search.object("best").number("value")).isBetween(0.0, 1.0);
    assertThat(search.strings("train")).startsWith("./ijen", "train");
    assertThat(Path.of(search.string("report"))).isNotEmptyFile();
  }

  @Test
  void otherSettingsNeedAnotherNameOrBeginAnew() {
    Ran.piped(words()).well();
    Ran other = Ran.piped(words("--sampler", "sobol"));
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err())
        .isEqualTo(
            "ijen tune: search 'tiny' has been begun with other settings: sampler was 'random', and"
                + " is 'sobol'; --study NAME gives this search another name, --anew deletes the"
                + " trials of the other one\n");
    assertThat(Ran.piped(words("--sampler", "sobol", "--study", "sobol")).well().out())
        .contains("sampler sobol", "--sampler sobol --study sobol --runs ");
    Ran anew = Ran.piped(words("--sampler", "sobol", "--anew")).well();
    assertThat(anew.out()).startsWith("deleting the 6 trials of search 'tiny'\nTiny\n");
    assertThat(anew.out().lines().filter(line -> line.contains("  complete  "))).hasSize(6);
  }

  @Test
  void settingsOfAllTrialsCanBeOthers() {
    Ran ran = Ran.piped(words("--set", "epochs=1", "--set", "optimizer=adam", "--lag", "2")).well();
    assertThat(ran.out())
        .contains(
            "; 6 epochs\n",
            "--lag 2 --set epochs=1 --set optimizer=adam --runs ",
            "--optimizer adam");
  }

  @Test
  void onATerminalATableOfTheBestIsRedrawn() {
    Ran ran = Ran.on(true, Terminal.Colors.TABLE, 70, words());
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("\u001b[1m0/6 trials \u001b[0m\u001b[32m\u001b[0m\u001b[2m────")
        .contains("\u001b[1A\r\u001b[J")
        .doesNotContain("  complete  ");
    assertThat(ran.out().lines().map(line -> line.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "")))
        .filteredOn(line -> line.matches("\\s+0\\.\\d{4}  trial \\d  units=.*|.*/6 trials.*"))
        .allMatch(line -> line.length() < 70);
  }

  @Test
  void aTrialThatFailsSaysWhyAndNoneLeftIsAFailure() throws IOException {
    Files.writeString(
        recipe,
        TINY.replace("lr: {from: 0.01, to: 0.5, log: true}", "lr: [1e30, 2e30]")
            .replace("\"{units}\"", "\"{units},4\""));
    Ran ran = Ran.piped(words());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .containsPattern("\n +\\d  failed +\\d\\.\\d  units=\\d+, lr=[12]e30: training diverged: ")
        .contains("\nNo trial came to a value.\ntrials   6 failed; ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      textBlock =
          """
          tune fashion-serach → ijen tune: no search is called 'fashion-serach', did you mean 'fashion-search'?
          tune mnist-softmax → ijen tune: 'mnist-softmax' is no search: './ijen reproduce mnist-softmax' trains it
          tune --trials 3 → ijen tune: expected a search that the options are for, such as fashion-search
          tune --anew → ijen tune: expected a search that the options are for, such as fashion-search
          tune fashion-search --trials 0 → ijen tune: --trials: expected 1 or more, got 0
          tune fashion-search --workers 0 → ijen tune: --workers: expected 1 or more, got 0
          tune fashion-search --lag 0 → ijen tune: --lag: expected 1 or more, got 0
          tune fashion-search --retrain 0 → ijen tune: --retrain: expected 1 or more, got 0
          tune fashion-search --trials x → ijen tune: Invalid value for option '--trials': 'x' is not an int
          tune fashion-search --sampler rand → ijen tune: sampler: expected one of random, grid, sobol, tpe, got 'rand'
          tune fashion-search --pruner asha:faktor=3 → ijen tune: pruner asha: expected settings first, factor, skip, got 'faktor'
          tune fashion-search --set lr=0.1 → ijen tune: --set: 'lr' is searched, and has no one value
          tune fashion-search --set momentm=0.1 → ijen tune: --set: unknown key 'momentm', did you mean 'momentum'?
          tune fashion-search --set validation=0 → ijen tune: --set: 'validation accuracy' is not measured: no samples are held out: give 'validation' too, such as 0.1
          reproduce fashion-search → ijen reproduce: fashion-search: this is a search: './ijen tune fashion-search' carries it out
          train fashion-search → ijen train: fashion-search: this is a search: './ijen tune fashion-search' carries it out
          """)
  void wrongUsageIsExplained(String arguments, String expected) {
    Ran ran = Ran.piped(arguments.split(" ", -1));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().lines().findFirst()).contains(expected);
  }

  @Test
  void filesOfTheOtherKindAreExplained() throws IOException {
    for (String command : List.of("reproduce", "train")) {
      Ran ran = Ran.piped(command, recipe.toString());
      assertThat(ran.code()).isEqualTo(2);
      assertThat(ran.err())
          .isEqualTo(
              "ijen %s: %s:10:1: this is a search: './ijen tune %s' carries it out\n"
                  .formatted(command, recipe, recipe));
    }
    Files.writeString(recipe, "data: digits\n");
    Ran ran = Ran.piped(words());
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            "ijen tune: "
                + recipe
                + ":1:1: there is no search in it: expected 'search' with a 'space'; './ijen"
                + " reproduce' and './ijen train' carry out other recipes\n");
    Ran missing = Ran.piped("tune", folder.resolve("none.yaml").toString());
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).contains("none.yaml: there is no such file");
  }
}
