package ijen.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void replacesAFileAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(file, out -> out.write("old".getBytes(UTF_8)));
    AtomicFile.write(file, out -> out.write("new".getBytes(UTF_8)));
    assertThat(file).hasContent("new");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void aLibraryWritesToThePathThatItIsTold() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.writeTo(
        file,
        part -> {
          assertThat(part).isEmptyFile().hasParent(folder);
          Files.writeString(part, "whole");
        });
    assertThat(file).hasContent("whole");
    assertThatThrownBy(() ->
            AtomicFile.writeTo(
                file,
                part -> {
                  Files.writeString(part, "a part");
                  throw new IllegalStateException("broken library");
                }))
        .hasMessage("broken library");
    assertThat(file).hasContent("whole");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void keepsTheOldFileWhenWritingFails() throws IOException {
    Path file = folder.resolve("a.txt");
    Files.writeString(file, "old");
    assertThatThrownBy(() ->
            AtomicFile.write(
                file,
                out -> {
                  out.write(new byte[1 << 20]);
                  throw new IOException("disk full");
                }))
        .hasMessage(file + ": cannot be written, and is as it was before: disk full");
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void removesWhatAKilledProcessLeftUnfinished() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createFile(folder.resolve(".a.txt." + gone.pid() + "-0.part"));
    Files.createFile(folder.resolve(".b.txt." + gone.pid() + "-0.part"));
    Files.createFile(folder.resolve(".a.txt." + ProcessHandle.current().pid() + "-0.part"));
    AtomicFile.write(folder.resolve("a.txt"), out -> out.write(1));
    assertThat(names())
        .containsExactlyInAnyOrder(
            "a.txt",
            ".a.txt." + ProcessHandle.current().pid() + "-0.part",
            ".b.txt." + gone.pid() + "-0.part");
  }

  @Test
  void followsALinkAndKeepsIt() throws IOException {
    Path file = Files.writeString(folder.resolve("real.txt"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.txt"), file);
    AtomicFile.write(link, out -> out.write("new".getBytes(UTF_8)));
    assertThat(file).hasContent("new");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void refusesWhatIsNoFile() {
    assertThatThrownBy(() -> AtomicFile.write(folder, out -> {}))
        .hasMessage(folder + ": expected a file's name, but this is no ordinary file");
    Path nowhere = folder.resolve("none").resolve("a.txt");
    assertThatThrownBy(() -> AtomicFile.write(nowhere, out -> {}))
        .hasMessage(nowhere + ": cannot be written, there is no folder " + folder.resolve("none"));
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
