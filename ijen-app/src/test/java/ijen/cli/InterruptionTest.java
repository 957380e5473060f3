package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.format.json.JsonObject;
import ijen.train.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Trainings in processes of their own, which are stopped or killed.
@Timeout(300)
class InterruptionTest {
  private static final int KILLS = 20;

  @TempDir Path folder;

  private static List<String> training(String... more) {
    String tiny =
        "train --train-size 200 --test-size 20 --hidden 6 --dropout 0.2 --optimizer adam --batch 5"
            + " --validation 0.1 --threads 2 --checkpoint-every 2";
    List<String> words = new ArrayList<>(List.of(tiny.split(" ")));
    words.addAll(List.of(more));
    return words;
  }

  /// A JVM that starts and works with little effort.
  private Process start(Path runs, List<String> words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "--add-modules=jdk.incubator.vector",
            "-Dijen.kernels=" + System.getProperty("ijen.kernels", "vector"),
            "-cp",
            System.getProperty("java.class.path"),
            "ijen.cli.Main"));
    command.addAll(words);
    command.addAll(List.of("--runs", runs.toString()));
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve("out.txt").toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .start();
  }

  private static Path run(Path runs) throws IOException {
    try (Stream<Path> all = Files.list(runs)) {
      return all.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  private static JsonObject shown(Path runs) {
    return Ran.piped("runs", "show", "--json", "--runs", runs.toString()).well().json().getFirst();
  }

  private static String whole(Path runs, int epochs) {
    List<String> words = training("--json", "--epochs", "" + epochs, "--runs", runs.toString());
    return Ran.piped(words.toArray(String[]::new)).well().json().getLast().string("thetaSha256");
  }

  @Test
  void killedAtRandomPointsItGoesOnToTheSameBits() throws Exception {
    int epochs = 4; // of 36 steps
    String expected = whole(folder.resolve("whole"), epochs);
    long seed = Long.getLong("ijen.seed", 20261121);
    Random random = new Random(seed);
    int inTheMiddle = 0;
    List<Long> steps = new ArrayList<>();
    for (int attempt = 0; inTheMiddle < KILLS; attempt++) {
      assertThat(attempt).as("attempts; steps reached: %s", steps).isLessThan(3 * KILLS);
      Path runs = folder.resolve("killed-" + attempt);
      Process process = start(runs, training("--epochs", "" + epochs));
      // Every fifth is killed at any time after its folder is there, the others after a checkpoint.
      boolean early = attempt % 5 == 4;
      await(process, runs, early ? "config.json" : "checkpoints/last.safetensors");
      TimeUnit.MICROSECONDS.sleep(random.nextInt(early ? 100_000 : 700_000));
      process.destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      Path run = run(runs);
      inTheMiddle += Files.exists(run.resolve("result.json")) ? 0 : 1;
      long step = reached(run);
      steps.add(step);

      Ran resumed = Ran.piped("train", "--resume", "--json", "--runs", runs.toString()).well();
      assertThat(resumed.json().getLast().string("thetaSha256"))
          .as("seed %d, attempt %d, newest checkpoint after step %d", seed, attempt, step)
          .isEqualTo(expected);
      List<Integer> measured = new ArrayList<>();
      for (JsonObject line : shown(runs).objects("metrics")) {
        if (line.string("event").equals("epoch")) {
          measured.add(line.integer("epoch"));
        }
      }
      assertThat(measured)
          .as("seed %d, attempt %d: every epoch is measured once", seed, attempt)
          .containsExactlyElementsOf(IntStream.rangeClosed(1, epochs).boxed().toList());
    }
    assertThat(steps.stream().distinct().count()).as("%s", steps).isGreaterThan(8);
  }

  /// The step of the newest checkpoint; 0 if there is none yet.
  private static long reached(Path run) throws IOException {
    Path last = run.resolve("checkpoints").resolve("last.safetensors");
    if (!Files.exists(last)) {
      return 0;
    }
    Checkpoint checkpoint = Checkpoint.read(last);
    return 36L * checkpoint.epoch() + checkpoint.stepInEpoch();
  }

  private static void await(Process process, Path runs, String file) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (process.isAlive() && System.nanoTime() < end) {
      if (Files.isDirectory(runs)) {
        try (Stream<Path> all = Files.list(runs)) {
          if (all.anyMatch(run -> Files.exists(run.resolve(file)))) {
            return;
          }
        }
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
  void stoppedByASignalItSaysHowToGoOn() throws Exception {
    boolean interruptible = !ignoresInterrupts();
    Path runs = folder.resolve("runs");
    Process process = start(runs, training("--epochs", "100000", "--checkpoint-every", "60s"));
    await(process, runs, "checkpoints/last.safetensors"); // of the first epoch
    String signal = interruptible ? "INT" : "TERM";
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(interruptible ? 130 : 143);

    String out = Files.readString(folder.resolve("out.txt"));
    String id = run(runs).getFileName().toString();
    assertThat(out).contains("a checkpoint is written.", "./ijen train --resume " + run(runs));
    assertThat(Files.readString(folder.resolve("err.txt"))).contains("stopping after this step");
    JsonObject stopped = shown(runs);
    assertThat(stopped.string("status")).isEqualTo("interrupted");
    assertThat(run(runs).resolve("report.html")).isNotEmptyFile();
    int epochs = stopped.integer("epochs") + 1;
    Ran resumed =
        Ran.piped("train", "--resume", id, "--json", "--epochs", "" + epochs, "--runs", "" + runs);
    assertThat(resumed.well().json().getLast().string("thetaSha256"))
        .isEqualTo(whole(folder.resolve("whole"), epochs));
    assertThat(shown(runs).string("status")).isEqualTo("finished");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
  void aStudyStopsWithoutAHalfResult() throws Exception {
    boolean interruptible = !ignoresInterrupts();
    Path recipe = folder.resolve("long.yaml");
    Files.writeString(
        recipe,
        "train-size: 200\ntest-size: 20\nvariants: {a: {epochs: 1}, b: {epochs: 100000}}\n");
    Path runs = folder.resolve("runs");
    Process process = start(runs, List.of("reproduce", recipe.toString(), "--threads", "2"));
    Path out = folder.resolve("out.txt");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (process.isAlive()
        && System.nanoTime() < end
        && !Files.readString(out).contains("5/10")) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    String signal = interruptible ? "INT" : "TERM";
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(interruptible ? 130 : 143);
    assertThat(Files.readString(out))
        .contains("5/10  a  seed ")
        .endsWith("Stopped; the trainings that had ended stay.\n");
    assertThat(Files.readString(folder.resolve("err.txt"))).contains("stopping after this step");
    Path study = run(runs.resolve("studies"));
    assertThat(study.resolve("study.json")).doesNotExist();
    try (Stream<Path> all = Files.list(study)) {
      assertThat(all).hasSize(7); // five that ended, two that were stopped
    }
  }

  /// Whether this process, and so its children, ignores Ctrl-C, as behind `&` in a shell script.
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("SigIgn:")) {
        return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0;
      }
    }
    return false;
  }
}
