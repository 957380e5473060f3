package ijen.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the README promises: a training gives the same θ whatever the width of the machine's
/// vectors. The example that prints θ's SHA-256 runs in a JVM for each width; within one it also
/// varies the threads.
class SameBitsTest {
  @TempDir Path folder;

  @Test
  void anyNumberOfLanesGivesTheSameTheta() throws Exception {
    Map<String, String> printed = new LinkedHashMap<>();
    for (String lanes : List.of("4", "8", "16")) {
      printed.put(lanes, run("-Dijen.lanes=" + lanes));
    }
    assertThat(printed.get("4")).contains("in one go: ").containsPattern("[0-9a-f]{64}");
    assertThat(printed.values().stream().distinct()).as("%s", printed).hasSize(1);
  }

  private String run(String option) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    // From this test's own directory class path entries may be relative; the child has another one.
    String classPath =
        String.join(
            File.pathSeparator,
            List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .toList());
    Process child =
        new ProcessBuilder(
                java.toString(),
                "--add-modules=jdk.incubator.vector",
                option,
                "-cp",
                classPath,
                E07Resume.class.getName())
            .directory(folder.toFile())
            .redirectError(folder.resolve("errors.txt").toFile())
            .start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = child.waitFor();
    assertThat(code).as("%s: %s", option, Files.readString(folder.resolve("errors.txt"))).isZero();
    return output;
  }
}
