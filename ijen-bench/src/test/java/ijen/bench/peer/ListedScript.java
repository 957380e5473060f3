package ijen.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.format.json.Json;
import ijen.format.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/// What scripts say of themselves, which asks for no PyTorch.
final class ListedScript {
  private ListedScript() {}

  /// The lines of `--list`; without a Python the test is left out.
  static List<JsonObject> of(String name, Path folder) throws Exception {
    Path script = folder.resolve(name);
    try (InputStream in = Participants.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(in, name), script);
    }
    Process process;
    try {
      process = new ProcessBuilder("python3", "-B", script.toString(), "--list").start();
    } catch (IOException none) {
      return Assumptions.abort("python3 is not installed: " + none.getMessage());
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String complaints = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(complaints).isZero();
    return Arrays.stream(said.split("\n", -1))
        .filter(line -> !line.isBlank())
        .map(line -> Json.object(line, name))
        .toList();
  }
}
