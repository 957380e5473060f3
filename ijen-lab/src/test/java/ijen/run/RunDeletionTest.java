package ijen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// [RunStore#delete], and the places that it takes for runs.
class RunDeletionTest {
  private static final String ID = "20261121-093000-one";
  private static final String OF_STUDY = "studies/20261121-093002-depth/20261121-093003-deep";

  @TempDir Path temp;

  private RunStore store() {
    return RunStore.at(temp.resolve("runs"));
  }

  private RunFolder run(String id) throws IOException {
    RunFolder run = store().folder(id);
    Files.createDirectories(run.figures());
    run.writeConfig(Map.of("lr", 0.1));
    Files.writeString(run.figures().resolve("a.svg"), "<svg/>");
    return run;
  }

  private List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aRunIsGoneAsAWhole() throws IOException {
    RunFolder one = run(ID);
    run(ID + "-2");
    RunFolder deep = run(OF_STUDY);
    store().delete(one);
    store().delete(deep);
    assertThat(names(store().root())).containsExactly(ID + "-2", "studies");
    assertThat(deep.path().resolveSibling("")).isEmptyDirectory();
    assertThatThrownBy(() -> store().delete(one))
        .hasMessage("run " + one.path() + ": there is no such folder");
  }

  @Test
  void aRunThatIsWorkedOnIsNotDeleted() throws IOException {
    RunFolder one = run(ID);
    try (RunClaim _ = one.claim()) {
      assertThatThrownBy(() -> store().delete(one))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is working on it");
    }
    assertThat(one.figures().resolve("a.svg")).exists();
    store().delete(one);
    assertThat(one.path()).doesNotExist();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need rights there")
  void whatLinksLeadToStays() throws IOException {
    Path precious = Files.createDirectories(temp.resolve("precious"));
    Files.writeString(precious.resolve("thesis.tex"), "years of work");
    RunFolder one = run(ID);
    Files.createSymbolicLink(one.path().resolve("data"), precious);
    Files.createSymbolicLink(one.figures().resolve("b.svg"), precious.resolve("thesis.tex"));
    store().delete(one);
    assertThat(one.path()).doesNotExist();
    assertThat(precious.resolve("thesis.tex")).hasContent("years of work");

    RunFolder link = store().folder("20261121-093001-link");
    Files.createSymbolicLink(link.path(), precious);
    assertThatThrownBy(() -> store().delete(link))
        .hasMessageContaining("is a symbolic link, and what it leads to is not deleted");
    assertThat(precious.resolve("thesis.tex")).exists();

    Path elsewhere = Files.createDirectories(temp.resolve("elsewhere/20261121-093002-depth"));
    Files.createDirectories(elsewhere.resolve("20261121-093003-deep"));
    Files.createSymbolicLink(store().root().resolve("studies"), temp.resolve("elsewhere"));
    assertThatThrownBy(() -> store().delete(store().folder(OF_STUDY)))
        .hasMessageContaining("but links lead to ")
        .hasMessageEndingWith("; nothing is deleted there");
    assertThat(elsewhere.resolve("20261121-093003-deep")).exists();
  }

  @Test
  void whatACrashLeftIsDeletedNextTime() throws IOException {
    run(ID);
    RunFolder two = run(ID + "-2");
    Files.move(store().folder(ID).path(), store().root().resolve(".deleted-" + ID));
    Files.createDirectory(store().root().resolve(".deleted-by-me"));
    assertThat(store().list()).extracting(RunFolder::id).containsExactly(ID + "-2");
    store().delete(two);
    assertThat(names(store().root())).containsExactly(".deleted-by-me");
  }

  /// Each also meets what the others are about to delete.
  @Test
  void manyDeletionsAtOnceDoNotHinderEachOther() throws Exception {
    int threads = 4;
    int each = 25;
    for (int i = 2; i < 2 + threads * each; i++) {
      run(ID + "-" + i);
    }
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int first = 2 + t * each;
      work.add(() -> {
        for (int i = first; i < first + each; i++) {
          store().delete(store().folder(ID + "-" + i));
        }
        return true;
      });
    }
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      for (Future<Boolean> done : workers.invokeAll(work)) {
        assertThat(done.get()).isTrue();
      }
    }
    assertThat(store().root()).isEmptyDirectory();
  }

  @Test
  void nothingElseIsARun() {
    for (String text :
        List.of(
            "",
            "..",
            "../" + ID,
            ID + "/..",
            "studies/" + ID,
            "studies/../" + ID,
            "other/" + ID + "/" + ID,
            "/" + ID,
            ID + "/",
            ID + "\\x",
            ID + "\n",
            "20261121-093000-",
            "moons")) {
      assertThat(RunStore.isId(text)).as(text).isFalse();
      assertThatThrownBy(() -> store().folder(text)).hasMessageStartingWith("run '" + text + "': ");
    }
    for (String text : List.of(ID, ID + "-2", OF_STUDY, "20261121-093000-größe 1")) {
      assertThat(RunStore.isId(text)).as(text).isTrue();
      assertThat(store().id(store().folder(text))).isEqualTo(text);
    }
    RunFolder other = RunStore.at(temp.resolve("other")).folder(ID);
    assertThatThrownBy(() -> store().id(other))
        .hasMessage(
            "run %s: expected a folder of a run's name in %s, got %s"
                .formatted(ID, store().root(), other.path()));
  }

  @Test
  void aStudysStoreBelongsToTheRunsAroundIt() throws IOException {
    RunStore study = store().within("depth");
    assertThat(study.home()).isEqualTo(store().root().toAbsolutePath());
    assertThat(study.databaseFile()).isEqualTo(store().databaseFile());
    RunFolder run = study.create("deep");
    assertThat(study.id(run)).isEqualTo(store().id(run)).startsWith("studies/");
    assertThat(store().listAll()).extracting(RunFolder::id).containsExactly(run.id());
    assertThat(store().list()).isEmpty();
    assertThat(RunStore.holding(run).orElseThrow().databaseFile())
        .isEqualTo(store().databaseFile());
    assertThat(RunStore.at(Path.of("studies")).home()).isEqualTo(Path.of("studies"));
  }
}
