package ijen.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A Python that has a library, where there is one.
public final class PythonTool {
  private PythonTool() {}

  /// The first Python in which `library` can be imported.
  public static Optional<String> having(String library) throws IOException, InterruptedException {
    for (String python : List.of("python3", "/usr/bin/python3")) {
      try {
        if (run(List.of(python, "-c", "import " + library)).code == 0) {
          return Optional.of(python);
        }
      } catch (IOException none) {
        // there is no such program: the next one may be there
      }
    }
    return Optional.empty();
  }

  /// How a program ended, and what it said.
  public record Ended(int code, String output) {}

  /// Runs a Python program with arguments, for a minute at most.
  public static Ended run(String python, String program, List<Path> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(python, "-c", program));
    arguments.forEach(path -> command.add(path.toString()));
    return run(command);
  }

  private static Ended run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException(command.getFirst() + " did not end within a minute: " + output);
    }
    return new Ended(process.exitValue(), output);
  }
}
