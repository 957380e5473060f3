package ijen.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a process that opens a database leaves behind.
@Timeout(60)
class NativeLibraryTest {
  @TempDir Path folder;

  /// A process that opens the database in its argument.
  static final class Opening {
    public static void main(String[] arguments) throws IOException {
      RunDatabase.open(Path.of(arguments[0])).close();
    }
  }

  private void open(Path cache) throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + Files.createDirectories(temporary()),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Opening.class.getName(),
                folder.resolve("runs.db").toString())
            .redirectErrorStream(true);
    java.environment().put("XDG_CACHE_HOME", cache.toString());
    java.environment().put("LOCALAPPDATA", cache.toString());
    Process process = java.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).doesNotContain("WARNING"); // of native access
    assertThat(folder.resolve("runs.db")).exists();
  }

  private Path temporary() {
    return folder.resolve("temporary");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void isUnpackedOnceForAUser() throws Exception {
    Path cache = folder.resolve("cache");
    open(cache);
    assertThat(files(cache))
        .singleElement()
        .satisfies(file ->
            assertThat(file.getFileName()).hasToString(System.mapLibraryName("sqlitejdbc")));
    FileTime unpacked = Files.getLastModifiedTime(files(cache).getFirst());
    open(cache);
    assertThat(Files.getLastModifiedTime(files(cache).getFirst())).isEqualTo(unpacked);
    assertThat(temporary()).isEmptyDirectory();
  }

  @Test
  void isUnpackedForOneProcessWhereThereCanBeNoCache() throws Exception {
    open(Files.createFile(folder.resolve("no-folder")));
    assertThat(temporary()).isEmptyDirectory();
  }
}
