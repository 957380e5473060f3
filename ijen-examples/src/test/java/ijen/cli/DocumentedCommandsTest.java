package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ijen.bench.BenchCommand;
import ijen.example.Documents;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// Every `./ijen …` in the documents is a command that the program understands.
class DocumentedCommandsTest {

  static List<String> commands() {
    return Documents.commands("./ijen").stream()
        .filter(command -> !command.equals("./ijen --java-home")) // answered by the launcher
        .toList();
  }

  @Test
  void thereAreSome() {
    assertThat(commands()).hasSizeGreaterThan(10).contains("./ijen train");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void isUnderstood(String command) {
    List<String> words = words(command);
    if (words.size() == 2 && !words.get(1).startsWith("-")) { // perhaps only its name is mentioned
      assertThat(parser().getSubcommands()).containsKey(words.get(1));
      return;
    }
    String[] arguments = words.subList(1, words.size()).toArray(String[]::new);
    assertThatCode(() -> parser().parseArgs(arguments)).as(command).doesNotThrowAnyException();
    for (String word : words) {
      if (word.startsWith("recipes/")) {
        assertThat(Documents.root().resolve(word)).as(command).exists();
      }
    }
  }

  /// The words as a shell takes them apart: those between two `'` are one.
  private static List<String> words(String command) {
    return Pattern.compile("(?:[^ ']|'[^']*')+")
        .matcher(command)
        .results()
        .map(word -> word.group().replace("'", ""))
        .toList();
  }

  /// What the README shows of a training is what one prints, but for names and times.
  @Test
  void trainPrintsWhatTheReadmeShows(@TempDir Path folder) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    Terminal terminal = Terminal.of(out, out, false, "UTF-8", Map.of());
    assertThat(CommandLines.run(terminal, "train", "--runs", folder.toString())).isZero();
    String shown =
        Documents.outputs("README.md").stream()
            .filter(output -> output.startsWith("run "))
            .findFirst()
            .orElseThrow();
    assertThat(timeless(shown)).isEqualTo(timeless(printed.toString(StandardCharsets.UTF_8)));
  }

  private static String timeless(String output) {
    return output
        .lines()
        .filter(line -> !line.matches("(run|time|report) .*"))
        .map(line -> line.replaceFirst("\\d+ threads?$", "N threads"))
        .map(line ->
            line.replaceFirst("^( +\\d+(?: +0\\.\\d+){4}) .*", "$1")) // an epoch without its times
        .collect(Collectors.joining("\n"))
        .strip();
  }

  /// The test of commands can fail.
  @Test
  void wrongOnesAreNot() {
    for (String wrong :
        List.of("trian", "train --hiden 3", "data lst", "train --epochs", "bench --quik")) {
      assertThatCode(() -> parser().parseArgs(wrong.split(" ")))
          .as(wrong)
          .isInstanceOf(CommandLine.ParameterException.class);
    }
  }

  private static CommandLine parser() {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Terminal terminal = Terminal.of(nowhere, nowhere, false, "UTF-8", Map.of());
    return CommandLines.of(terminal, BenchCommand.commandLine(terminal));
  }
}
