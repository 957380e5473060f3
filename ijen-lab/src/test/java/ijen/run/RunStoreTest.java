package ijen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {
  private static final Instant MORNING = Instant.parse("2026-11-21T09:30:00Z");

  @TempDir Path temp;

  private RunStore store() {
    return RunStore.at(temp.resolve("runs")).withClock(() -> MORNING);
  }

  @Test
  void aRunIsNamedAfterMomentAndLabel() throws IOException {
    RunFolder run = store().create("mnist");
    assertThat(run.id()).isEqualTo("20261121-093000-mnist");
    assertThat(run.label()).isEqualTo("mnist");
    assertThat(run.created()).hasValue(MORNING);
    assertThat(run.figures()).isDirectory();
    assertThat(run.lastCheckpoint().getParent()).isDirectory();
    assertThat(store().create("mnist").id()).isEqualTo("20261121-093000-mnist-2");
    assertThat(store().create("mnist").id()).isEqualTo("20261121-093000-mnist-3");
  }

  @Test
  void labelsBecomeFileNames() throws IOException {
    assertThat(store().create("../../etc/passwd").id()).isEqualTo("20261121-093000-etc-passwd");
    assertThat(store().create("a b\0c:d").id()).isEqualTo("20261121-093000-a-b-c-d");
    assertThat(store().create("").id()).isEqualTo("20261121-093000-run");
    assertThat(store().create("größe 10×10").id()).isEqualTo("20261121-093000-gr-e-10-10");
    assertThat(store().create("x".repeat(500)).id()).hasSizeLessThan(100);
    assertThat(store().list()).hasSize(5);
  }

  /// As many creators as there can be trouble from, all within the same second.
  @Test
  void creatorsAtOnceGetFoldersOfTheirOwn() throws Exception {
    int creators = 4;
    int each = 25;
    CyclicBarrier start = new CyclicBarrier(creators);
    List<Callable<List<String>>> work = new ArrayList<>();
    for (int i = 0; i < creators; i++) {
      work.add(() -> {
        RunStore mine = store();
        List<String> made = new ArrayList<>();
        start.await();
        for (int k = 0; k < each; k++) {
          made.add(mine.create("same").id());
        }
        return made;
      });
    }
    List<String> ids = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(creators)) {
      for (Future<List<String>> made : threads.invokeAll(work)) {
        ids.addAll(made.get());
      }
    }
    assertThat(ids).hasSize(creators * each).doesNotHaveDuplicates();
    List<String> listed = store().list().stream().map(RunFolder::id).toList();
    assertThat(listed).containsExactlyInAnyOrderElementsOf(ids);
    // Numbers count as numbers: the hundredth is newer than the ninth.
    assertThat(listed.getFirst()).isEqualTo("20261121-093000-same-100");
    assertThat(listed.getLast()).isEqualTo("20261121-093000-same");
  }

  @Test
  void theNewestComesFirst() throws IOException {
    for (String at : new String[] {"09:30:00", "23:59:59", "00:00:01"}) {
      Instant moment = Instant.parse("2026-11-21T" + at + "Z");
      RunStore.at(temp).withClock(() -> moment).create("b"); // left before it had a configuration
      RunStore.at(temp).withClock(() -> moment).create("a").writeConfig(Map.of());
    }
    Files.createDirectory(temp.resolve("notes"));
    Files.writeString(temp.resolve("20261121-120000-file"), "not a folder");
    assertThat(RunStore.at(temp).list())
        .extracting(RunFolder::id)
        .containsExactly(
            "20261121-235959-b",
            "20261121-235959-a",
            "20261121-093000-b",
            "20261121-093000-a",
            "20261121-000001-b",
            "20261121-000001-a");
    assertThat(RunStore.at(temp).latest())
        .hasValueSatisfying(run -> assertThat(run.id()).isEqualTo("20261121-235959-a"));
    assertThat(RunStore.at(temp.resolve("none")).list()).isEmpty();
    assertThat(RunStore.at(temp.resolve("none")).latest()).isEmpty();
  }

  @Test
  void aRunIsFoundByNameBeginningAndPath() throws IOException {
    RunFolder mnist = store().create("mnist");
    RunFolder again = store().create("mnist"); // mnist-2: begins with the other's whole name
    RunFolder moons = store().create("moons");
    moons.writeConfig(Map.of("data", "moons"));
    assertThat(store().find(mnist.id()).path()).isEqualTo(mnist.path());
    assertThat(store().find(again.id()).path()).isEqualTo(again.path());
    assertThat(store().find("20261121-093000-mo").path()).isEqualTo(moons.path());
    RunStore elsewhere = RunStore.at(temp.resolve("other"));
    assertThat(elsewhere.find(moons.path().toString()).id()).isEqualTo(moons.id());
    assertThat(elsewhere.find(moons.path() + "/.").id()).isEqualTo(moons.id());
  }

  @Test
  void whatIsNotFoundIsExplained() throws IOException {
    assertThatThrownBy(() -> store().find("2026"))
        .hasMessageContaining("which holds no runs")
        .hasMessageContaining("IJEN_RUNS");
    RunFolder mnist = store().create("mnist");
    RunFolder moons = store().create("moons");
    assertThatThrownBy(() -> store().find("2026"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "run '2026': 2 runs begin so: %s, %s. Give more of the name."
                .formatted(moons.id(), mnist.id()));
    assertThatThrownBy(() -> store().find("mnist"))
        .hasMessageEndingWith("did you mean 20261121-093000-mnist?");
    assertThatThrownBy(() -> store().find("20261121-093000-mnits"))
        .hasMessageEndingWith("did you mean 20261121-093000-mnist?");
    assertThatThrownBy(() -> store().find("zebra"))
        .hasMessageEndingWith("; the newest is 20261121-093000-moons");
    assertThatThrownBy(() -> store().find(" ")).hasMessageContaining("expected a name");
    assertThatThrownBy(() -> store().find("a\0b")).isInstanceOf(IllegalArgumentException.class);
    Path notARun = Files.createDirectories(temp.resolve("not/a-run"));
    assertThatThrownBy(() -> store().find(notARun.toString()))
        .hasMessageContaining("expected the folder of a run, with config.json in it");
    for (int i = 0; i < 10; i++) {
      store().create("many");
    }
    assertThatThrownBy(() -> store().find("20261121-093000-many-"))
        .hasMessageContaining("9 runs begin so")
        .hasMessageContaining(", …");
  }

  @Test
  void theUsualPlaceCanBeChanged() {
    assertThat(RunStore.usualRoot(null)).isEqualTo(Path.of("runs"));
    assertThat(RunStore.usualRoot(" ")).isEqualTo(Path.of("runs"));
    assertThat(RunStore.usualRoot("/data/runs")).isEqualTo(Path.of("/data/runs"));
  }
}
