package ijen.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.format.json.Json;
import ijen.format.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
  @TempDir Path temp;

  @Test
  void itSaysWhereItRuns() {
    JsonObject json =
        Json.object(
            Json.pretty(Environment.capture(temp, Map.of("threads", 3))), "environment.json");
    assertThat(Instant.parse(json.string("captured"))).isBeforeOrEqualTo(Instant.now());
    assertThat(json.object("java").string("version")).startsWith("" + Runtime.version().feature());
    assertThat(json.object("java").has("flags")).isTrue();
    assertThat(json.string("os")).contains(System.getProperty("os.name"));
    assertThat(json.string("cpu")).isNotBlank();
    assertThat(json.integer("processors")).isPositive();
    assertThat(json.whole("memoryBytes")).isGreaterThan(1L << 26);
    assertThat(json.whole("heapBytes")).isPositive();
    assertThat(json.string("ijen")).isNotBlank();
    assertThat(json.integer("threads")).isEqualTo(3);
  }

  @Test
  void theRevisionIsThatOfTheWorkingDirectory() throws IOException {
    String commit = "0123456789abcdef0123456789abcdef01234567";
    Files.createDirectories(temp.resolve(".git"));
    assertThat(Environment.capture(temp, Map.of())).doesNotContainKey("git");
    Files.writeString(temp.resolve(".git/HEAD"), commit + "\n");
    assertThat(Environment.capture(temp, Map.of()))
        .containsEntry("git", Map.of("commit", commit, "branch", ""));
  }

  @Test
  void ownKeysAreNotOverwritten() {
    assertThatThrownBy(() -> Environment.capture(temp, Map.of("cpu", "fast")))
        .hasMessageContaining("'cpu' is found out here");
  }

  @Test
  void onlyFlagsThatMatterAreKept() {
    assertThat(
            Environment.flags(
                List.of(
                    "-Xmx4g",
                    "-XX:UseAVX=2",
                    "-Dpassword=secret",
                    "-Dijen.kernels=reference",
                    "--add-modules=jdk.incubator.vector",
                    "-javaagent:x.jar")))
        .containsExactly(
            "-Xmx4g",
            "-XX:UseAVX=2",
            "-Dijen.kernels=reference",
            "--add-modules=jdk.incubator.vector");
  }

  @Test
  void theProcessorIsReadFromItsFile() throws IOException {
    Path file = temp.resolve("cpuinfo");
    Files.writeString(file, "processor\t: 0\nmodel\t\t: 17\nmodel name\t: Some  CPU @ 3.00GHz\n");
    assertThat(Environment.cpuOf(file)).hasValue("Some CPU @ 3.00GHz");
    Files.writeString(file, "processor\t: 0\nBogoMIPS\t: 50.00\n");
    assertThat(Environment.cpuOf(file)).isEmpty();
    assertThat(Environment.cpuOf(temp.resolve("none"))).isEmpty();
  }
}
