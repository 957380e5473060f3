package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.format.Tensor;
import ijen.format.idx.IdxFile;
import ijen.format.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {
  @Test
  void theCatalogueIsListed() {
    assertThat(Ran.piped("data").well().out()).isEqualTo(Ran.piped("data", "list").well().out());
    List<JsonObject> all = Ran.piped("data", "list", "--json").well().json();
    assertThat(all.stream().map(line -> line.string("name")))
        .contains("digits", "mnist", "fashion-mnist", "moons");
  }

  @Test
  void infoTellsWhatASetHolds() {
    String[] words = {"data", "info", "digits", "--train-size", "100", "--test-size", "10"};
    Ran ran = Ran.piped(words).well();
    assertThat(ran.out()).contains("[28, 28]", "sha256", "samples  100");
    String[] json = java.util.Arrays.copyOf(words, words.length + 1);
    json[words.length] = "--json";
    JsonObject object = Ran.piped(json).well().json().getFirst();
    assertThat(object.object("train").integer("samples")).isEqualTo(100);
    assertThat(object.object("train").object("classes").integer("7")).isEqualTo(10);
    assertThat(object.object("test").string("sha256")).hasSize(64);
  }

  @Test
  void infoTellsWhatAFileHolds(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a-idx3-ubyte.gz");
    IdxFile.write(file, Tensor.of(new byte[] {0, 1, 2, -1}, 2, 1, 2));
    assertThat(Ran.piped("data", "info", file.toString()).well().out())
        .contains("IDX", "U8", "[2, 1, 2]", "64.5", "255.0");
    Path broken = Files.write(folder.resolve("broken"), new byte[] {0, 0, 8, 1, 0, 0});
    Ran ran = Ran.piped("data", "info", broken.toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains(broken.toString(), "byte ");
  }

  @Test
  void aZipOfPicturesIsAFolderOfThem(@TempDir Path folder) throws IOException {
    Path zip = folder.resolve("pets.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (int i = 0; i < 10; i++) {
        out.putNextEntry(new ZipEntry("pets/" + (i < 5 ? "cat/" : "dog/") + i + ".png"));
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY), "png", image);
        out.write(image.toByteArray());
        out.closeEntry();
      }
    }
    assertThat(Ran.piped("data", "info", zip.toString()).well().out())
        .contains("[2, 3]", "samples  8", "samples  2", "cat", "dog");
    Path npz = folder.resolve("pets.npz");
    assertThat(Ran.piped("data", "convert", zip.toString(), npz.toString()).well().out())
        .contains("8 training and 2 test samples");
    assertThat(Ran.piped("data", "info", npz.toString()).well().out()).contains("[8, 2, 3]");
  }

  @Test
  void samplesAreDrawn() {
    Ran ran = Ran.piped("data", "show", "digits", "0", "5", "--test-size", "10").well();
    assertThat(ran.out().lines().filter(line -> line.matches("digits test [05]: \\d"))).hasSize(2);
    assertThat(ran.out().lines().count()).isEqualTo(2 * (1 + 14));
    assertThat(ran.out()).contains("@");
    assertThat(Ran.piped("data", "show", "moons", "3").well().out())
        .containsPattern("moons test 3: lower\n\\[-?[0-9.]+, -?[0-9.]+]");
    Ran far = Ran.piped("data", "show", "digits", "10", "--test-size", "10");
    assertThat(far.code()).isEqualTo(1);
    assertThat(far.err()).contains("digits test: expected a sample from 0 to 9, got 10");
  }

  @Test
  void filesAreVerified(@TempDir Path folder) throws IOException {
    assertThat(Ran.piped("data", "verify", "digits").well().out()).contains("needs no files");
    Ran none = Ran.piped("data", "verify", "mnist", "--data-folder", folder.toString());
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.out()).contains("missing   train-images-idx3-ubyte.gz");
    assertThat(none.err()).contains("mnist: 0 of 4 files are as published");
    Ran strange = Ran.piped("data", "verify", folder.toString());
    assertThat(strange.err()).contains("there is no file of a published data set");
    IdxFile.write(folder.resolve("t10k-labels-idx1-ubyte"), Tensor.of(new byte[] {0, 1}, 2));
    Ran other = Ran.piped("data", "verify", "mnist", "--data-folder", folder.toString());
    assertThat(other.out()).contains("not as published   " + folder);
  }

  @Test
  void offlineNothingIsFetched(@TempDir Path folder) {
    Ran ran = Ran.piped("data", "fetch", "mnist", "--offline", "--data-folder", folder.toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("mnist: ", "offline");
    assertThat(Ran.piped("data", "fetch", "digits").code()).isLessThan(2);
  }
}
