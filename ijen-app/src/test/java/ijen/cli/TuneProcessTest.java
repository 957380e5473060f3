package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.format.json.Json;
import ijen.format.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Searches in processes of their own, which are killed or stopped.
@Timeout(600)
class TuneProcessTest {
  /// `-Dijen.kills=20` kills more often than there is time for in a build.
  private static final int KILLS = Integer.getInteger("ijen.kills", 3);

  private static final Path RECIPE = Path.of("..", "recipes", "digits-search.yaml");

  @TempDir Path folder;

  private Process start(String runs, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-Dijen.kernels=" + System.getProperty("ijen.kernels", "vector"),
            "-cp",
            System.getProperty("java.class.path"),
            "ijen.cli.Main"));
    command.addAll(List.of(words(runs, more)));
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve("out.txt").toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .start();
  }

  private String[] words(String runs, String... more) {
    List<String> words = new ArrayList<>(List.of("tune", RECIPE.toString(), "--workers", "2"));
    words.addAll(List.of("--set", "train-size=400", "--set", "epochs=4"));
    words.addAll(List.of("--runs", folder.resolve(runs).toString()));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  /// All that is the same each time: numbers, configurations, states, values, reports.
  private static List<String> table(JsonObject search) {
    List<String> rows = new ArrayList<>();
    for (JsonObject trial : search.objects("table")) {
      var row = new java.util.LinkedHashMap<>(trial.asMap());
      assertThat(row.remove("seconds")).isNotNull();
      rows.add(Json.line(row));
    }
    return rows;
  }

  private JsonObject end(String runs) {
    return Ran.piped(words(runs, "--json")).well().json().getLast();
  }

  @Test
  void killedAtRandomMomentsItEndsInTheSameTable() throws Exception {
    List<String> whole = table(end("whole"));
    assertThat(whole).hasSize(24);
    long seed = Long.getLong("ijen.seed", 20261122);
    Random random = new Random(seed);
    List<Long> ended = new ArrayList<>();
    int inTheMiddle = 0;
    for (int attempt = 0; inTheMiddle < KILLS; attempt++) {
      assertThat(attempt).as("attempts; trials that had ended: %s", ended).isLessThan(4 * KILLS);
      String runs = "killed-" + attempt;
      Process process = start(runs);
      awaitLine(process, random.nextInt(20));
      TimeUnit.MICROSECONDS.sleep(random.nextInt(200_000));
      process.destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      long trials = lines();
      ended.add(trials);
      inTheMiddle += trials < 24 ? 1 : 0;

      JsonObject resumed = end(runs);
      assertThat(table(resumed))
          .as("seed %d, attempt %d, killed after %d trials", seed, attempt, trials)
          .isEqualTo(whole);
      try (Stream<Path> studies = Files.list(folder.resolve(runs).resolve("studies"))) {
        assertThat(studies).hasSize(1);
      }
    }
  }

  /// How many trials have told that they ended.
  private long lines() throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("out.txt"))) {
      return lines.filter(line -> line.matches(" +\\d+  (complete|pruned  ) .*")).count();
    }
  }

  private void awaitLine(Process process, int count) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (process.isAlive() && System.nanoTime() < end && lines() < count) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
  void stoppedByASignalItSaysHowToGoOn() throws Exception {
    Process process = start("runs", "--trials", "5000");
    awaitLine(process, 3);
    new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    String out = Files.readString(folder.resolve("out.txt"));
    assertThat(out)
        .containsPattern("\nStopped; \\d+ of 5000 trials are kept. To go on:\n  ./ijen tune \\S+")
        .containsPattern("\nbest     validation accuracy 0\\.\\d{4} by trial \\d+\n")
        .contains("--trials 5000", "--runs " + folder.resolve("runs"));
    assertThat(Files.readString(folder.resolve("err.txt"))).contains("stopping after this step");
    JsonObject resumed = end("runs");
    assertThat(resumed.truth("stopped")).isFalse();
    assertThat(table(resumed)).isEqualTo(table(end("whole")));
  }
}
