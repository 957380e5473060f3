package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.format.npy.Npy;
import ijen.format.npy.Npz;
import ijen.testing.Changes;
import ijen.testing.Fuzz;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Broken files of every format, opened by their content: each is a data set, or a [DataException].
class DatasetFuzzTest {
  /// Buffers and messages of whichever reader it is; most is jHDF's.
  private static final Fuzz FILES =
      new Fuzz("files by content", DataException.class, 41, 1_500, 4 << 20);

  /// A decompressor and a decoder for each of at most six images, which share their garbage with
  /// nobody.
  private static final Fuzz ARCHIVES =
      new Fuzz("zips of images", DataException.class, 43, 1_500, 1 << 20);

  private static final int MOST_PIXELS = 64; // of an image
  private static final int IMAGES = 6;

  @TempDir Path folder;

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS) // for runs with more -Dijen.rounds
  void brokenFilesAreOpenedOrRefused() throws IOException {
    List<byte[]> valid = new ArrayList<>();
    Dataset digits = Digits.generate(4, 1);
    for (String name : List.of("d.npz", "d.h5", "d.safetensors", "d.csv", "d.csv.gz")) {
      Path file = folder.resolve(name);
      digits.save(file);
      valid.add(Files.readAllBytes(file));
      Files.delete(file);
    }
    Path labels = Files.createDirectory(folder.resolve("beside")).resolve("y.npy");
    Npy.write(labels, SampleWriter.targets(digits));
    Path features = labels.resolveSibling("x.npz");
    Npz.write(features, Map.of("x", SampleWriter.features(digits)));
    valid.add(Files.readAllBytes(features));
    Fuzz.Result result =
        FILES.run(
            folder,
            random -> {
              byte[] changed = Changes.any(valid.get(random.nextInt(valid.size())), random);
              // A pixel: unpacked, as a number of a table, and as what says that it is finite.
              return Fuzz.Sample.of(changed).holding(4 * 785 * 16);
            },
            file -> assertThat(Dataset.open(file).size()).isPositive());
    assertThat(result.read()).isPositive();
    assertThat(result.refused()).isGreaterThan(FILES.rounds() / 4);
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void brokenArchivesOfImagesAreOpenedOrRefused() throws IOException {
    Fuzz.Result result =
        ARCHIVES.run(
            folder,
            random -> Fuzz.Sample.of(archive(random)).holding(16 * MOST_PIXELS * IMAGES),
            file -> assertThat(TrainTest.open(file).train().size()).isPositive());
    assertThat(result.read()).isGreaterThan(ARCHIVES.rounds() / 20);
    assertThat(result.refused()).isGreaterThan(ARCHIVES.rounds() / 4);
  }

  /// Images in folders, of which one is changed, or the archive itself.
  private static byte[] archive(RandomGenerator random) throws IOException {
    boolean inside = random.nextInt(3) == 0;
    boolean parts = random.nextBoolean();
    int changed = random.nextInt(IMAGES);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < IMAGES; i++) {
        boolean jpeg = random.nextBoolean();
        String part = !parts ? "" : i < 4 ? "train/" : "test/";
        zip.putNextEntry(
            new ZipEntry(part + "ab".charAt(i % 2) + "/" + i + (jpeg ? ".jpg" : ".png")));
        byte[] image = image(jpeg, random);
        zip.write(inside && i == changed ? Changes.any(image, random) : image);
        zip.closeEntry();
      }
    }
    byte[] bytes = out.toByteArray();
    int directory = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    return inside ? bytes : Changes.archive(bytes, directory, random);
  }

  private static byte[] image(boolean jpeg, RandomGenerator random) throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < MOST_PIXELS; i++) {
      image.getRaster().setSample(i % 8, i / 8, 0, random.nextInt(256));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.setUseCache(false);
    assertThat(ImageIO.write(image, jpeg ? "jpg" : "png", out)).isTrue();
    return out.toByteArray();
  }
}
