package ijen.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where a run takes place: the content of `environment.json`.
///
/// | key | value |
/// |---|---|
/// | `captured` | the moment, in UTC |
/// | `ijen` | Ijen's version, `development` when it does not run from its jar |
/// | `git` | `commit` and `branch` of the working directory's repository, if it is in one |
/// | `java` | `version`, `vendor`, `vm` and the `flags` that change how it computes |
/// | `os`, `architecture`, `cpu`, `processors` | the machine; `processors` is how many the JVM may use |
/// | `memoryBytes`, `heapBytes` | the machine's memory and the most that the JVM takes of it |
///
/// and whatever the caller adds: threads, kernels, lanes, checksums of data.
public final class Environment {
  private static final long PATIENCE_MILLIS = 2000;

  private Environment() {}

  /// What can be found out now, with `more` behind it.
  ///
  /// `workingDirectory` is where the git repository is looked for. Nothing here fails: what cannot
  /// be found out is `unknown` or left out.
  ///
  /// @throws IllegalArgumentException if `more` has a key of the table above
  public static Map<String, @Nullable Object> capture(Path workingDirectory, Map<String, ?> more) {
    Map<String, @Nullable Object> found = new LinkedHashMap<>();
    found.put("captured", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    found.put("ijen", ijenVersion());
    GitRevision.of(workingDirectory)
        .ifPresent(
            git -> found.put("git", ordered("commit", git.commit(), "branch", git.branch())));
    found.put("java", java());
    found.put("os", property("os.name") + " " + property("os.version"));
    found.put("architecture", property("os.arch"));
    found.put("cpu", cpu());
    found.put("processors", Runtime.getRuntime().availableProcessors());
    memory().ifPresent(bytes -> found.put("memoryBytes", bytes));
    found.put("heapBytes", Runtime.getRuntime().maxMemory());
    more.forEach((key, value) -> {
      if (found.containsKey(key)) {
        throw new IllegalArgumentException(
            "environment: '%s' is found out here, choose another key".formatted(key));
      }
      found.put(key, value);
    });
    return found;
  }

  /// Ijen's version as its jar names it; `development` where it runs from class files.
  public static String ijenVersion() {
    String place = "/META-INF/maven/org.ijen/ijen-lab/pom.properties";
    try (InputStream in = Environment.class.getResourceAsStream(place)) {
      if (in == null) {
        return "development";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "development");
    } catch (IOException unreadable) {
      return "development";
    }
  }

  private static Map<String, @Nullable Object> java() {
    Map<String, @Nullable Object> java =
        ordered(
            "version", property("java.runtime.version"),
            "vendor", property("java.vendor"),
            "vm", property("java.vm.name"));
    java.put("flags", flags(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    return java;
  }

  /// Of the JVM's arguments those that choose how it computes. System properties of others stay
  /// out: they may hold anything, secrets too.
  static List<String> flags(List<String> arguments) {
    return arguments.stream()
        .filter(flag ->
            flag.startsWith("-X")
                || flag.startsWith("-Dijen.")
                || flag.startsWith("--add-modules")
                || flag.startsWith("-ea")
                || flag.startsWith("-enableassertions"))
        .toList();
  }

  private static Optional<Long> memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? Optional.of(system.getTotalMemorySize())
        : Optional.empty();
  }

  private static String cpu() {
    String os = property("os.name");
    Optional<String> model = Optional.empty();
    if (Files.isReadable(Path.of("/proc/cpuinfo"))) {
      model = cpuOf(Path.of("/proc/cpuinfo"));
    } else if (os.startsWith("Windows")) {
      model = Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER"));
    } else {
      model =
          firstLineOf(
              "sysctl", "-n", os.startsWith("Mac") ? "machdep.cpu.brand_string" : "hw.model");
    }
    return model.filter(name -> !name.isBlank()).orElse("unknown");
  }

  /// The model in a file of the form of Linux's `/proc/cpuinfo`.
  static Optional<String> cpuOf(Path cpuinfo) {
    try (BufferedReader lines = Files.newBufferedReader(cpuinfo, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int colon = line.indexOf(':');
        if (colon > 0 && line.substring(0, colon).strip().equalsIgnoreCase("model name")) {
          return Optional.of(line.substring(colon + 1).strip().replaceAll("\\s+", " "));
        }
      }
    } catch (IOException unreadable) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /// What a command says, if it ends soon and well.
  private static Optional<String> firstLineOf(String... command) {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException noSuchCommand) {
      return Optional.empty();
    }
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      // It says one short line, so it does not wait for a reader.
      if (process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) && process.exitValue() == 0) {
        return Optional.ofNullable(out.readLine());
      }
    } catch (IOException unreadable) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
    return Optional.empty();
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private static Map<String, @Nullable Object> ordered(String... keysAndValues) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
