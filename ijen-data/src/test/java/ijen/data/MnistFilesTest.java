package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.format.Tensor;
import ijen.format.idx.IdxFile;
import ijen.graph.Shape;
import ijen.random.RandomStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A small set of four files in MNIST's manner, in folders and on mirrors of our own.
@Timeout(30)
class MnistFilesTest {
  private static final List<String> STEMS =
      List.of(
          "train-images-idx3-ubyte",
          "train-labels-idx1-ubyte",
          "t10k-images-idx3-ubyte",
          "t10k-labels-idx1-ubyte");
  private static final List<String> CLASSES =
      IntStream.range(0, 10).mapToObj(Integer::toString).toList();
  private static final Download.Patience SHORT =
      new Download.Patience(Duration.ofSeconds(2), Duration.ofSeconds(10), 1, Duration.ZERO);

  @TempDir Path temporary;
  private Path originals;
  private Places places;
  private final Map<String, byte[]> zipped = new HashMap<>();

  @BeforeEach
  void publish() throws IOException {
    originals = Files.createDirectory(temporary.resolve("originals"));
    write("train-images-idx3-ubyte", images(20, 28));
    write("train-labels-idx1-ubyte", labels(20));
    write("t10k-images-idx3-ubyte", images(5, 28));
    write("t10k-labels-idx1-ubyte", labels(5));
    places =
        new Places(
            temporary.resolve("own"),
            List.of(temporary.resolve("shared")),
            temporary.resolve("cache"),
            false);
  }

  private void write(String stem, Tensor array) throws IOException {
    IdxFile.write(originals.resolve(stem + ".gz"), array);
    IdxFile.write(originals.resolve(stem), array);
    zipped.put(stem + ".gz", Files.readAllBytes(originals.resolve(stem + ".gz")));
  }

  private static Tensor images(int count, int side) {
    byte[] pixels = new byte[count * side * side];
    RandomStream.of(1, "pixels", count).generator().nextBytes(pixels);
    return Tensor.of(pixels, count, side, side);
  }

