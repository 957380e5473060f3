package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.random.RandomStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DownloadTest {
  private static final Download.Patience SHORT =
      new Download.Patience(
          Duration.ofSeconds(2), Duration.ofMillis(1500), 2, Duration.ofMillis(1));

  @TempDir Path temporary;
  private Path folder;
  private byte[] content;
  private PublishedFile file;
  private final List<String> progress = new ArrayList<>();

  @BeforeEach
  void makeAFile() throws IOException {
    folder = temporary.resolve("cache").resolve("set");
    content = new byte[200_000];
    RandomStream.of(1, "content", 0).generator().nextBytes(content);
    Path original = Files.write(temporary.resolve("original"), content);
    file = new PublishedFile("f", content.length, Checksum.of(original), 0, "");
  }

  private Mirror mirror(Mirror.Manner manner) throws IOException {
    return new Mirror(manner, Map.of("f.gz", content));
  }

  private void fetch(Mirror... mirrors) throws IOException {
    List<URI> addresses = Arrays.stream(mirrors).map(Mirror::address).toList();
    new Download(
            addresses,
            SHORT,
            (name, received, total) -> progress.add(name + " " + received + "/" + total))
        .fetch(file, folder);
  }

  private void requireFile() throws IOException {
    assertThat(folder.resolve("f.gz")).hasBinaryContent(content);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("f.gz", ".lock");
    }
  }

  @Test
  void bringsAFileAndTellsHowItGoes() throws IOException {
    try (Mirror good = mirror(Mirror.Manner.GOOD)) {
      fetch(good);
      requireFile();
      assertThat(good.requests).containsExactly("/data/f.gz");
      assertThat(progress).startsWith("f.gz 0/200000").endsWith("f.gz 200000/200000");
      fetch(good);
      assertThat(good.requests).as("a second fetch asks nobody").hasSize(1);
    }
  }

  @Test
  void continuesWhereAnEarlierAttemptStopped() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("f.gz.part"), Arrays.copyOf(content, 150_000));
    try (Mirror good = mirror(Mirror.Manner.GOOD)) {
      fetch(good);
      requireFile();
      assertThat(good.requests).containsExactly("/data/f.gz bytes=150000-");
      assertThat(progress).startsWith("f.gz 150000/200000");
    }
  }

  @Test
  void startsAgainWhereTheServerKnowsNoParts() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("f.gz.part"), Arrays.copyOf(content, 150_000));
    try (Mirror plain = mirror(Mirror.Manner.NO_RANGES)) {
      fetch(plain);
      requireFile();
      assertThat(progress).startsWith("f.gz 0/200000");
    }
  }

  @Test
  void throwsAwayAnEarlierAttemptThatWasWrong() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("f.gz.part"), new byte[150_000]);
    try (Mirror good = mirror(Mirror.Manner.GOOD)) {
      fetch(good);
      requireFile();
      assertThat(good.requests).containsExactly("/data/f.gz bytes=150000-", "/data/f.gz");
    }
    Files.delete(folder.resolve("f.gz"));
    Files.write(folder.resolve("f.gz.part"), new byte[300_000]); // longer than the file
    try (Mirror good = mirror(Mirror.Manner.GOOD)) {
      fetch(good);
      requireFile();
    }
  }

  @Test
  void aWholeEarlierAttemptNeedsNoServer() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("f.gz.part"), content);
    try (Mirror missing = mirror(Mirror.Manner.MISSING)) {
      fetch(missing);
      requireFile();
      assertThat(missing.requests).isEmpty();
    }
  }

  @Test
  void continuesAfterTheConnectionWasCut() throws IOException {
    try (Mirror cut = mirror(Mirror.Manner.CUT_ONCE)) {
      fetch(cut);
      requireFile();
      assertThat(cut.requests).hasSize(2);
      assertThat(cut.requests.getLast()).startsWith("/data/f.gz bytes=");
    }
  }

  @Test
  void asksTheNextMirrorWhenOneFails() throws IOException {
    for (Mirror.Manner manner :
        List.of(
            Mirror.Manner.MISSING,
            Mirror.Manner.WRONG_BYTE,
            Mirror.Manner.WRONG_LENGTH,
            Mirror.Manner.ENDLESS,
            Mirror.Manner.REDIRECTS,
            Mirror.Manner.SILENT,
            Mirror.Manner.CUT_ALWAYS)) {
      try (Mirror bad = mirror(manner);
          Mirror good = mirror(Mirror.Manner.GOOD)) {
        fetch(bad, good);
        requireFile();
        assertThat(good.requests).as("after %s", manner).hasSize(1);
        Files.delete(folder.resolve("f.gz"));
      }
    }
  }

  @Test
  void aServerThatSendsAnotherPartIsNotBelieved() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("f.gz.part"), Arrays.copyOf(content, 150_000));
    try (Mirror wrong = mirror(Mirror.Manner.WRONG_RANGE)) {
      assertThatThrownBy(() -> fetch(wrong))
          .hasMessageContaining("the server sent another part than bytes 150000 and on");
    }
  }

  @Test
  void givesEveryMirrorsReasonWhenAllFail() throws IOException {
    try (Mirror missing = mirror(Mirror.Manner.MISSING);
        Mirror wrong = mirror(Mirror.Manner.WRONG_BYTE);
        Mirror other = mirror(Mirror.Manner.WRONG_LENGTH)) {
      assertThatThrownBy(() -> fetch(missing, wrong, other))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(missing.address() + "f.gz: the server answered 404")
          .hasMessageContaining(
              wrong.address()
                  + "f.gz: expected a file with SHA-256 "
                  + file.sha256()
                  + ", got one with ")
          .hasMessageContaining(
              other.address() + "f.gz: expected 200000 bytes, the server offers 200007");
      assertThat(missing.requests).as("each mirror is asked twice").hasSize(2);
    }
    assertThat(folder.resolve("f.gz")).doesNotExist();
  }

  @Test
  void saysWhenNobodyAnswers() throws IOException {
    URI nobody;
    try (Mirror closed = mirror(Mirror.Manner.GOOD)) {
      nobody = closed.address();
    }
    assertThatThrownBy(
            () -> new Download(List.of(nobody), SHORT, DownloadListener.none()).fetch(file, folder))
        .hasMessageContaining(nobody + "f.gz: ConnectException");
  }

  @Test
  void stopsWhenInterrupted() throws IOException {
    try (Mirror good = mirror(Mirror.Manner.GOOD)) {
      Download download =
          new Download(
              List.of(good.address()),
              SHORT,
              (name, received, total) -> Thread.currentThread().interrupt());
      assertThatThrownBy(() -> download.fetch(file, folder))
          .isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(folder.resolve("f.gz")).doesNotExist();
    }
  }
}
