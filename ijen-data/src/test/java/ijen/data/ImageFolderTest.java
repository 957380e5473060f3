package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ijen.format.FormatException;
import ijen.format.image.ImageFile;
import ijen.graph.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest extends DatasetContract {
  @TempDir Path folder;

  /// Two rows of three pixels, all of that value but the first, which is 0.
  private static BufferedImage grey(int value) {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 1; i < 6; i++) {
      image.getRaster().setSample(i % 3, i / 3, 0, value);
    }
    return image;
  }

  private static BufferedImage color(int width, int height, int rgb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, rgb);
    }
    return image;
  }

  private Path save(String name, BufferedImage image) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return file;
  }

  @Override
  ByteImages subject() {
    for (int i = 0; i < 6; i++) {
      save("contract/" + "ab".charAt(i % 2) + "/" + i + ".png", grey(40 * i));
    }
    return ImageFolder.of(folder.resolve("contract")).read();
  }

  @Test
  void classesAndFilesComeInTheOrderOfTheirNames() throws IOException {
    save("letters/b/2.PNG", grey(4));
    save("letters/b/10.png", grey(3));
    save("letters/Z/x.jpg", grey(1)); // what a file is is seen from its content
    save("letters/a/é.jpeg", grey(2));
    save("letters/.hidden/x.png", color(9, 9, 0));
    save("letters/a/._x.png", color(9, 9, 0));
    Files.writeString(folder.resolve("letters/labels.txt"), "a b Z");
    Files.writeString(folder.resolve("letters/a/notes.txt"), "nothing");
    ByteImages letters = ImageFolder.of(folder.resolve("letters")).read();
    assertThat(letters).hasToString("letters, 4 images [2, 3]");
    assertThat(letters.classes()).containsExactly("Z", "a", "b");
    for (int i = 0; i < 4; i++) {
      assertThat(letters.image(i)).containsExactly(0, i + 1, i + 1, i + 1, i + 1, i + 1);
      assertThat(letters.label(i)).isEqualTo(Math.min(i, 2));
    }
    assertThat(ImageFolder.of(folder.resolve("letters")).hasParts()).isFalse();
    assertThatThrownBy(() -> ImageFolder.of(folder.resolve("letters")).open())
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder.resolve("letters")
                + ": expected folders train and test in it; read() takes the folders that are"
                + " there for classes");
  }

  private static int[] pixels(ByteImages images, int index) {
    return IntStream.range(0, images.features().size()).map(i -> images.pixel(index, i)).toArray();
  }

  @Test
  void colourIsKeptAsPlanes() {
    save("c/x/1.png", color(2, 1, 0x102030));
    save("c/x/2.png", color(2, 1, 0xFF8000));
    ImageFolder images = ImageFolder.of(folder.resolve("c"));
    ByteImages kept = images.read();
    assertThat(kept.features()).isEqualTo(Shape.of(3, 1, 2));
    assertThat(pixels(kept, 0)).containsExactly(0x10, 0x10, 0x20, 0x20, 0x30, 0x30);
    assertThat(pixels(kept, 1)).containsExactly(255, 255, 128, 128, 0, 0);
    ByteImages grey = images.withColors(ImageFolder.Colors.GREY).read();
    assertThat(grey.features()).isEqualTo(Shape.of(1, 2));
    assertThat(pixels(grey, 1)).containsExactly(151, 151); // 0.299 · 255 + 0.587 · 128 = 151.38
    save("c/x/3.png", grey(7));
    assertThatThrownBy(images::read)
        .isInstanceOf(DataException.class)
        .hasMessage(
            "%s: expected an image [3, 1, 2], as %s is, got [2, 3]: choose grey or RGB for all"
                .formatted(folder.resolve("c/x/3.png"), folder.resolve("c/x/1.png")));
    ByteImages all = images.withColors(ImageFolder.Colors.RGB).withSize(1, 1).read();
    assertThat(all.features()).isEqualTo(Shape.of(3, 1, 1));
    assertThat(pixels(all, 2)).containsExactly(6, 6, 6); // 5 · 7 / 6 = 5.83
  }

  @Test
  void theFirstImageOfAnotherSizeIsNamed() {
    save("s/x/1.png", grey(1));
    save("s/x/2.png", grey(2));
    save("s/y/3.png", color(4, 4, 0));
    save("s/y/4.png", color(5, 5, 0));
    ImageFolder images = ImageFolder.of(folder.resolve("s"));
    ImageFolder greys = images.withColors(ImageFolder.Colors.GREY);
    assertThatThrownBy(greys::read)
        .hasMessage(
            "%s: expected an image [2, 3], as %s is, got [4, 4]: give all a size"
                .formatted(folder.resolve("s/y/3.png"), folder.resolve("s/x/1.png")));
    assertThat(greys.withSize(4, 3).read().features()).isEqualTo(Shape.of(4, 3));
    assertThatThrownBy(() -> images.withSize(1 << 14, 1 << 13))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            "expected a size [height, width] of at most 67108864 pixels, got [16384, 8192]");
  }

  @Test
  void trainAndTestShareTheClasses() throws IOException {
    save("p/train/a/1.png", grey(1));
    save("p/train/b/1.png", grey(2));
    save("p/train/c/1.png", grey(3));
    save("p/test/c/1.png", grey(4));
    save("p/test/b/1.png", grey(5));
    ImageFolder parts = ImageFolder.of(folder.resolve("p"));
    assertThat(parts.hasParts()).isTrue();
    TrainTest both = parts.open();
    assertThat(both.train().name()).isEqualTo("p train");
    assertThat(both.test().name()).isEqualTo("p test");
    assertThat(both.train().classCounts()).containsExactly(1, 1, 1);
    assertThat(both.test().classes()).containsExactly("a", "b", "c");
    assertThat(both.test().classCounts()).containsExactly(0, 1, 1);
    assertThat(both.test().image(0)[1]).isEqualTo((byte) 5);
    assertThatThrownBy(parts::read)
        .hasMessage(
            folder.resolve("p")
                + ": expected folders of classes, got train and test; open() reads both");
    save("p/test/d/1.png", grey(4));
    assertThatThrownBy(parts::open)
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder.resolve("p/test/d")
                + ": expected one of the classes to train on, [a, b, c], got 'd'");
    Files.move(folder.resolve("p/test/d/1.png"), folder.resolve("p/test/c/2.png"));
    Files.delete(folder.resolve("p/test/d"));
    save("p/test/c/2.png", color(3, 2, 0));
    assertThatThrownBy(parts::open)
        .hasMessage(
            "%s: expected an image [2, 3], as %s is, got [3, 2, 3]: choose grey or RGB for all"
                .formatted(folder.resolve("p/test/c/2.png"), folder.resolve("p/train/a/1.png")));
  }

  @Test
  void foldersThatAreNoneAreTold() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("e"));
    assertThatThrownBy(() -> ImageFolder.of(empty).read())
        .isInstanceOf(DataException.class)
        .hasMessage(empty + ": expected a folder of images for each class in it, got none");
    Path lost = folder.resolve("none");
    assertThatThrownBy(() -> ImageFolder.of(lost).read())
        .isInstanceOf(DataException.class)
        .hasMessage(lost + ": there is no such folder");
    Files.createDirectories(empty.resolve("a"));
    assertThatThrownBy(() -> ImageFolder.of(empty).read())
        .hasMessage(empty.resolve("a") + ": expected PNG or JPEG images of the class a, got none");
    save("e/a/images/1.png", grey(1));
    assertThatThrownBy(() -> ImageFolder.of(empty).read())
        .hasMessage(
            empty.resolve("a/images")
                + ": expected images directly in the folder of a class, got a folder");
    Path broken = save("f/a/1.png", grey(1));
    Files.writeString(broken, "no image");
    assertThatThrownBy(() -> ImageFolder.of(folder.resolve("f")).read())
        .isInstanceOf(DataException.class)
        .hasCauseInstanceOf(FormatException.class)
        .hasMessageContaining(broken + ": expected a PNG or JPEG image");
    assertThatThrownBy(() -> ImageFolder.of(broken).read())
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(broken + ": cannot be read as a folder of images: ")
        .hasMessageContaining("expected a zip archive, got something else");
  }

  @Test
  void linksAreFollowedOnlyWithinTheFolder() throws IOException {
    Path inside = save("l/train/a/1.png", grey(1));
    save("l/test/a/1.png", grey(2));
    Path outside = save("outside/b/1.png", grey(3));
    Path others = folder.resolve("outside/b");
    Path link = folder.resolve("l/test/a/2.png");
    try {
      Files.createSymbolicLink(link, inside);
    } catch (UnsupportedOperationException | IOException noLinks) {
      assumeTrue(false, "links are tested only where they can be made");
    }
    ImageFolder images = ImageFolder.of(folder.resolve("l"));
    assertThat(images.open().test().image(1)).isEqualTo(images.open().train().image(0));
    String message = ": a link that leads out of the folder, to %s, is not followed";
    Path whole = folder.resolve("l/train/b");
    Files.createSymbolicLink(whole, others);
    assertThatThrownBy(images::open)
        .isInstanceOf(DataException.class)
        .hasMessage(whole + message.formatted(others.toRealPath()));
    Files.delete(whole);
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("../../../outside/b/1.png"));
    assertThatThrownBy(images::open).hasMessage(link + message.formatted(outside.toRealPath()));
    Files.delete(link);
    Files.createSymbolicLink(link, folder.resolve("nowhere"));
    assertThatThrownBy(images::open)
        .isInstanceOf(DataException.class)
        .hasMessage(link + ": a link that leads nowhere");
    Files.delete(link);
    Path renamed = folder.resolve("renamed");
    Files.createSymbolicLink(renamed, folder.resolve("l"));
    assertThat(ImageFolder.of(renamed).open().test().size()).isEqualTo(1);
  }

  @Test
  void aZipArchiveWillDo() throws IOException {
    Path zip = folder.resolve("set.zip");
    try (FileSystem archive = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      for (String name : new String[] {"train/b/1.png", "train/a/1.png", "test/b/1.png"}) {
        Path inside = archive.getPath(name);
        Files.createDirectories(inside.getParent());
        Files.copy(save("z/" + name, grey(name.length() + name.charAt(6))), inside);
      }
    }
    TrainTest zipped = ImageFolder.of(zip).open();
    TrainTest plain = ImageFolder.of(folder.resolve("z")).open();
    assertThat(ImageFolder.of(zip).hasParts()).isTrue();
    assertThat(zipped.train().classes()).containsExactly("a", "b");
    assertThat(zipped.train().sha256()).isEqualTo(plain.train().sha256());
    assertThat(zipped.test().sha256()).isEqualTo(plain.test().sha256());
    assertThat(zipped.train().name()).isEqualTo("set.zip train");
    Path renamed = Files.move(zip, folder.resolve("set.npz")); // the content counts, not the name
    assertThat(FileFormat.of(renamed)).isEqualTo(FileFormat.IMAGE_FOLDER);
    assertThat(TrainTest.open(renamed).test().sha256()).isEqualTo(plain.test().sha256());
    assertThat(Dataset.open(renamed).sha256()).isEqualTo(plain.train().sha256());
  }

  private Path zip(String... names) throws IOException {
    Path file = folder.resolve("some.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        if (ImageFile.hasName(name)) {
          zip.write(Files.readAllBytes(save("one.png", grey(names.length))));
        }
        zip.closeEntry();
      }
    }
    return file;
  }

  @Test
  void whatArchiversAddDoesNotCount() throws IOException {
    Path wrapped =
        zip("pets/", "pets/b/1.png", "pets/a/1.png", "pets/a/.x.png", "__MACOSX/pets/a/._1.png");
    Dataset pets = Dataset.open(wrapped);
    assertThat(pets.classes()).containsExactly("a", "b");
    assertThat(pets.size()).isEqualTo(2);
    assertThat(pets.image(1)).containsExactly(0, 5, 5, 5, 5, 5);
    assertThat(Dataset.open(zip("a/1.png")).classes()).containsExactly("a");
    assertThatThrownBy(() -> ImageFolder.of(zip("x/a/1.png", "x/b/")).read())
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder.resolve("some.zip")
                + "/x/b: expected PNG or JPEG images of the class b, got none");
  }

  @Test
  void otherArchivesAreRefused() throws IOException {
    assertThatThrownBy(() -> FileFormat.of(zip("a.txt", "b/c.txt")))
        .isInstanceOf(FormatException.class)
        .hasMessageEndingWith(
            "expected a zip archive of NumPy's arrays (.npy), or of PNG and JPEG images in folders"
                + " of their classes, got one of [a.txt, b/c.txt]");
    assertThatThrownBy(() -> FileFormat.of(zip())).hasMessageEndingWith("got an empty one");
    assertThatThrownBy(() -> ImageFolder.of(zip("a/".repeat(12) + "1.png")).read())
        .hasMessageEndingWith("expected at most 8 folders in each other, got more");
    Path torn = zip("a/1.png", "b/1.png");
    byte[] content = Files.readAllBytes(torn);
    Files.write(torn, Arrays.copyOf(content, content.length - 30));
    assertThatThrownBy(() -> FileFormat.of(torn))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("expected a zip archive");
    assertThatThrownBy(() -> Dataset.open(torn)).isInstanceOf(DataException.class);
    Path bomb = folder.resolve("bomb.zip");
    byte[] image = Files.readAllBytes(save("one.png", grey(1)));
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
      zip.putNextEntry(new ZipEntry("a/1.png"));
      zip.write(Arrays.copyOf(image, 8 << 20)); // the rest are zeros
      zip.closeEntry();
    }
    assertThatThrownBy(() -> ImageFolder.of(bomb).read())
        .isInstanceOf(DataException.class)
        .hasMessageMatching(
            "(?s).*expected at most \\d+ bytes from \\d+ compressed ones, got more");
  }

  @Test
  void photographsAreReadFromTheirArchive() {
    String data = System.getenv("IJEN_DATA");
    Path zip = Path.of(data == null ? "." : data, "cifar-10", "cifar-10-small.zip");
    assumeTrue(
        Files.isRegularFile(zip),
        "real photographs are read only where IJEN_DATA has cifar-10/cifar-10-small.zip");
    TrainTest both = ImageFolder.of(zip).open();
    assertThat(both.train().size()).isEqualTo(10_000);
    assertThat(both.test().size()).isEqualTo(2_000);
    assertThat(both.train().features()).isEqualTo(Shape.of(3, 32, 32));
    assertThat(both.train().classes()).startsWith("airplane", "automobile").endsWith("truck");
    assertThat(both.train().classCounts()).containsOnly(1_000);
    double[] sums = new double[3];
    for (int i = 0; i < both.train().size(); i++) {
      float[] image = both.train().sample(i);
      for (int p = 0; p < image.length; p++) {
        sums[p / 1024] += image[p];
      }
    }
    // The means of red, green and blue that everybody's scripts have: 0.4914, 0.4822, 0.4465.
    double[] means = {0.4914, 0.4822, 0.4465};
    for (int color = 0; color < 3; color++) {
      double mean = sums[color] / 1024 / 10_000;
      assertThat(mean).isBetween(means[color] - 0.01, means[color] + 0.01);
    }
  }
}
