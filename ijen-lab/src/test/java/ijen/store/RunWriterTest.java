package ijen.store;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.metric.Score;
import ijen.run.EpochRow;
import ijen.run.RunFolder;
import ijen.run.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunWriterTest {
  private static final String ID = "20261121-093000-one";

  @TempDir Path folder;

  private RunStore store() {
    return RunStore.at(folder);
  }

  private static EpochRow epoch(int number) {
    return new EpochRow(number, 10L * number, 0.5, 0.1, Map.of("test", new Score(0.5, 0.75, 10)));
  }

  private Optional<RunEntry> known() throws IOException {
    try (RunDatabase database = RunDatabase.open(store().databaseFile())) {
      return database.runs().find(ID);
    }
  }

  @Test
  void aRunIsThereWhileItGoesOnAndAsItEnded() throws Exception {
    RunFolder run = StoreFiles.run(store(), ID, 0.1, 0.9);
    Files.delete(run.resultFile());
    try (RunWriter writer = new RunWriter(store(), run)) {
      writer.begin();
      writer.measured(epoch(3));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (known().map(RunEntry::epochs).orElse(0) < 3 && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertThat(known().orElseThrow().epochs()).isEqualTo(3);
      assertThat(known().orElseThrow().scores()).containsEntry("test.accuracy", 0.75);
      StoreFiles.run(store(), ID, 0.1, 0.9);
    }
    assertThat(known().orElseThrow().status()).isEqualTo("finished");
    assertThat(known().orElseThrow().epochs()).isEqualTo(2); // as the folder says
  }

  @Test
  void aRunThatDidNotBeginLeavesNoDatabase() throws IOException {
    RunFolder run = StoreFiles.run(store(), ID, 0.1, 0.9);
    new RunWriter(store(), run).close();
    assertThat(store().databaseFile()).doesNotExist();
  }

  @Test
  void whatIsInTheWayIsSaidAndHurtsNobody() throws IOException {
    RunFolder run = StoreFiles.run(store(), ID, 0.1, 0.9);
    Files.writeString(store().databaseFile(), "something that is no database, and long enough");
    RunWriter writer = new RunWriter(store(), run);
    writer.begin();
    writer.measured(epoch(1));
    writer.close();
    assertThat(writer.problem())
        .hasValueSatisfying(
            problem -> assertThat(problem).startsWith(store().databaseFile() + ": expected"));
    assertThat(store().databaseFile()).content().startsWith("something");
  }

  /// What a training pays: to hand over an epoch, and at its end the last of it.
  @Test
  void aTrainingDoesNotWait() throws IOException {
    RunFolder run = StoreFiles.run(store(), ID, 0.1, 0.9);
    int epochs = 1000;
    RunWriter writer = new RunWriter(store(), run);
    long start = System.nanoTime();
    writer.begin();
    for (int i = 1; i <= epochs; i++) {
      writer.measured(epoch(i));
    }
    double each = (System.nanoTime() - start) * 1e-6 / epochs;
    start = System.nanoTime();
    writer.close();
    double last = (System.nanoTime() - start) * 1e-6;
    System.out.printf("%.4f ms an epoch, %.1f ms at the end%n", each, last);
    assertThat(writer.problem()).isEmpty();
    assertThat(each).isLessThan(1);
  }
}
