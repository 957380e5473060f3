package ijen.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.run.RunStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDatabaseTest {
  private static final String ID = "20261121-093000-moons";

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("runs.db");
  }

  private RunDatabase filled() throws IOException {
    RunStore store = RunStore.at(folder);
    StoreFiles.run(store, ID, 0.1, 0.9);
    RunDatabase database = RunDatabase.open(file());
    new RunIndex(store, database).refresh();
    return database;
  }

  @Test
  void tagsAndNotesStayWithTheRun() throws IOException {
    try (RunDatabase database = filled()) {
      database.runs().tag(ID, List.of("paper", "best"));
      database.runs().tag(ID, List.of("paper"));
      database.runs().note(ID, "figure 3");
    }
    try (RunDatabase database = RunDatabase.open(file())) {
      RunEntry run = database.runs().find(ID).orElseThrow();
      assertThat(run.tags()).containsExactly("best", "paper");
      assertThat(run.note()).isEqualTo("figure 3");
      database.runs().untag(ID, List.of("best"));
      database.runs().note(ID, "");
      assertThat(database.runs().list().getFirst().tags()).containsExactly("paper");
      assertThat(database.runs().list().getFirst().note()).isEmpty();
      assertThatThrownBy(() -> database.runs().untag(ID, List.of("paper", "none")))
          .hasMessage("run %s: expected one of its tags [], got 'none'".formatted(ID));
      assertThat(database.runs().list().getFirst().tags()).containsExactly("paper");
      for (String wrong : List.of("", "two words", "a,b", "-x", "x".repeat(61), "a\n")) {
        assertThatThrownBy(() -> database.runs().tag(ID, List.of(wrong)))
            .hasMessageStartingWith("tag '" + wrong + "': expected a word of at most 60");
      }
      assertThatThrownBy(() -> database.runs().tag("20261121-093000-other", List.of("x")))
          .hasMessage("run 20261121-093000-other: is not in the database");
    }
  }

  @Test
  void aDeletedRunLeavesNothing() throws IOException {
    try (RunDatabase database = filled()) {
      database.runs().tag(ID, List.of("paper"));
      assertThat(database.runs().metrics(ID)).hasSize(10);
      assertThat(database.runs().delete(ID)).isTrue();
      assertThat(database.runs().delete(ID)).isFalse();
      assertThat(database.runs().metrics(ID)).isEmpty();
      assertThat(database.runs().list()).isEmpty();
      new RunIndex(RunStore.at(folder), database).refresh();
      assertThat(database.runs().list().getFirst().tags()).isEmpty();
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsLeftAlone() throws IOException {
    byte[] text =
        "these are the notes of somebody else, and they are longer"
            .getBytes(StandardCharsets.US_ASCII);
    Files.write(file(), text);
    assertThatThrownBy(() -> RunDatabase.open(file()))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            file()
                + ": expected a database of runs, got a file that is none; move it to another"
                + " place, and './ijen runs' makes a new one from the folders of the runs");
    assertThat(file()).hasBinaryContent(text);
    assertThat(folder).isDirectoryNotContaining("glob:**runs.db-*");
  }

  @Test
  void anotherProgramsDatabaseIsLeftAlone() throws Exception {
    Sqlite other = Sqlite.open(file());
    other.write(held -> {
      held.run("create table pictures (name text)");
      return true;
    });
    other.close();
    byte[] before = Files.readAllBytes(file());
    assertThatThrownBy(() -> RunDatabase.open(file()))
        .hasMessageStartingWith(
            file() + ": expected a database of runs, got one of another program; move it");
    assertThat(file()).hasBinaryContent(before);
  }

  @Test
  void aLaterVersionIsLeftAlone() throws Exception {
    RunDatabase.open(file()).close();
    Sqlite later = Sqlite.open(file());
    later.write(held -> {
      held.run("pragma user_version=99");
      return true;
    });
    later.close();
    byte[] before = Files.readAllBytes(file());
    assertThatThrownBy(() -> RunDatabase.open(file()))
        .hasMessage(
            file()
                + ": the tables are of version 99, and this Ijen knows those up to 1; use the newer"
                + " Ijen that wrote them");
    assertThat(file()).hasBinaryContent(before);
  }

  @Test
  void aFolderThatIsNotThereOrNoFolderIsSaid() throws IOException {
    assertThatThrownBy(() -> RunDatabase.open(folder.resolve("none").resolve("runs.db")))
        .hasMessageEndingWith("expected a file in a folder that both may be written");
    Files.createDirectory(file());
    assertThatThrownBy(() -> RunDatabase.open(file()))
        .hasMessageEndingWith("expected a file in a folder that both may be written");
  }

  @Test
  void theFoldersNameMayHoldAnything() throws IOException {
    Path odd = Files.createDirectory(folder.resolve("a b?mode=memory&ü%20#'"));
    try (RunDatabase database = RunDatabase.open(odd.resolve("runs.db"))) {
      database.studies().open("s", "");
    }
    assertThat(odd.resolve("runs.db")).isNotEmptyFile();
    try (RunDatabase database = RunDatabase.open(odd.resolve("runs.db"))) {
      assertThat(database.studies().list()).hasSize(1);
    }
  }

  /// What is damaged is said in a sentence, or does no harm; nothing else is thrown.
  @Test
  void damageIsSaid() throws Exception {
    filled().close();
    byte[] whole = Files.readAllBytes(file());
    long seed = Long.getLong("ijen.seed", 7);
    Random random = new Random(seed);
    int said = 0;
    for (int round = 0; round < 300; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 1 + random.nextInt(200); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Path bad = folder.resolve("bad-" + round + ".db");
      Files.write(bad, damaged);
      try (RunDatabase database = RunDatabase.open(bad)) {
        database.runs().list();
        database.runs().metrics(ID);
        database.check();
      } catch (StoreException e) {
        assertThat(e.getMessage()).as("seed %s round %s", seed, round).startsWith(bad + ": ");
        said++;
      }
      assertThat(Files.size(bad)).isGreaterThanOrEqualTo(whole.length);
    }
    assertThat(said).isGreaterThan(50);
  }

  @Test
  void aDamagedTextIsSaid() throws Exception {
    try (RunDatabase database = filled()) {
      database
          .sqlite()
          .write(held -> held.update("update runs set scores = ? where id = ?", "{\"test", ID));
      assertThatThrownBy(() -> database.runs().list())
          .hasMessageStartingWith(file() + ": the database is damaged; move it to another place");
    }
  }

  @Test
  void openedForTheFirstTimeByManyAtOnce() throws Exception {
    int threads = 6;
    for (int round = 0; round < 10; round++) {
      Path shared = folder.resolve("shared-" + round + ".db");
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Callable<Integer>> work = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        String name = "study-" + t;
        work.add(() -> {
          start.await(30, TimeUnit.SECONDS);
          try (RunDatabase database = RunDatabase.open(shared)) {
            database.studies().open(name, "");
            return database.studies().list().size();
          }
        });
      }
      try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
        for (Future<Integer> each : workers.invokeAll(work)) {
          assertThat(each.get()).isPositive();
        }
      }
      try (RunDatabase database = RunDatabase.open(shared)) {
        database.check();
        assertThat(database.studies().list()).hasSize(threads);
      }
    }
  }

  /// Readers see whole transactions only, while writers of several connections and threads go on.
  @Test
  void readersAndWritersAtTheSameTime() throws Exception {
    RunStore store = RunStore.at(folder);
    StoreFiles.run(store, ID, 0.1, 0.9);
    RunDatabase.open(file()).close();
    int writers = 3;
    int rounds = 60;
    try (ExecutorService workers = Executors.newCachedThreadPool();
        RunDatabase shared = RunDatabase.open(file())) {
      List<Future<Integer>> ended = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        boolean own = w == 0;
        ended.add(
            workers.submit(() -> {
              RunDatabase database = own ? RunDatabase.open(file()) : shared;
              for (int i = 0; i < rounds; i++) {
                new RunIndex(store, database).refresh(store.folder(ID));
              }
              if (own) {
                database.close();
              }
              return rounds;
            }));
      }
      int seen = 0;
      try (RunDatabase reader = RunDatabase.open(file())) {
        while (!ended.stream().allMatch(Future::isDone)) {
          int metrics = reader.runs().metrics(ID).size();
          assertThat(metrics).isIn(0, 10);
          seen += metrics;
        }
      }
      for (Future<Integer> each : ended) {
        assertThat(each.get()).isEqualTo(rounds);
      }
      assertThat(seen).isPositive();
    }
  }
}
