package ijen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.format.json.JsonObject;
import ijen.metric.Score;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
  @TempDir Path temp;

  private static EpochRow row(int epoch, double loss) {
    return new EpochRow(
        epoch, 10L * epoch, 0.5, 0.1, Map.of(RunResult.TRAIN, new Score(loss, Double.NaN, 100)));
  }

  @Test
  void linesComeBackAsWritten() throws IOException {
    Path file = temp.resolve("m.jsonl");
    assertThat(MetricsLog.read(file)).isEmpty();
    try (MetricsLog log = MetricsLog.open(file)) {
      log.append(row(1, 0.7));
      log.append(Map.of("event", "note", "text", "a line\nbreak and ünïcode 👕"));
      log.append(row(2, Double.NaN));
      log.append(row(3, Double.POSITIVE_INFINITY));
    }
    assertThat(Files.readString(file).lines()).hasSize(4);
    assertThat(MetricsLog.epochs(file))
        .containsExactly(row(1, 0.7), row(2, Double.NaN), row(3, Double.POSITIVE_INFINITY));
    assertThat(MetricsLog.read(file).get(1).string("text"))
        .isEqualTo("a line\nbreak and ünïcode 👕");
  }

  @Test
  void allOfARowComesBack() throws IOException {
    Path file = temp.resolve("m.jsonl");
    EpochRow full =
        new EpochRow(
            7,
            1L << 40,
            1.25,
            1e-3,
            Map.of("train", new Score(0.1, 0.9, 60000), "test", new Score(-0.0, 1, 1)));
    EpochRow bare = new EpochRow(8, 0, 0, null, Map.of());
    try (MetricsLog log = MetricsLog.open(file)) {
      log.append(full);
      log.append(bare);
    }
    assertThat(MetricsLog.epochs(file)).containsExactly(full, bare);
  }

  /// Cuts a file at every byte, as a crash may, then reads it and goes on.
  @Test
  void aTornLineIsLeftOutAndThenCutOff() throws IOException {
    Path file = temp.resolve("m.jsonl");
    try (MetricsLog log = MetricsLog.open(file)) {
      log.append(row(1, 0.7));
      log.append(Map.of("text", "ü"));
      log.append(row(2, 0.6));
    }
    byte[] whole = Files.readAllBytes(file);
    for (int cut = 0; cut <= whole.length; cut++) {
      byte[] torn = Arrays.copyOf(whole, cut);
      Files.write(file, torn);
      long lines =
          new String(torn, StandardCharsets.ISO_8859_1).chars().filter(c -> c == '\n').count();
      assertThat(MetricsLog.read(file)).as("cut at %d", cut).hasSize((int) lines);
      try (MetricsLog log = MetricsLog.open(file)) {
        log.append(row(9, 0.1));
      }
      List<JsonObject> after = MetricsLog.read(file);
      assertThat(after).as("cut at %d", cut).hasSize((int) lines + 1);
      assertThat(after.getLast().integer("epoch")).isEqualTo(9);
    }
  }

  @Test
  void aLongTornLineIsCutOffToo() throws IOException {
    Path file = temp.resolve("m.jsonl");
    Files.writeString(file, "{\"a\":1}\n" + "x".repeat(50_000));
    MetricsLog.open(file).close();
    assertThat(Files.readString(file)).isEqualTo("{\"a\":1}\n");
    Files.writeString(file, "x".repeat(50_000));
    MetricsLog.open(file).close();
    assertThat(file).isEmptyFile();
  }

  @Test
  void aBrokenLineInTheMiddleIsNamed() throws IOException {
    Path file = temp.resolve("m.jsonl");
    Files.writeString(file, "{\"a\":1}\n\n{\"a\":\n{\"a\":2}\n");
    assertThatThrownBy(() -> MetricsLog.read(file)).hasMessageContaining("m.jsonl line 3");
    Files.writeString(
        file, "{\"event\":\"epoch\",\"epoch\":0,\"step\":1,\"seconds\":1,\"scores\":{}}\n");
    assertThatThrownBy(() -> MetricsLog.epochs(file))
        .hasMessageContaining("m.jsonl line 1")
        .hasMessageContaining("'epoch': expected a whole number from 1");
  }

  @Test
  void anEpochMeasuredAgainCountsOnce() throws IOException {
    Path file = temp.resolve("m.jsonl");
    try (MetricsLog log = MetricsLog.open(file)) {
      log.append(row(1, 0.7));
      log.append(row(2, 0.6));
      log.append(row(2, 0.5));
      log.append(row(3, 0.4));
    }
    assertThat(MetricsLog.epochs(file)).containsExactly(row(1, 0.7), row(2, 0.5), row(3, 0.4));
  }

  @Test
  void threadsDoNotMixTheirLines() throws Exception {
    Path file = temp.resolve("m.jsonl");
    try (MetricsLog log = MetricsLog.open(file)) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int thread = t;
        threads.add(
            Thread.ofPlatform()
                .start(() -> {
                  for (int i = 0; i < 100; i++) {
                    try {
                      log.append(Map.of("thread", thread, "i", i, "text", "x".repeat(i)));
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(MetricsLog.read(file)).hasSize(400);
  }
}
