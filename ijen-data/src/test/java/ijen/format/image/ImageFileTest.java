package ijen.format.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.format.FormatException;
import ijen.format.Tensor;
import ijen.format.npy.Npz;
import ijen.testing.Changes;
import ijen.testing.Fuzz;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ImageFileTest {
  /// The decoders' tables, and a warning for each damaged block of each scan.
  private static final long SLACK = 1 << 20;

  private static final Fuzz FUZZ =
      new Fuzz("PNG and JPEG", FormatException.class, 20, 4_000, SLACK);
  private static final int IHDR = 8; // where the first chunk of a PNG file begins
  private static final int IDAT = 33; // and the second

  @TempDir Path folder;

  private static Path fixture(String name) {
    try {
      return Path.of(Objects.requireNonNull(ImageFileTest.class.getResource(name), name).toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static byte[] content(String name) throws IOException {
    return Files.readAllBytes(fixture(name));
  }

  @Test
  void everyKindIsReadAsPillowReadsIt() throws IOException {
    Map<String, Tensor> expected = Npz.read(fixture("expected.npz")).tensors();
    assertThat(expected).hasSize(17);
    for (Map.Entry<String, Tensor> image : expected.entrySet()) {
      String name = image.getKey();
      Tensor read = ImageFile.read(fixture(name));
      assertThat(read).as(name).hasToString(image.getValue().toString());
      int[] values = read.ints();
      int[] wanted = image.getValue().ints();
      int largest = 0;
      for (int i = 0; i < values.length; i++) {
        largest = Math.max(largest, Math.abs(values[i] - wanted[i]));
      }
      assertThat(largest).as(name).isLessThanOrEqualTo(name.endsWith("png") ? 0 : 1);
    }
  }

  @Test
  void namesAreKnownByTheirEnding() {
    for (String name : List.of("a.png", "a.PNG", "a.jpg", "b.c.JPeg", ".png")) {
      assertThat(ImageFile.hasName("x/" + name)).as(name).isTrue();
    }
    for (String name : List.of("png", "a.gif", "a.png.txt", "ajpg")) {
      assertThat(ImageFile.hasName("x/" + name)).as(name).isFalse();
    }
  }

  @Test
  void whatIsNotAboutThePixelsIsNotLookedAt() throws IOException {
    // The profile in rgb.png and the one in Texts.JPEG are none; neither is read.
    assertThat(new String(content("rgb.png"), StandardCharsets.ISO_8859_1)).contains("iCCP");
    assertThat(new String(content("Texts.JPEG"), StandardCharsets.ISO_8859_1))
        .contains("ICC_PROFILE", "a comment", "Exif");
    assertThat(new String(PngParts.of("x", content("rgb.png")).bytes, StandardCharsets.ISO_8859_1))
        .doesNotContain("iCCP");
    assertThat(
            new String(JpegParts.of("x", content("Texts.JPEG")).bytes, StandardCharsets.ISO_8859_1))
        .doesNotContain("ICC_PROFILE", "a comment", "Exif");
    byte[] longer = Arrays.copyOf(content("grey.png"), 1000); // cameras put videos there
    assertThat(ImageFile.read("x", longer).bytes())
        .isEqualTo(ImageFile.read(fixture("grey.png")).bytes());
  }

  @Test
  void everyTruncatedFileIsRefused() throws IOException {
    for (String name : List.of("grey.png", "interlaced.png", "palette-transparent.png")) {
      byte[] whole = content(name);
      for (int length = 0; length < whole.length; length++) {
        byte[] part = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> ImageFile.read("x", part))
            .as("%s, %d bytes", name, length)
            .isInstanceOf(FormatException.class)
            .hasMessageStartingWith("x: ");
      }
    }
    for (String name : List.of("grey.jpg", "full.jpg", "progressive.jpg")) {
      byte[] whole = content(name);
      for (int length = 0; length < whole.length - 1; length += 7) {
        byte[] part = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> ImageFile.read("x", part))
            .as("%s, %d bytes", name, length)
            .isInstanceOf(FormatException.class)
            .hasMessageStartingWith("x: ");
      }
    }
  }

  /// Makes the checksum of a chunk right again.
  private static byte[] sealed(byte[] png, int chunk) {
    ByteBuffer buffer = ByteBuffer.wrap(png);
    int length = buffer.getInt(chunk);
    CRC32 checksum = new CRC32();
    checksum.update(png, chunk + 4, length + 4);
    buffer.putInt(chunk + 8 + length, (int) checksum.getValue());
    return png;
  }

  @Test
  void sizesAreCheckedBeforeThePixels() throws IOException {
    byte[] png = content("grey.png");
    ByteBuffer.wrap(png).putInt(IHDR + 8, 60_000).putInt(IHDR + 12, 60_000);
    assertThatThrownBy(() -> ImageFile.read("x", sealed(png, IHDR)))
        .isInstanceOf(FormatException.class)
        .hasMessage("x: expected an image of 1 to 67108864 pixels, got 60000 × 60000");
    ByteBuffer.wrap(png).putInt(IHDR + 8, 8000).putInt(IHDR + 12, 8000);
    int data = ByteBuffer.wrap(png).getInt(IDAT);
    assertThatThrownBy(() -> ImageFile.read("x", sealed(png, IHDR)))
        .hasMessage(
            "x: expected no more pixels than its "
                + data
                + " bytes of them can hold, got 8000 × 8000: it is truncated or its header wrong");
    ByteBuffer.wrap(png).putInt(IHDR + 8, 0);
    assertThatThrownBy(() -> ImageFile.read("x", sealed(png, IHDR)))
        .hasMessageEndingWith("got 8000 × 0");
    ByteBuffer.wrap(png).putInt(IHDR + 8, -5);
    assertThatThrownBy(() -> ImageFile.read("x", sealed(png, IHDR)))
        .hasMessageEndingWith("got 8000 × -5");
    byte[] jpeg = content("grey.jpg");
    int frame = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c0");
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 65_535).putShort(frame + 7, (short) 65_535);
    assertThatThrownBy(() -> ImageFile.read("x", jpeg))
        .isInstanceOf(FormatException.class)
        .hasMessage("x: expected an image of 1 to 67108864 pixels, got 65535 × 65535");
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 1000).putShort(frame + 7, (short) 1000);
    assertThatThrownBy(() -> ImageFile.read("x", jpeg)).hasMessageContaining("can hold, got 1000");
  }

  @Test
  void errorsSayWhatIsWrong() throws IOException {
    assertThatThrownBy(() -> ImageFile.read("x", "GIF89a".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(FormatException.class)
        .hasMessage("x: expected a PNG or JPEG image, which begins with 89 50 4e 47 or ff d8 ff");
    byte[] bent = content("grey.png");
    bent[IDAT + 12] ^= 1;
    assertThatThrownBy(() -> ImageFile.read("x", bent))
        .hasMessageMatching(
            "x: byte 33: expected a chunk with the checksum [0-9a-f]+, got one with [0-9a-f]+");
    byte[] depth = content("grey.png");
    depth[IHDR + 16] = 3;
    assertThatThrownBy(() -> ImageFile.read("x", sealed(depth, IHDR)))
        .hasMessage("x: byte 24: expected a pair of depth and colour type, got 3 and 0");
    byte[] method = content("grey.png");
    method[IHDR + 18] = 1;
    assertThatThrownBy(() -> ImageFile.read("x", sealed(method, IHDR)))
        .hasMessage("x: byte 26: expected compression 0, filter 0 and interlace 0 or 1");
    byte[] critical = content("grey.png");
    critical[IDAT + 4] = 'J';
    assertThatThrownBy(() -> ImageFile.read("x", sealed(critical, IDAT)))
        .hasMessage("x: byte 33: expected no other critical chunk, got JDAT");
    byte[] twice = content("grey.png");
    twice[IHDR + 4] = 'i';
    assertThatThrownBy(() -> ImageFile.read("x", sealed(twice, IHDR)))
        .hasMessage("x: byte 8: expected one chunk IHDR, before all others, got iHDR");
    assertThatThrownBy(() -> ImageFile.read(fixture("inks.jpg")))
        .isInstanceOf(FormatException.class)
        .hasMessageEndingWith(
            ": expected 1 or 3 colours of 8 bits, got 4 of 8: inks; save it with red, green and"
                + " blue");
    byte[] arithmetic = content("grey.jpg");
    int frame = new String(arithmetic, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c0");
    arithmetic[frame + 1] = (byte) 0xC9;
    assertThatThrownBy(() -> ImageFile.read("x", arithmetic))
        .hasMessageContaining("expected a baseline, extended or progressive image");
    assertThatThrownBy(() -> ImageFile.read(folder))
        .hasMessage(folder + ": expected an image, but this is no ordinary file");
    assertThatThrownBy(() -> ImageFile.read(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void scansAreCounted() throws IOException {
    byte[] jpeg = content("progressive.jpg");
    byte[] many = Arrays.copyOf(jpeg, jpeg.length + 1200);
    for (int i = jpeg.length; i < many.length; i += 2) {
      many[i] = (byte) 0xFF;
      many[i + 1] = (byte) 0xDA;
    }
    assertThatThrownBy(() -> ImageFile.read("x", many))
        .isInstanceOf(FormatException.class)
        .hasMessageEndingWith("expected at most 500 scans");
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS) // for runs with more -Dijen.rounds
  void changedFilesAreReadOrRefused() throws IOException {
    List<byte[]> valid = new ArrayList<>();
    for (String name : Npz.read(fixture("expected.npz")).tensors().keySet()) {
      valid.add(content(name));
    }
    valid.add(content("inks.jpg"));
    Fuzz.Result result =
        FUZZ.run(
            random -> {
              byte[] changed = changed(valid.get(random.nextInt(valid.size())), random);
              return Fuzz.Sample.of(changed).holding(8 * pixels(changed));
            },
            (name, content) -> {
              Tensor image = ImageFile.read(name, content);
              assertThat(image.elements()).isLessThanOrEqualTo(3 * pixels(content));
            });
    assertThat(result.read()).isGreaterThan(FUZZ.rounds() / 20);
    assertThat(result.refused()).isGreaterThan(FUZZ.rounds() / 5);
  }

  /// How many pixels a file claims, if its bytes may hold as many; decoded, one takes up to 8
  /// bytes.
  private static long pixels(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    long limit = 8L * 1032 * file.length; // deflate makes 1032 bytes of one
    long most = 0;
    if (PngParts.begin(file)) {
      if (file.length > 24) {
        most = Math.max(0L, bytes.getInt(16)) * Math.max(0, bytes.getInt(20));
      }
    } else {
      for (int at = 0; at + 9 <= file.length; at++) {
        if (file[at] == (byte) 0xFF && file[at + 1] >= (byte) 0xC0 && file[at + 1] <= (byte) 0xC2) {
          long claimed = (bytes.getShort(at + 5) & 0xFFFFL) * (bytes.getShort(at + 7) & 0xFFFF);
          most = Math.max(most, claimed <= limit ? claimed : 0);
        }
      }
    }
    return most <= limit ? most : 0;
  }

  private static byte[] changed(byte[] good, RandomGenerator random) {
    byte[] bytes =
        random.nextInt(3) == 0
            ? Changes.bytes(good, 200, random) // mostly the headers
            : Changes.any(good, random);
    if (PngParts.begin(bytes) && random.nextInt(4) > 0) { // or the checksums refuse all of them
      for (int at = IHDR; at + 12 <= bytes.length; ) {
        int length = ByteBuffer.wrap(bytes).getInt(at);
        if (length < 0 || length > bytes.length - at - 12) {
          break;
        }
        sealed(bytes, at);
        at += 12 + length;
      }
    }
    return bytes;
  }
}
