package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The program in a process where SQLite's library cannot be loaded.
@Timeout(120)
class RunStoreProcessTest {
  @TempDir Path folder;

  private String said(List<String> options, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "ijen.cli.Main"));
    command.addAll(List.of(words));
    command.addAll(List.of("--runs", folder.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  @Test
  void withoutTheLibraryTrainingAndListingGoOn() throws Exception {
    List<String> noLibrary = List.of("-Dorg.sqlite.tmpdir=" + folder.resolve("none"));
    List<String> compute = new ArrayList<>(noLibrary);
    compute.add("--add-modules=jdk.incubator.vector");
    String trained =
        said(compute, "train", "--data", "moons", "--train-size", "64", "--epochs", "1");
    assertThat(trained.lines().filter(line -> line.contains("SQLite")))
        .singleElement()
        .satisfies(line ->
            assertThat(line)
                .startsWith("the run is in its folder, but not in the database of runs: ")
                .contains("SQLite's library cannot be loaded on this machine"));
    assertThat(trained).contains("report    ");
    assertThat(folder.resolve("runs.db")).doesNotExist();
    String listed = said(noLibrary, "runs");
    assertThat(listed).contains("SQLite's library cannot be loaded", "moons", "finished");
    assertThat(said(List.of(), "runs").lines())
        .as("nothing warns of native access")
        .hasSize(2)
        .last()
        .satisfies(line -> assertThat(line).contains("finished"));
  }
}
