package ijen.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.cli.CommandLines;
import ijen.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            Terminal.Colors.NONE,
            false,
            80);
    return CommandLines.run(
        terminal, () -> CommandLines.of(terminal, BenchCommand.commandLine(terminal)), arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void isOneOfTheCommands() {
    assertThat(run("--help")).isZero();
    assertThat(out())
        .containsPattern("bench +Measures how fast Ijen is here, beside other libraries\\.");
  }

  @ParameterizedTest
  @CsvSource({
    "bench --help",
    "bench kernels --help",
    "bench loading --help",
    "bench tuning --help",
    "help bench"
  })
  void hasHelpWithExamples(String words) {
    assertThat(run(words.split(" ", -1))).isZero();
    assertThat(out()).contains("Examples:\n  ijen bench");
    assertThat(out().lines()).allMatch(line -> line.length() <= 82, "fits a terminal");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      textBlock =
          """
          --workloads A,X     → --workloads: expected of A, B, C, D, E, F, G, H, got 'X'
          --peers torch,keras → --peers: expected of torch, numpy, djl, smile, got 'keras'
          --peers none,torch  → --peers: expected none or some, got none,torch
          --repetitions 0     → --repetitions: expected 1 or more, got 0
          --epochs 0          → --epochs: expected 1 or more, got 0
          --repetition 2      → unknown option '--repetition', did you mean '--repetitions'?
          """)
  void wrongUsageIsExplained(String arguments, String expected) {
    assertThat(run(("bench " + arguments).split(" ", -1))).isEqualTo(2);
    assertThat(err()).startsWith("ijen bench: " + expected);
    assertThat(out()).isEmpty();
  }

  @Test
  void loadingIsExplained(@TempDir Path folder) {
    assertThat(run("bench", "loading", "--repetitions", "0")).isEqualTo(2);
    assertThat(err()).contains("--repetitions: expected 1 or more, got 0");
    assertThat(run("bench", "loading", "--offline", "--data", folder.toString())).isEqualTo(1);
    assertThat(err()).contains("mnist: the files were not found", folder.toString());
  }

  @Test
  void tuningIsExplained() {
    assertThat(run("bench", "tuning", "--minutes", "0")).isEqualTo(2);
    assertThat(err()).contains("and a time, got --repetitions 5, --workers", "--minutes 0.0");
    assertThat(run("bench", "tuning", "no-such.yaml")).isEqualTo(1);
    assertThat(err()).contains("no-such.yaml");
    assertThat(run("bench", "tuning", "--strategy", "tbe")).isEqualTo(1);
    assertThat(err()).contains("tbe");
  }

  @Test
  void whatIsMissingIsSaidBeforeAnythingIsMeasured(@TempDir Path folder) throws Exception {
    assertThat(run("bench", "--offline", "--data", folder.toString())).isEqualTo(1);
    assertThat(err()).contains("fashion-mnist: the files were not found", folder.toString());
    Path page = Files.writeString(folder.resolve("page.md"), "nothing to fill in");
    assertThat(run("bench", "--update", page.toString())).isEqualTo(1);
    assertThat(err()).contains("page.md: expected the lines <!-- bench:begin -->");
    assertThat(run("bench", "kernels", "no such kernel")).isEqualTo(1);
    assertThat(err()).contains("'no such kernel' fits none of the");
  }
}
