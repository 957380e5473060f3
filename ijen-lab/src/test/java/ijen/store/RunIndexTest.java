package ijen.store;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.run.RunClaim;
import ijen.run.RunFolder;
import ijen.run.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunIndexTest {
  private static final String ONE = "20261121-093000-one";
  private static final String TWO = "20261121-093001-two";
  private static final String OF_STUDY = "studies/20261121-093002-depth/20261121-093003-deep";

  @TempDir Path folder;

  private RunStore store() {
    return RunStore.at(folder);
  }

  private List<RunEntry> list() throws IOException {
    RunIndex.Listing listing = RunIndex.list(store());
    assertThat(listing.problem()).isEmpty();
    return listing.runs();
  }

  private List<String> ids() throws IOException {
    return list().stream().map(RunEntry::id).toList();
  }

  @Test
  void whereThereIsNothingNothingIsMade() throws IOException {
    assertThat(list()).isEmpty();
    assertThat(folder).isEmptyDirectory();
    assertThat(RunIndex.list(RunStore.at(folder.resolve("none"))).runs()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderBecomesARow() throws IOException {
    StoreFiles.run(store(), ONE, 0.1, 0.9);
    RunEntry run = list().getFirst();
    assertThat(run.id()).isEqualTo(ONE);
    assertThat(run.label()).isEqualTo("one");
    assertThat(run.study()).isEmpty();
    assertThat(run.created()).hasToString("2026-11-21T09:30:00Z");
    assertThat(run.status()).isEqualTo("finished");
    assertThat(run.title()).isEqualTo(ONE + " title");
    assertThat(run.command()).isEqualTo("./ijen train");
    assertThat(run.epochs()).isEqualTo(2);
    assertThat(run.scores())
        .containsEntry("test.accuracy", 0.9)
        .containsEntry("test.loss", 0.25) // the result's, not that of the last epoch
        .containsEntry("train.loss", Double.NaN);
    assertThat(RunValues.of(run).get("hidden")).hasValue("8,4");
    try (RunDatabase database = RunDatabase.open(store().databaseFile())) {
      assertThat(database.runs().metrics(ONE))
          .contains(
              new MetricEntry(10, 1, "test", "accuracy", 0.45),
              new MetricEntry(20, 2, "train", "loss", Double.NaN),
              new MetricEntry(20, 2, "", "learning-rate", 0.1))
          .hasSize(10);
    }
  }

  @Test
  void whatChangesIsReadAgainAndWhatIsGoneIsDropped() throws IOException {
    RunFolder one = StoreFiles.run(store(), ONE, 0.1, 0.9);
    StoreFiles.run(store(), TWO, 0.1, 0.8);
    StoreFiles.run(store(), OF_STUDY, 0.1, 0.7);
    assertThat(ids()).containsExactly(OF_STUDY, TWO, ONE);
    assertThat(list().getFirst().study()).isEqualTo("20261121-093002-depth");
    try (RunDatabase database = RunDatabase.open(store().databaseFile())) {
      database.runs().tag(ONE, List.of("paper"));
      database.runs().tag(TWO, List.of("paper"));
    }

    Files.delete(one.resultFile());
    assertThat(list().getLast().status()).isEqualTo("interrupted");
    assertThat(list().getLast().result()).isNull();
    assertThat(list().getLast().tags()).containsExactly("paper");
    Files.writeString(one.metricsFile(), StoreFiles.epoch(1, 0.3));
    assertThat(list().getLast().scores()).containsEntry("test.accuracy", 0.3);
    assertThat(list().getLast().epochs()).isEqualTo(1);
    Files.writeString(one.configFile(), "{");
    assertThat(list().getLast().status()).isEqualTo("damaged");
    assertThat(list().getLast().title()).startsWith(one.configFile() + ":1:");
    Files.delete(one.configFile());
    assertThat(list().getLast().title()).isEqualTo(one.configFile() + ": there is no such file");

    Path elsewhere = folder.resolve("elsewhere");
    Files.move(store().folder(TWO).path(), elsewhere);
    assertThat(ids()).containsExactly(OF_STUDY, ONE);
    Files.move(elsewhere, store().folder(TWO).path());
    assertThat(ids()).containsExactly(OF_STUDY, TWO, ONE);
    assertThat(list().get(1).tags()).isEmpty();
  }

  /// Runs that another process deletes while they are listed are there or not, never damaged.
  @Test
  void runsAreListedWhileOthersAreDeleted() throws Exception {
    int runs = 200;
    for (int i = 2; i < 2 + runs; i++) {
      StoreFiles.run(store(), ONE + "-" + i, 0.1, 0.9);
    }
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<Boolean> deleted =
          other.submit(() -> {
            try (RunDatabase database = RunDatabase.open(store().databaseFile())) {
              for (int i = 2; i < 2 + runs; i++) {
                store().delete(store().folder(ONE + "-" + i));
                database.runs().delete(ONE + "-" + i);
              }
              return true;
            }
          });
      while (!deleted.isDone()) {
        assertThat(list()).extracting(RunEntry::status).doesNotContain("damaged");
      }
      assertThat(deleted.get()).isTrue();
    }
    assertThat(list()).isEmpty();
  }

  /// A process that is killed leaves its claim as it is.
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no sleep")
  void aRunWhoseProcessWasKilledIsInterrupted() throws Exception {
    RunFolder run = StoreFiles.run(store(), ONE, 0.1, 0.9);
    Files.delete(run.resultFile());
    Process process = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(
          run.path().resolve("running.json"), "{\"pid\": %d}".formatted(process.pid()));
      assertThat(list().getFirst().status()).isEqualTo("running");
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(list().getFirst().status()).isEqualTo("interrupted");
  }

  @Test
  void aRunIsRunningAsLongAsAProcessWorksOnIt() throws IOException {
    RunFolder run = StoreFiles.run(store(), ONE, 0.1, 0.9);
    try (RunClaim _ = run.claim()) {
      assertThat(list().getFirst().status()).isEqualTo("running");
    }
    assertThat(list().getFirst().status()).isEqualTo("finished");
  }

  @Test
  void aStudysOwnStoreHasTheSameDatabase() throws IOException {
    StoreFiles.run(store(), OF_STUDY, 0.1, 0.7);
    RunStore study = RunStore.at(folder.resolve("studies").resolve("20261121-093002-depth"));
    assertThat(study.databaseFile()).isEqualTo(store().databaseFile());
    assertThat(RunIndex.list(study).runs()).extracting(RunEntry::id).containsExactly(OF_STUDY);
    assertThat(study.id(study.list().getFirst())).isEqualTo(OF_STUDY);
  }

  @Test
  void withoutADatabaseTheFoldersAreRead() throws IOException {
    StoreFiles.run(store(), ONE, 0.1, 0.9);
    RunEntry expected = list().getFirst();
    Files.writeString(store().databaseFile(), "this is not a database, and long enough to be seen");
    RunIndex.Listing listing = RunIndex.list(store());
    assertThat(listing.runs()).containsExactly(expected);
    assertThat(listing.problem()).startsWith(store().databaseFile() + ": expected a database");
  }

  /// The time of a list is that of its JVM and this. It is bounded generously, as a build machine
  /// may be busy with other things; what it takes on a quiet one is in the documentation.
  @Test
  void aThousandRunsAreListedSoon() throws IOException {
    int runs = 1000;
    for (int i = 0; i < runs; i++) {
      StoreFiles.run(
          store(), String.format(Locale.ROOT, "20261121-09%02d%02d-run", i / 60, i % 60), 0.1, 0.9);
    }
    long start = System.nanoTime();
    assertThat(list()).hasSize(runs);
    double first = (System.nanoTime() - start) * 1e-9;
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      start = System.nanoTime();
      assertThat(list()).hasSize(runs);
      best = Math.min(best, (System.nanoTime() - start) * 1e-9);
    }
    System.out.printf(
        "%d runs: read from folders in %.2f s, listed in %.3f s%n", runs, first, best);
    assertThat(best).isLessThan(2);
    assertThat(first).isLessThan(30);
  }
}
