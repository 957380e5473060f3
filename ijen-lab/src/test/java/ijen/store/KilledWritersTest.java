package ijen.store;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.store.TrialEntry.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Processes that write into one database and are killed at any moment.
@Timeout(300)
class KilledWritersTest {
  private static final int WRITERS = 50;
  private static final int AT_ONCE = 10;

  /// So many of those at once are killed while they start; when, at the latest.
  private static final int EARLY = 2;

  private static final int EARLY_MICROS = 1_000_000;

  /// How long the others have written, at the most.
  private static final int LATE_MICROS = 60_000;

  @TempDir Path folder;

  private record Writer(int number, Process process, Path said) {}

  private Path failures(int number) {
    return folder.resolve("failures-" + number + ".txt");
  }

  private Path temporary() {
    return folder.resolve("temporary");
  }

  private Writer start(int number) throws IOException {
    Path said = folder.resolve("said-" + number + ".txt");
    ProcessBuilder java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + Files.createDirectories(temporary()),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "ijen.store.StoreWriter",
                folder.toString(),
                Integer.toString(number))
            .redirectOutput(said.toFile())
            .redirectError(failures(number).toFile());
    java.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    return new Writer(number, java.start(), said);
  }

  /// Ten at once, from the first moment of the file on, which they make and migrate together; some
  /// are killed while they start, the others while they write.
  @Test
  void whatWasAcknowledgedIsThere() throws Exception {
    long seed = Long.getLong("ijen.seed", 20261121);
    Random random = new Random(seed);
    List<Writer> all = new ArrayList<>();
    for (int from = 0; from < WRITERS; from += AT_ONCE) {
      List<Writer> round = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        round.add(start(from + i));
      }
      for (Writer writer : round.subList(0, EARLY)) {
        kill(writer, random.nextInt(EARLY_MICROS));
      }
      for (Writer writer : round.subList(EARLY, AT_ONCE)) {
        awaitFirstWord(writer);
        kill(writer, random.nextInt(LATE_MICROS));
      }
      for (Writer writer : round) {
        assertThat(writer.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
      all.addAll(round);
    }

    try (RunDatabase database = RunDatabase.open(folder.resolve("runs.db"))) {
      database.check();
      List<TrialEntry> trials = database.studies().trials(StoreWriter.STUDY);
      List<Found> found = new ArrayList<>();
      for (Writer writer : all) {
        found.add(judge(writer, trials, database, seed));
      }
      long wrote = found.stream().filter(one -> one.acknowledged > 0).count();
      System.out.printf(
          "seed %d: %d of %d writers had written when they were killed, %d of them in the middle;"
              + " %d reports acknowledged, %d found%n",
          seed,
          wrote,
          WRITERS,
          found.stream().filter(one -> one.acknowledged > 0 && one.isInMiddle).count(),
          found.stream().mapToInt(Found::acknowledged).sum(),
          found.stream().mapToInt(Found::reports).sum());
      assertThat(wrote).as("writers that wrote before they were killed").isGreaterThan(30);
      database.studies().open("afterwards", ""); // and it can be written to
    }
    assertThat(temporary()).isEmptyDirectory();
  }

  /// What is there of a writer's work.
  ///
  /// @param acknowledged how many reports it said it had written
  /// @param reports how many are there
  /// @param isInMiddle whether something is there that it did not come to say
  private record Found(int acknowledged, int reports, boolean isInMiddle) {}

  /// Compares what a writer said with what is there.
  private static Found judge(
      Writer writer, List<TrialEntry> trials, RunDatabase database, long seed) throws IOException {
    int said = 0;
    int rows = 0;
    for (String line : lines(writer)) {
      if (line.startsWith("M")) {
        rows = Integer.parseInt(line.substring(1));
      } else {
        said = Integer.parseInt(line);
      }
    }
    List<Report> reports =
        trials.stream()
            .filter(trial -> trial.number() == writer.number)
            .findFirst()
            .map(TrialEntry::reports)
            .orElse(List.of());
    String which = "seed " + seed + ", writer " + writer.number + ", said " + said + "/" + rows;
    assertThat(reports.size()).as(which).isBetween(said, said + 1);
    for (int i = 0; i < reports.size(); i++) {
      assertThat(reports.get(i))
          .as(which)
          .isEqualTo(new Report(i + 1, StoreWriter.value(writer.number, i + 1)));
    }
    int metrics = database.runs().metrics(StoreWriter.run(writer.number)).size();
    assertThat(metrics).as(which).isIn(rows, rows + 10); // whole, and the newest or the one after
    return new Found(said, reports.size(), reports.size() > said || metrics > rows);
  }

  /// The whole lines that it said.
  private static List<String> lines(Writer writer) throws IOException {
    String text = Files.readString(writer.said);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  private static void kill(Writer writer, int micros) throws InterruptedException {
    TimeUnit.MICROSECONDS.sleep(micros);
    writer.process.destroyForcibly();
  }

  private static void awaitFirstWord(Writer writer) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (writer.process.isAlive() && Files.size(writer.said) == 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }
}
