package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    assertThat(limited.out()).contains("and 2 older ones; --limit 0 lists all");
    assertThat(ran("runs", "list", "--json").well().json()).hasSize(3);

    List<Path> all;
    try (Stream<Path> folders = Files.list(runs)) {
      all = folders.toList();
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
      id = folders.findFirst().orElseThrow().getFileName().toString();
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
}
