package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.format.json.JsonObject;
import ijen.run.RunClaim;
import ijen.run.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsCommandTest {
  @TempDir Path runs;

  private Ran ran(String... words) {
    return Ran.piped(
        Stream.concat(Stream.of(words), Stream.of("--runs", runs.toString()))
            .toArray(String[]::new));
  }

  private void train(String name) {
    ran("train", "--data", "moons", "--train-size", "64", "--epochs", "2", "--name", name).well();
  }

  @Test
  void withoutRunsItSaysHowToMakeOne() {
    assertThat(ran("runs").well().out()).contains("There are no runs in ", "./ijen train");
    assertThat(ran("runs", "--json").well().out()).isEmpty();
    assertThat(ran("runs", "show").code()).isEqualTo(1);
    assertThat(ran("runs", "show").err()).contains("there are no runs in ");
  }

  @Test
  void runsAreListedTheNewestFirstAlsoDamagedOnes() throws IOException {
    train("one");
    train("two");
    train("three");
    Ran list = ran("runs").well();
    assertThat(list.out().lines().skip(1).map(line -> line.replaceAll(".* ", "")))
        .containsExactlyInAnyOrder("three", "two", "one");
    assertThat(list.out()).contains("finished");
    assertThat(list.out()).isEqualTo(ran("runs", "list").well().out());
    Ran limited = ran("runs", "list", "--limit", "1").well();
    assertThat(limited.out()).contains("and 2 more; --limit 0 lists all");
    assertThat(ran("runs", "list", "--json").well().json()).hasSize(3);

    List<Path> all;
    try (Stream<Path> folders = Files.list(runs)) {
      all = folders.filter(Files::isDirectory).toList();
    }
    Files.writeString(all.getFirst().resolve("result.json"), "{\"status\": ");
    Ran damaged = ran("runs").well();
    assertThat(damaged.out()).contains("damaged");
    assertThat(damaged.out().lines().filter(line -> line.contains("finished"))).hasSize(2);
  }

  @Test
  void aRunIsShownByTheBeginningOfItsName() throws IOException {
    train("one");
    String id;
    try (Stream<Path> folders = Files.list(runs)) {
      id = folders.filter(Files::isDirectory).findFirst().orElseThrow().getFileName().toString();
    }
    Ran shown = ran("runs", "show", id.substring(0, 15)).well();
    assertThat(shown.out())
        .contains("run       " + runs.resolve(id))
        .contains("state     finished")
        .contains("command   ./ijen train --data moons --train-size 64 --epochs 2 --name one")
        .containsPattern("theta +sha256 [0-9a-f]{64}")
        .contains("epoch  train loss");
    assertThat(ran("runs", "show", runs.resolve(id).toString()).well().out())
        .isEqualTo(shown.out());
  }

  private String only(String label) throws IOException {
    try (Stream<Path> folders = Files.list(runs)) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.endsWith("-" + label))
          .findFirst()
          .orElseThrow();
    }
  }

  private List<String> listed(String... words) {
    return ran(Stream.concat(Stream.of("runs", "--json"), Stream.of(words)).toArray(String[]::new))
        .well()
        .json()
        .stream()
        .map(line -> line.string("run").replaceAll(".*-", ""))
        .toList();
  }

  @Test
  void runsAreFilteredSortedAndCompared() throws IOException {
    train("one");
    ran(
            "train",
            "--data",
            "circles",
            "--train-size",
            "64",
            "--epochs",
            "3",
            "--lr",
            "0.05",
            "--name",
            "two")
        .well();
    assertThat(listed("--data", "circles")).containsExactly("two");
    assertThat(listed("--where", "lr<0.07")).containsExactly("two");
    assertThat(listed("--where", "lr=0.05", "--where", "epochs=2")).isEmpty();
    assertThat(listed("--where", "test.accuracy>=0")).hasSize(2);
    assertThat(listed("--status", "finished")).hasSize(2);
    assertThat(listed("--status", "failed")).isEmpty();
    assertThat(listed("--sort", "epochs")).containsExactly("one", "two");
    assertThat(listed("--sort", "epochs", "--descending")).containsExactly("two", "one");
    assertThat(ran("runs", "--where", "lr>7").well().out()).contains("No run in ", " meets this");

    Ran slip = ran("runs", "--where", "test.acuracy>0.9");
    assertThat(slip.code()).isEqualTo(2);
    assertThat(slip.err())
        .contains("'test.acuracy': no run has a setting or a score of this name")
        .contains("did you mean 'test.accuracy'?");
    assertThat(ran("runs", "--where", "lr").err())
        .contains("--where 'lr': expected a name, one of");
    assertThat(ran("runs", "--descending").code()).isEqualTo(2);
    assertThat(ran("runs", "--status", "finishd").err())
        .contains("--status: expected one of running, interrupted, finished, failed, damaged, got")
        .contains("'finishd', did you mean 'finished'?");

    Ran compared = ran("runs", "compare", only("one"), only("two")).well();
    assertThat(compared.out())
        .containsPattern("data +moons +circles")
        .containsPattern("epochs +2 +3")
        .contains("test.accuracy")
        .doesNotContain("hidden ");
    assertThat(
            Ran.on(
                    false,
                    Terminal.Colors.NONE,
                    40,
                    "runs",
                    "compare",
                    "--runs",
                    runs.toString(),
                    only("one"),
                    only("two"))
                .out())
        .as("a table that does not fit either way")
        .isEqualTo(compared.out());
    List<JsonObject> lines =
        ran("runs", "compare", "--json", only("one"), only("two")).well().json();
    assertThat(lines.getFirst().object("settings").asMap())
        .isEqualTo(Map.of("data", "moons", "lr", 0.1, "epochs", 2L, "name", "one"));
    assertThat(lines.getLast().object("outcome").whole("steps")).isEqualTo(3);
    assertThat(ran("runs", "compare", only("one"), only("one")).code()).isEqualTo(2);
  }

  @Test
  void runsAreTaggedAndNoted() throws IOException {
    train("one");
    train("two");
    assertThat(ran("runs", "tag", only("one"), "paper", "best").well().out())
        .isEqualTo(only("one") + ": best, paper\n");
    ran("runs", "tag", only("two"), "best").well();
    assertThat(listed("--tag", "best")).containsExactlyInAnyOrder("one", "two");
    assertThat(listed("--tag", "best", "--tag", "paper")).containsExactly("one");
    assertThat(ran("runs").well().out()).contains("one [best, paper]");
    assertThat(ran("runs", "untag", only("one"), "best").well().out())
        .isEqualTo(only("one") + ": paper\n");
    ran("runs", "note", only("one"), "the one of figure 3").well();
    assertThat(ran("runs", "show", only("one")).well().out())
        .contains("tags      paper", "note      the one of figure 3");
    assertThat(ran("runs", "tag", only("one"), "two words").err())
        .contains("tag 'two words': expected a word");
  }

  @Test
  void runsAreDeletedForGoodAndOnlyWithAYes() throws IOException {
    train("one");
    train("two");
    Path folder = runs.resolve(only("one"));
    Ran unasked = ran("runs", "delete", only("one"));
    assertThat(unasked.code()).isEqualTo(2);
    assertThat(unasked.err()).contains("where nobody can be asked, give --yes");
    try (RunClaim _ = RunStore.at(runs).find(only("two")).claim()) {
      assertThat(ran("runs", "delete", "--yes", only("one"), only("two")).err())
          .contains(only("two") + ": a process is working on it; stop that one first");
    }
    assertThat(folder).exists();
    assertThat(ran("runs", "delete", "--yes", only("one")).well().out())
        .isEqualTo("deleted " + folder.getFileName() + "\n");
    assertThat(folder).doesNotExist();
    assertThat(listed()).containsExactly("two");
    Path elsewhere = runs.resolve("elsewhere");
    Files.move(runs.resolve(only("two")), elsewhere);
    assertThat(ran("runs", "delete", "--yes", elsewhere.toString()).err())
        .contains("expected a folder of a run's name in " + runs);
    assertThat(elsewhere).exists();
  }

  @Test
  void runsAreExportedAndImported() throws IOException {
    train("one");
    ran("runs", "tag", only("one"), "paper").well();
    Path file = runs.resolve("all.jsonl");
    assertThat(ran("runs", "export", file.toString()).well().out())
        .isEqualTo(file + ": 1 run, 0 searches\n");
    ran("runs", "delete", "--yes", only("one")).well();
    assertThat(ran("runs", "import", file.toString()).well().out())
        .isEqualTo(file + ": new: 1 run, 0 searches; there already: 0\n");
    assertThat(listed("--tag", "paper")).containsExactly("one");
    assertThat(ran("runs", "show", only("one")).well().out()).contains("state     finished");
    assertThat(ran("report", only("one")).well().out()).contains("report.html");
    assertThat(ran("runs", "import", file.toString()).well().out()).contains("there already: 1");
  }

  @Test
  void aBrokenDatabaseIsSaidAndRunsAreListedFromTheirFolders() throws IOException {
    train("one");
    try (Stream<Path> files = Files.list(runs)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    Files.writeString(runs.resolve("runs.db"), "something that is no database, and long enough");
    Ran list = ran("runs");
    assertThat(list.code()).isZero();
    assertThat(list.out()).contains("finished").contains("one");
    assertThat(list.err())
        .contains("runs.db: expected a database of runs, got a file that is none");
    assertThat(ran("runs", "--tag", "paper").code()).isEqualTo(1);
    Ran trained =
        ran("train", "--data", "moons", "--train-size", "64", "--epochs", "1", "--name", "two");
    assertThat(trained.code()).isZero();
    assertThat(trained.err().lines())
        .singleElement()
        .satisfies(line ->
            assertThat(line)
                .startsWith("the run is in its folder, but not in the database of runs: "));
    assertThat(runs.resolve("runs.db")).content().startsWith("something");
  }
}
