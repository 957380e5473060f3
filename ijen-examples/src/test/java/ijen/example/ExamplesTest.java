package ijen.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ijen.data.Digits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs every example as a user would, and looks at what it prints.
class ExamplesTest {

  static List<String> examples() throws IOException {
    Path folder = Repository.root().resolve("ijen-examples/src/main/java/ijen/example");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("E\\d\\d\\w+\\.java"))
          .map(name -> name.replace(".java", ""))
          .sorted()
          .toList();
    }
  }

  @Test
  void areNumberedWithoutGapsAndShort() throws IOException {
    List<String> names = examples();
    assertThat(names).hasSizeGreaterThanOrEqualTo(8);
    for (int i = 0; i < names.size(); i++) {
      assertThat(names.get(i)).startsWith("E%02d".formatted(i + 1));
      assertThat(source(names.get(i)).lines().count()).as(names.get(i)).isLessThan(80);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void prints(String example) throws Exception {
    String printed = run(example);
    switch (example) {
      case "E01Digits" -> {
        assertThat(number("accuracy", printed)).isGreaterThan(0.97);
        assertThat(printed).contains("This is a " + Digits.test().label(0) + ":").contains("█");
        assertThat(readmeOutputs())
            .as("what the README says that it prints")
            .contains(tidy(printed));
      }
      case "E02OwnLayer" -> {
        assertThat(number("accuracy", printed)).isGreaterThan(0.98);
        assertThat(printed).containsPattern("layer2 .* 1,056\\R").containsPattern("total .* 2,274");
      }
      case "E03GradientByHand" -> {
        double backward = number("backward", printed);
        assertThat(Math.abs(backward)).isGreaterThan(0.01);
        assertThat(number("forward", printed)).isCloseTo(backward, within(2e-9));
        assertThat(number("difference", printed)).isCloseTo(backward, within(1e-8));
      }
      case "E04OwnTrainingLoop" -> {
        List<String> epochs = printed.lines().toList();
        assertThat(epochs).hasSize(5);
        double first = number("training loss", epochs.getFirst());
        assertThat(number("training loss", epochs.getLast())).isLessThan(first / 4);
        assertThat(number("accuracy", epochs.getLast())).isGreaterThan(0.9);
      }
      case "E05OwnOp" -> assertThat(number("accuracy", printed)).isGreaterThan(0.98);
      case "E06Toys" -> {
        assertThat(number("accuracy", printed)).isGreaterThan(0.98);
        List<String> picture = printed.lines().skip(1).toList();
        assertThat(picture).hasSize(21).allMatch(line -> line.length() == 61);
        assertThat(String.join("", picture)).contains("o", "x", "·", "█");
      }
      case "E07Resume" -> {
        List<String> hashes =
            printed.lines().map(line -> line.substring(line.indexOf(": ") + 2).strip()).toList();
        assertThat(hashes).hasSize(3).allMatch(hash -> hash.matches("[0-9a-f]{64}"));
        assertThat(hashes.get(2)).isEqualTo(hashes.get(0)).isNotEqualTo(hashes.get(1));
        assertThat(printed).contains("after step 21");
      }
      case "E08OwnOptimizer" -> assertThat(number("accuracy", printed)).isGreaterThan(0.9);
      case "E09Convolutions" -> {
        assertThat(printed).contains("conv2          [batch, 16, 10, 10]");
        assertThat(number("accuracy", printed.lines().toList().getLast())).isGreaterThan(0.97);
      }
      case "E10Files" -> {
        assertThat(number("accuracy", printed)).isGreaterThan(0.9);
        String trained = printed.lines().toList().get(1).substring("trained".length());
        assertThat(printed).contains("\nthrough ONNX" + trained + "\n");
        assertThat(Documents.outputs("docs/formats.md").stream().map(ExamplesTest::tidy))
            .contains(tidy(printed));
      }
      case "E11Tuning" -> {
        assertThat(number("COMPLETE", printed) + number("PRUNED", printed)).isGreaterThan(30);
        assertThat(number("PRUNED", printed)).isGreaterThan(5);
        assertThat(number("RUNNING", printed)).isZero();
        assertThat(number("rate", printed)).isBetween(1.0, 100.0);
        assertThat(number("best", printed)).isLessThan(0.3);
        assertThat(number("accuracy", printed)).isGreaterThan(0.9);
      }
      default -> throw new AssertionError("say here what " + example + " has to print");
    }
  }

  /// The op of E05 does not only train: its rules are those of its formula.
  @Test
  void ownOpIsDifferentiatedRight() {
    OpCheck.backwardAndForwardAgreeWithDifferences(new E05OwnOp.Bell());
  }

  private static String run(String example) throws Exception {
    Method main = Class.forName("ijen.example." + example).getDeclaredMethod("main");
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      main.invoke(null);
    } finally {
      System.setOut(console);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static List<String> readmeOutputs() {
    return Documents.outputs("README.md").stream().map(ExamplesTest::tidy).toList();
  }

  private static String tidy(String printed) {
    return printed.lines().map(String::stripTrailing).collect(Collectors.joining("\n")).strip();
  }

  /// The first number after `name` in what was printed.
  private static double number(String name, String printed) {
    Matcher found = Pattern.compile(name + "\\s+(-?[0-9.]+)").matcher(printed);
    assertThat(found.find()).as("%s in %s", name, printed).isTrue();
    return Double.parseDouble(found.group(1));
  }

  private static String source(String example) throws IOException {
    return Files.readString(
        Repository.root().resolve("ijen-examples/src/main/java/ijen/example/" + example + ".java"));
  }
}