  private static Tensor labels(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
    }
    return Tensor.of(labels, count);
  }

  private MnistFiles set(URI... mirrors) throws IOException {
    List<PublishedFile> files = new ArrayList<>();
    for (String stem : STEMS) {
      Path zip = originals.resolve(stem + ".gz");
      Path plain = originals.resolve(stem);
      files.add(
          new PublishedFile(
              stem, Files.size(zip), Checksum.of(zip), Files.size(plain), Checksum.of(plain)));
    }
    return new MnistFiles("little", CLASSES, List.of(mirrors), files);
  }

  private Path folder(String... names) throws IOException {
    Path folder = temporary;
    for (String name : names) {
      folder = folder.resolve(name);
    }
    return Files.createDirectories(folder);
  }

  private void copy(Path folder, String suffix) throws IOException {
    for (String stem : STEMS) {
      Files.copy(originals.resolve(stem + suffix), folder.resolve(stem + suffix));
    }
  }

  @Test
  void theFirstPlaceThatHasAllIsTaken() throws IOException {
    Options offline = Options.defaults().withOffline(true);
    for (List<String> place :
        List.of(
            List.of("cache", "little"),
            List.of("shared", "little"),
            List.of("own", "little"),
            List.of("explicit", "little"))) {
      Path folder = folder(place.toArray(String[]::new));
      // Each place has one training image more than the last, so that we see which is read.
      int count = 20 + place.getFirst().length();
      copy(folder, ".gz");
      IdxFile.write(folder.resolve(STEMS.get(0) + ".gz"), images(count, 28));
      IdxFile.write(folder.resolve(STEMS.get(1) + ".gz"), labels(count));
      Options options =
          place.getFirst().equals("explicit")
              ? offline.withFolder(temporary.resolve("explicit"))
              : offline;
      assertThat(set().open(options, places).train().size()).as("%s", place).isEqualTo(count);
    }
    assertThat(set().train(offline.withFolder(folder("explicit", "little")), places).size())
        .isEqualTo(28);
  }

  @Test
  void filesMayBePlainAndHaveDots() throws IOException {
    Path own = folder("own", "little");
    copy(own, "");
    Dataset plain = set().test(Options.defaults(), places);
    for (String stem : STEMS) {
      Files.move(own.resolve(stem), own.resolve(stem.replace("-idx", ".idx")));
    }
    assertThat(set().test(Options.defaults(), places).sha256()).isEqualTo(plain.sha256());
    assertThat(plain.name()).isEqualTo("little test");
    assertThat(plain.features()).isEqualTo(Shape.of(28, 28));
    assertThat(set().train(Options.defaults().withTrainSize(7), places).size()).isEqualTo(7);
    assertThatThrownBy(() -> set().train(Options.defaults().withTrainSize(21), places))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected 1 or more of its 20 samples, got 21");
  }

  @Test
  void downloadsIntoTheCacheOnce() throws IOException {
    try (Mirror missing = new Mirror(Mirror.Manner.MISSING, zipped);
        Mirror good = new Mirror(Mirror.Manner.GOOD, zipped)) {
      MnistFiles set = set(missing.address(), good.address());
      TrainTest both = set.open(Options.defaults(), places);
      assertThat(both.train().size()).isEqualTo(20);
      assertThat(both.test().size()).isEqualTo(5);
      assertThat(good.requests).hasSize(4);
      set.open(Options.defaults().withOffline(true), places);
      assertThat(good.requests).hasSize(4);
      assertThat(temporary.resolve("cache/little/" + STEMS.get(0) + ".gz")).exists();
    }
  }

  @Test
  void downloadsOnlyWhatIsAskedForAndMissing() throws IOException {
    try (Mirror good = new Mirror(Mirror.Manner.GOOD, zipped)) {
      Path cache = folder("cache", "little");
      Files.copy(originals.resolve(STEMS.get(2)), cache.resolve(STEMS.get(2)));
      assertThat(set(good.address()).test(Options.defaults(), places).size()).isEqualTo(5);
      assertThat(good.requests).containsExactly("/data/" + STEMS.get(3) + ".gz");
    }
  }

  @Test
  void fetchBringsAllIntoAFolder() throws IOException {
    try (Mirror good = new Mirror(Mirror.Manner.GOOD, zipped)) {
      MnistFiles set = set(good.address());
      Path there = temporary.resolve("mine");
      assertThat(set.fetch(Options.defaults().withFolder(there), places, SHORT)).isEqualTo(there);
      assertThat(set.verify(Options.defaults().withFolder(there), places))
          .extracting(FileCheck::status)
          .containsOnly(FileCheck.Status.ORIGINAL);
      assertThat(set.fetch(Options.defaults(), places, SHORT))
          .isEqualTo(temporary.resolve("cache").resolve("little"));
    }
    assertThatThrownBy(() -> set().fetch(Options.defaults().withOffline(true), places, SHORT))
        .hasMessage("little: not allowed, offline was asked for");
    Files.delete(temporary.resolve("mine").resolve(STEMS.get(1) + ".gz"));
    Options mine = Options.defaults().withFolder(temporary.resolve("mine"));
    try (Mirror missing = new Mirror(Mirror.Manner.MISSING, zipped)) {
      assertThatThrownBy(() -> set(missing.address()).fetch(mine, places, SHORT))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("little: cannot be downloaded to " + temporary.resolve("mine"))
          .hasMessageEndingWith("the server answered 404");
    }
  }

  @Test
  void nothingFoundIsToldWithAllPlacesAndWhatToDo() throws IOException {
    Path shared = folder("shared", "little");
    Files.copy(originals.resolve(STEMS.get(0)), shared.resolve(STEMS.get(0)));
    assertThatThrownBy(() -> set().open(Options.defaults().withOffline(true), places))
        .isInstanceOf(DataException.class)
        .hasMessage(
            """
            little: the files were not found. Looked in
              %s/own/little: no such folder
              %s/shared/little: no train-labels-idx1-ubyte.gz, no t10k-images-idx3-ubyte.gz, no t10k-labels-idx1-ubyte.gz
              %s/cache/little: no such folder
              download: not allowed, offline was asked for
            Put train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz into a folder called little and set IJEN_DATA to the folder around it, give the folder as an option, or allow the download. The built-in data set 'digits' needs no files.\
            """
                .replace("%s", temporary.toString()));
    Places bare = new Places(null, List.of(), temporary.resolve("cache"), true);
    assertThatThrownBy(() -> set().open(Options.defaults(), bare))
        .hasMessageContaining("\n  IJEN_DATA: not set\n")
        .hasMessageContaining("download: not allowed, the variable IJEN_OFFLINE is set");
    Options explicit = Options.defaults().withFolder(temporary.resolve("none"));
    assertThatThrownBy(() -> set().open(explicit, places))
        .hasMessageContaining(temporary.resolve("none") + ": no such folder")
        .hasMessageContaining("into that folder")
        .hasMessageNotContaining("cache")
        .hasMessageNotContaining("download");
  }

  @Test
  void damagedFilesAreTold() throws IOException {
    Path own = folder("own", "little");
    copy(own, "");
    IdxFile.write(own.resolve(STEMS.get(1)), labels(19));
    assertThatThrownBy(() -> set().train(Options.defaults(), places))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "little: cannot be read from "
                + own
                + ": little train: expected a label for each image, got images U8 [20, 28, 28] and"
                + " labels U8 [19]");
    IdxFile.write(own.resolve(STEMS.get(0)), images(19, 27));
    assertThatThrownBy(() -> set().train(Options.defaults(), places))
        .hasMessage(own.resolve(STEMS.get(0)) + ": expected images of [28, 28], got [27, 27]");
    Files.write(own.resolve(STEMS.get(2)), new byte[] {0, 0, 8});
    assertThatThrownBy(() -> set().test(Options.defaults(), places))
        .hasMessageContaining(STEMS.get(2) + ": byte 3: expected an IDX header of 4 bytes");
  }

  @Test
  void verifyTellsWhatEachFileIs() throws IOException {
    Path own = folder("own", "little");
    Files.copy(originals.resolve(STEMS.get(0) + ".gz"), own.resolve(STEMS.get(0) + ".gz"));
    Files.copy(originals.resolve(STEMS.get(1)), own.resolve(STEMS.get(1)));
    IdxFile.write(own.resolve(STEMS.get(2) + ".gz"), images(6, 28));
    List<FileCheck> checks = set().verify(Options.defaults(), places);
    assertThat(checks)
        .extracting(FileCheck::status)
        .containsExactly(
            FileCheck.Status.ORIGINAL,
            FileCheck.Status.SAME_CONTENT,
            FileCheck.Status.UNKNOWN,
            FileCheck.Status.MISSING);
    assertThat(checks.get(1).path()).contains(own.resolve(STEMS.get(1)));
    assertThat(checks.get(3).path()).isEmpty();
    assertThat(checks.get(2).sha256()).isEqualTo(Checksum.of(own.resolve(STEMS.get(2) + ".gz")));
    Files.write(own.resolve(STEMS.get(2) + ".gz"), new byte[] {0x1F, (byte) 0x8B, 1});
    assertThat(set().verify(Options.defaults(), places).get(2).status())
        .isEqualTo(FileCheck.Status.UNKNOWN);
    assertThat(set().verify(Options.defaults().withFolder(temporary.resolve("none")), places))
        .extracting(FileCheck::status)
        .containsOnly(FileCheck.Status.MISSING);
  }
}
