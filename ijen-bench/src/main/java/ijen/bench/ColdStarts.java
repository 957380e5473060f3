package ijen.bench;

import ijen.bench.report.Results.ColdStart;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Times whole programs from the moment in which their process is started, as a user meets them: by
/// the launcher, with its build and its cache of classes there.
final class ColdStarts {
  private static final int STARTS = 5;
  private static final long PATIENCE_MILLIS = 60_000;

  private final Path home;
  private final Path runs;
  private final List<String> train;

  /// @param home the folder of the launcher
  /// @param folder where runs may be left
  /// @param data further options of `train`, that say where the data are
  ColdStarts(Path home, Path folder, List<String> data) {
    this.home = home;
    this.runs = folder.resolve("runs");
    this.train = new ArrayList<>(List.of("train", "--data", "fashion-mnist"));
    train.addAll(data);
    // One step. The files are read whole all the same; of the result only the start is of interest.
    train.addAll(List.of("--train-size", "64", "--test-size", "64", "--batch", "64"));
    train.addAll(List.of("--epochs", "1", "--json", "--runs", runs.toString()));
  }

  /// The first starts are not counted: they build what is out of date, and the caches.
  ColdStart measure() throws IOException, InterruptedException {
    time(List.of("--help"), line -> false);
    time(train, line -> false);
    awaitCaches();
    List<Double> help = new ArrayList<>();
    List<Double> first = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      help.add(time(List.of("--help"), line -> false));
      first.add(time(train, line -> line.contains("\"event\":\"epoch\"")));
    }
    return new ColdStart(help, first);
  }

  /// Seconds until a line that is waited for, or else the end.
  private double time(List<String> words, Predicate<String> awaited)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("ijen").toString()));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    long start = System.nanoTime();
    long met = 0;
    Process process = builder.start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      process.getOutputStream().close();
      String last = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
        if (met == 0 && awaited.test(line)) {
          met = System.nanoTime();
        }
      }
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(
            "%s ended with exit code %d; it last said: %s"
                .formatted(String.join(" ", command), code, last));
      }
      return ((met == 0 ? System.nanoTime() : met) - start) * 1e-9;
    } finally {
      process.destroyForcibly();
    }
  }

  /// The launcher makes its caches in the background.
  private void awaitCaches() throws IOException, InterruptedException {
    Path builds = home.resolve("target").resolve("ijen");
    Path build = builds.resolve(Files.readString(builds.resolve("current")).strip());
    for (long waited = 0; waited < PATIENCE_MILLIS && caches(build) < 2; waited += 200) {
      Thread.sleep(200);
    }
  }

  private static long caches(Path build) throws IOException {
    try (Stream<Path> files = Files.list(build)) {
      return files.filter(file -> file.toString().endsWith(".aot")).count();
    }
  }
}
