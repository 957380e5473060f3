package ijen.bench.peer;

import ijen.bench.peer.Child.FailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The peers from Maven Central, which live in a Maven project of their own: builds it when a
/// source is newer than the last build, and says how to start them.
///
/// Everything that the build and the peers unpack stays in the project's `target`, but for what
/// Maven keeps in its own cache (130 MB).
final class JavaPeers {
  private static final long PATIENCE_SECONDS = 600;
  private static final List<String> LIBRARY_FOLDERS =
      List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib");

  private final @Nullable Path project;
  private final Path folder;
  private final Consumer<String> progress;
  private @Nullable String classPath;
  private @Nullable String failure;

  JavaPeers(@Nullable Path project, Path folder, Consumer<String> progress) {
    this.project = project;
    this.folder = folder;
    this.progress = progress;
  }

  /// What starts a peer.
  List<String> command(String mainClass) throws FailedException {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-Djava.awt.headless=true",
        "-cp",
        built(),
        mainClass);
  }

  /// The variables that a peer needs: where DJL unpacks PyTorch, and where Smile finds OpenBLAS,
  /// which it asks for by a name that only the system's development package brings.
  Map<String, String> environment() throws FailedException {
    for (String place : LIBRARY_FOLDERS) {
      Path library = Path.of(place, "libopenblas.so.0");
      Path link = folder.resolve("libopenblas.so");
      if (Files.exists(library) && !Files.exists(link)) {
        try {
          Files.createSymbolicLink(link, library);
        } catch (IOException | UnsupportedOperationException e) {
          throw new FailedException(link + ": cannot be made: " + e.getMessage());
        }
      }
    }
    return Map.of(
        "DJL_CACHE_DIR", target().resolve("djl").toString(), "LD_LIBRARY_PATH", folder.toString());
  }

  private Path target() throws FailedException {
    if (project == null || !Files.exists(project.resolve("pom.xml"))) {
      throw new FailedException(
          "its Maven project is in Ijen's sources, beside ijen-bench; start ./ijen bench from"
              + " there");
    }
    return project.resolve("target");
  }

  /// The class path; both peers share one build, which is tried once.
  private String built() throws FailedException {
    if (failure != null) {
      throw new FailedException(failure);
    }
    String known = classPath;
    if (known == null) {
      try {
        known = build();
      } catch (FailedException e) {
        failure = e.getMessage();
        throw e;
      }
      classPath = known;
    }
    return known;
  }

  private String build() throws FailedException {
    Path list = target().resolve("class-path");
    try {
      if (!isUpToDate(list)) {
        progress.accept(
            "building the peers from Maven Central (the first time, Maven downloads 130 MB)");
        maven(list);
      }
      return target().resolve("classes") + ":" + Files.readString(list).strip();
    } catch (IOException e) {
      throw new FailedException(String.valueOf(e.getMessage()));
    }
  }

  private boolean isUpToDate(Path list) throws IOException, FailedException {
    if (!Files.exists(list)) {
      return false;
    }
    FileTime made = Files.getLastModifiedTime(list);
    Path root = target().resolveSibling("src");
    List<Path> sources = new ArrayList<>(List.of(root.resolveSibling("pom.xml")));
    try (Stream<Path> files = Files.walk(root)) {
      files.forEach(sources::add);
    }
    for (Path source : sources) {
      if (Files.getLastModifiedTime(source).compareTo(made) > 0) {
        return false;
      }
    }
    return true;
  }

  private void maven(Path list) throws IOException, FailedException {
    Path log = Files.createDirectories(target()).resolve("build.log");
    Files.deleteIfExists(list);
    String java = System.getProperty("java.home");
    ProcessBuilder maven =
        new ProcessBuilder(
                "mvn",
                "-B",
                "-f",
                target().resolveSibling("pom.xml").toString(),
                "-Dpeers.java.home=" + java,
                "process-classes")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    maven.environment().put("JAVA_HOME", java);
    Process process = maven.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new FailedException("Maven did not end within " + PATIENCE_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedException("the build was interrupted");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      String why =
          Files.readAllLines(log).stream()
              .filter(line -> line.startsWith("[ERROR] "))
              .findFirst()
              .orElse("Maven failed");
      throw new FailedException(why.substring(why.startsWith("[") ? 8 : 0) + " (log: " + log + ")");
    }
  }
}
