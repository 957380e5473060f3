package ijen.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// All kernels give the same bits for every lane width and every set of vector instructions, in
/// JVMs of their own; and say what is missing where there are no vectors at all.
@Timeout(120)
class LanesTest {
  private static final String VECTORS = "--add-modules=jdk.incubator.vector";

  /// For JVMs that imitate vectors, or fused multiply-adds, in slow software.
  private static final int FEW = 2;

  /// So many rounds that all kernels are compiled to vector instructions on the way.
  private static final int MANY = 20;

  private static List<String> expected = List.of();

  @BeforeAll
  static void runWithPreferredLanes() throws IOException, InterruptedException {
    expected = digests(run(VECTORS, MANY));
    assertThat(expected).hasSize(2).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({"4, 20", "8, 2", "16, 2"})
  void lanesDoNotChangeBits(int lanes, int rounds) throws IOException, InterruptedException {
    List<String> lines = run("-Dijen.lanes=" + lanes, rounds);
    assertThat(lines).as("what the JVM says").anyMatch(line -> line.startsWith(lanes + " lanes"));
    assertThat(digests(lines)).isEqualTo(expectedFor(rounds));
  }

  /// Processors of another kind do not know some of these options, and ignore them.
  @ParameterizedTest
  @CsvSource({"MaxVectorSize=16, 20", "UseAVX=0, 2", "UseAVX=1, 20", "UseAVX=2, 20"})
  void instructionsDoNotChangeBits(String option, int rounds)
      throws IOException, InterruptedException {
    assertThat(digests(run("-XX:" + option, rounds))).isEqualTo(expectedFor(rounds));
  }

  @Test
  void unknownLanesAreRefused() throws IOException, InterruptedException {
    assertThat(run("-Dijen.lanes=5", FEW))
        .anyMatch(line -> line.contains("-Dijen.lanes: expected 4, 8 or 16, got '5'"));
  }

  @Test
  void withoutVectorModuleTheErrorNamesTheFlag() throws IOException, InterruptedException {
    assertThat(start("-ea", List.of(String.valueOf(FEW))))
        .anyMatch(line ->
            line.contains("IllegalStateException")
                && line.contains("--add-modules jdk.incubator.vector"));
  }

  private static List<String> expectedFor(int rounds) {
    return rounds == FEW ? expected.subList(0, 1) : expected;
  }

  private static List<String> digests(List<String> lines) {
    List<String> digests = new ArrayList<>();
    for (String line : lines) {
      if (line.contains(" rounds: ")) {
        digests.add(line.substring(line.indexOf(", ") + 2));
      }
    }
    assertThat(digests).as("digests in %s", lines).isNotEmpty();
    return digests;
  }

  private static List<String> run(String option, int rounds)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.add(String.valueOf(FEW));
    if (rounds > FEW) {
      arguments.add(String.valueOf(rounds));
    }
    return start(option, arguments, VECTORS);
  }

  /// What [KernelProgram] prints, line by line, in a JVM with these options.
  private static List<String> start(String option, List<String> arguments, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    command.add("-XX:-TieredCompilation"); // straight to vector instructions, the kernels soon
    command.add("-XX:-BackgroundCompilation");
    command.add("-XX:CompileCommand=CompileThresholdScaling,ijen.kernel.Float*::*,0.001");
    command.add(option);
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(
        place(Kernels.class) + System.getProperty("path.separator") + place(LanesTest.class));
    command.add(KernelProgram.class.getName());
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.lines().toList();
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
