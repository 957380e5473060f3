package ijen.cli;

import ijen.format.json.Json;
import ijen.format.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A command that was run within the test.
///
/// @param code its exit code
/// @param out what it said
/// @param err what it said besides
record Ran(int code, String out, String err) {
  /// Runs a command as if its output went into a pipe.
  static Ran piped(String... arguments) {
    return on(false, Terminal.Colors.NONE, 80, arguments);
  }

  /// Runs a command as if a person sat before it.
  static Ran on(boolean interactive, Terminal.Colors colors, int width, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            interactive,
            colors,
            interactive,
            width);
    int code = CommandLines.run(terminal, arguments);
    return new Ran(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// The same, if it went well.
  Ran well() {
    if (code != 0 || !err.isEmpty()) {
      throw new AssertionError("exit code " + code + "\n" + out + "\n" + err);
    }
    return this;
  }

  /// The output as JSON objects, one a line.
  List<JsonObject> json() {
    return out.lines().map(line -> Json.object(line, "output")).toList();
  }
}
