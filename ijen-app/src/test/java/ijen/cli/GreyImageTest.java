package ijen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GreyImageTest {
  private static Terminal terminal(Terminal.Colors colors) {
    boolean interactive = colors != Terminal.Colors.NONE;
    return new Terminal(System.out, System.err, interactive, colors, interactive, 80);
  }

  private static GreyImage random(int height, int width, Random random) {
    byte[] pixels = new byte[height * width];
    random.nextBytes(pixels);
    return new GreyImage(pixels, height, width);
  }

  private static double mean(GreyImage image) {
    double sum = 0;
    for (byte pixel : image.pixels()) {
      sum += pixel & 255;
    }
    return sum / image.pixels().length;
  }

  @Test
  void anotherSizeHasTheSameMean() {
    long seed = Long.getLong("ijen.seed", 5);
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      GreyImage image = random(1 + random.nextInt(60), 1 + random.nextInt(60), random);
      int height = 1 + random.nextInt(60);
      int width = 1 + random.nextInt(60);
      GreyImage other = image.resized(height, width);
      assertThat(other.height()).isEqualTo(height);
      assertThat(other.width()).isEqualTo(width);
      assertThat(mean(other)).as("seed %d, image %d", seed, i).isCloseTo(mean(image), within());
      assertThat(image.resized(image.height(), image.width())).isSameAs(image);
    }
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.api.Assertions.within(0.51); // each pixel is rounded
  }

  @Test
  void halfTheSizeIsTheMeanOfFours() {
    GreyImage image = new GreyImage(new byte[] {0, 10, 20, 30, 40, 50, 60, 70}, 2, 4);
    assertThat(image.resized(1, 2).pixels()).containsExactly(25, 45);
    GreyImage twice = new GreyImage(new byte[] {1, 3}, 1, 2).resized(2, 4);
    assertThat(twice.pixels()).containsExactly(1, 1, 3, 3, 1, 1, 3, 3);
  }

  @Test
  void fittingKeepsTheProportionAndFillsWithTheBorder() {
    byte[] pixels = new byte[10 * 20];
    java.util.Arrays.fill(pixels, (byte) 7);
    pixels[5 * 20 + 10] = (byte) 255;
    GreyImage fitted = new GreyImage(pixels, 10, 20).fitted(28, 28);
    assertThat(fitted.height()).isEqualTo(28);
    assertThat(fitted.width()).isEqualTo(28);
    assertThat(fitted.pixels()[0]).isEqualTo((byte) 7);
    int brightest = 0;
    for (int i = 0; i < fitted.pixels().length; i++) {
      if ((fitted.pixels()[i] & 255) > (fitted.pixels()[brightest] & 255)) {
        brightest = i;
      }
    }
    assertThat(brightest / 28).isBetween(14, 15); // 14 rows of it, from the 7th on: its 5th of 10
    assertThat(brightest % 28).isBetween(14, 15);
  }

  @Test
  void coloursBecomeGreyAndTransparencyPaper(@TempDir Path folder) throws IOException {
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, Color.RED.getRGB());
    image.setRGB(1, 0, Color.GREEN.getRGB());
    image.setRGB(2, 0, Color.WHITE.getRGB());
    image.setRGB(3, 0, 0);
    Path file = folder.resolve("a.png");
    ImageIO.write(image, "png", file.toFile());
    assertThat(GreyImage.read(file).pixels())
        .containsExactly((byte) 76, (byte) 150, (byte) 255, (byte) 255);
  }

  @Test
  void greysStayWhatTheyAre(@TempDir Path folder) throws IOException {
    for (int type :
        new int[] {
          BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_INT_RGB
        }) {
      BufferedImage image = new BufferedImage(256, 1, type);
      for (int grey = 0; grey < 256; grey++) {
        switch (type) {
          case BufferedImage.TYPE_BYTE_GRAY -> image.getRaster().setSample(grey, 0, 0, grey);
          case BufferedImage.TYPE_USHORT_GRAY ->
              image.getRaster().setSample(grey, 0, 0, 257 * grey);
          default -> image.setRGB(grey, 0, 0x010101 * grey);
        }
      }
      Path file = folder.resolve("a.png");
      ImageIO.write(image, "png", file.toFile());
      byte[] pixels = GreyImage.read(file).pixels();
      for (int grey = 0; grey < 256; grey++) {
        assertThat(pixels[grey] & 255).as("type %d", type).isEqualTo(grey);
      }
    }
  }

  @Test
  void whatIsNoImageIsRefused(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("a.png"), "no image");
    assertThatThrownBy(() -> GreyImage.read(text))
        .isInstanceOf(IOException.class)
        .hasMessage(text + ": expected an image (PNG, JPG, JPEG, GIF, BMP)");
    assertThatThrownBy(() -> GreyImage.read(folder.resolve("b.png")))
        .hasMessageEndingWith("b.png: there is no such file");
    Path good = folder.resolve("good.png");
    ImageIO.write(new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_GRAY), "png", good.toFile());
    byte[] bytes = Files.readAllBytes(good);
    // A header that lies about the size: 2,000,000,000 columns and rows.
    byte[] lie = bytes.clone();
    for (int at : new int[] {16, 20}) {
      lie[at] = 0x77;
      lie[at + 1] = 0x35;
      lie[at + 2] = (byte) 0x94;
      lie[at + 3] = 0;
    }
    Path lying = Files.write(folder.resolve("lie.png"), lie);
    assertThatThrownBy(() -> GreyImage.read(lying))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("lie.png");
    long seed = Long.getLong("ijen.seed", 11);
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      if (damaged.length > 0) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      }
      Path file = Files.write(folder.resolve("damaged.png"), damaged);
      try {
        assertThat(GreyImage.read(file).pixels()).isNotEmpty();
      } catch (IOException expected) {
        assertThat(expected).as("seed %d, file %d", seed, i).hasMessageContaining("damaged.png");
      }
    }
  }

  @Test
  void aDrawingHasTwoRowsALine() {
    GreyImage image = new GreyImage(new byte[] {0, (byte) 255, (byte) 255, 0, 127, 127}, 3, 2);
    assertThat(image.lines(terminal(Terminal.Colors.NONE))).containsExactly("==", "==");
    assertThat(image.lines(terminal(Terminal.Colors.ALL)))
        .containsExactly(
            "\u001b[38;2;0;0;0;48;2;255;255;255m▀\u001b[38;2;255;255;255;48;2;0;0;0m▀\u001b[0m",
            "\u001b[38;2;127;127;127;49m▀▀\u001b[0m");
    assertThat(image.lines(terminal(Terminal.Colors.TABLE)).getFirst())
        .isEqualTo("\u001b[38;5;16;48;5;231m▀\u001b[38;5;231;48;5;16m▀\u001b[0m");
  }

  @Test
  void aDrawingIsNotWiderThanTheTerminal() {
    Terminal narrow = Terminal.of(System.out, System.err, false, "UTF-8", Map.of("COLUMNS", "40"));
    List<String> lines = random(100, 300, new Random(1)).lines(narrow);
    assertThat(lines).allMatch(line -> line.length() <= 38);
  }
}
