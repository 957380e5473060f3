package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.plot.Mark.Anchor;
import ijen.plot.Mark.Label;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PngTest {
  private static final Extent PLACE = new Extent(10, 20, 40, 50);
  private static final int SIDE = 60;

  @ParameterizedTest
  @EnumSource(Look.class)
  void coloursAreThoseOfTheLook(Look look) {
    byte[] half = {(byte) 255, 0, 0, 51};
    BufferedImage box = draw(look, new Mark.Box(PLACE, Theme.RIGHT, 1, ""));
    assertThat(at(box, look, 25, 35)).isEqualTo(colour(look.of(Theme.RIGHT)));
    assertThat(at(box, look, 5, 35)).isEqualTo(colour(look.of(Theme.PAGE)));

    BufferedImage stencil =
        draw(look, new Mark.Stencil(Picture.grey(half, 2, 2), Theme.WRONG, PLACE));
    assertThat(at(stencil, look, 15, 25)).isEqualTo(colour(look.of(Theme.WRONG)));
    assertThat(at(stencil, look, 35, 25)).isEqualTo(colour(look.of(Theme.PAGE)));
    for (int shift : new int[] {0, 8, 16}) {
      int page = colour(look.of(Theme.PAGE)) >> shift & 255;
      int paint = colour(look.of(Theme.WRONG)) >> shift & 255;
      assertThat(at(stencil, look, 35, 45) >> shift & 255)
          .isBetween(
              (int) (page + 0.2 * (paint - page)) - 2, (int) (page + 0.2 * (paint - page)) + 2);
    }

    BufferedImage raster =
        draw(look, new Mark.Raster(Picture.grey(half, 2, 2), PLACE, "the same in any look"));
    assertThat(at(raster, look, 11, 21)).isEqualTo(0xFFFFFF);
    assertThat(at(raster, look, 39, 34)).isZero();
    assertThat(at(raster, look, 39, 49)).isEqualTo(0x333333);
  }

  /// Whatever the font: what a text inks lies in the room that was kept for it.
  @Test
  void lettersStayInTheirRoom() {
    Random random = new Random(11);
    String letters = "Wmil.,%10⁻³×−±gyÅ…/ ";
    List<Anchor> anchors = List.of(Anchor.values());
    for (int i = 0; i < 60; i++) {
      StringBuilder text = new StringBuilder("M");
      for (int k = random.nextInt(9); k > 0; k--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      Anchor anchor = anchors.get(random.nextInt(anchors.size()));
      Label label = Label.of(text.toString(), 100, 100, 9, anchor, Theme.INK);
      label = random.nextBoolean() ? label.inBold() : label;
      label = random.nextBoolean() ? label.turnedUpright() : label;
      Extent ink = ink(draw(Look.PRINT, 200, label), Look.PRINT);
      Extent room = label.extent();
      // Accents and cedillas rise above the estimate of plain letters.
      double over = 0.25 * label.size();
      Extent around =
          new Extent(
              room.left() - over, room.top() - over, room.right() + over, room.bottom() + over);
      assertThat(around.contains(ink)).as("%s at %s", label, ink).isTrue();
      double length = label.upright() ? ink.height() : ink.width();
      double kept = label.upright() ? room.height() : room.width();
      assertThat(length).as("%s", label).isLessThanOrEqualTo(kept + 1).isGreaterThan(kept / 4);
    }
  }

  /// Each sign covers its own places: they differ without colour.
  @Test
  void signsAreCentredAndDifferInForm() {
    List<BufferedImage> signs = new ArrayList<>();
    for (Shape shape : Shape.values()) {
      BufferedImage sign = draw(Look.PRINT, new Mark.Sign(new Spot(30, 30), shape, 20, Theme.INK));
      Extent ink = ink(sign, Look.PRINT);
      assertThat((ink.left() + ink.right()) / 2).as("%s", shape).isBetween(29.5, 30.5);
      assertThat(new Extent(15, 15, 45, 45).contains(ink)).as("%s: %s", shape, ink).isTrue();
      assertThat(ink.width()).as("%s", shape).isBetween(17.0, 29.0);
      for (BufferedImage other : signs) {
        assertThat(different(sign, other)).as("%s", shape).isGreaterThan(0.1 * 20 * 20);
      }
      signs.add(sign);
      BufferedImage cloud =
          draw(Look.PRINT, new Mark.Cloud(List.of(new Spot(30, 30)), shape, 20, Theme.INK, 1));
      assertThat(different(sign, cloud)).as("%s alone in a cloud", shape).isZero();
    }
  }

  @Test
  void aFileSaysItsSizeOnPaperAndWhatItShows() throws IOException {
    Drawing drawing = new Drawing(100, 50, "Loß & accuracy", "Two lines.", List.of());
    for (Look look : Look.values()) {
      byte[] file = Png.of(drawing, look);
      String latin = new String(file, StandardCharsets.ISO_8859_1);
      int chunk = latin.indexOf("pHYs") + 4;
      int dotsPerMetre = ByteBuffer.wrap(file).getInt(chunk);
      assertThat(dotsPerMetre * 0.0254)
          .isBetween(look.dotsPerInch() - 1.0, look.dotsPerInch() + 1.0);
      assertThat(ByteBuffer.wrap(file).getInt(chunk + 4)).isEqualTo(dotsPerMetre);
      assertThat(new String(file, StandardCharsets.UTF_8))
          .contains("Loß & accuracy")
          .contains("Two lines.");
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
      assertThat(image.getWidth()).isEqualTo((int) Math.ceil(132 * look.dotsPerInch() / 96.0));
      assertThat(image.getHeight()).isEqualTo((int) Math.ceil(82 * look.dotsPerInch() / 96.0));
    }
  }

  @Test
  void theNameOfAFileDecides(@TempDir Path folder) throws IOException {
    Figure figure = () -> new Drawing(30, 30, "t", "d", List.of());
    figure.save(folder.resolve("a.svg"), Look.DARK);
    figure.save(folder.resolve("a.png"), Look.DARK);
    figure.save(folder.resolve("b.png"));
    assertThat(folder.resolve("a.svg")).hasContent(figure.standalone(Look.DARK));
    assertThat(folder.resolve("a.png")).hasBinaryContent(figure.png(Look.DARK));
    assertThat(Files.readAllBytes(folder.resolve("b.png"))).isEqualTo(figure.png(Look.LIGHT));
  }

  private static BufferedImage draw(Look look, Mark mark) {
    return draw(look, SIDE, mark);
  }

  private static BufferedImage draw(Look look, int side, Mark mark) {
    try {
      byte[] file = Png.of(new Drawing(side, side, "title", "description", List.of(mark)), look);
      return ImageIO.read(new ByteArrayInputStream(file));
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  /// The colour at a place of the drawing.
  private static int at(BufferedImage image, Look look, double x, double y) {
    double scale = look.dotsPerInch() / 96.0;
    int column = (int) (scale * (x + Drawing.MARGIN));
    int row = (int) (scale * (y + Drawing.MARGIN));
    return image.getRGB(column, row) & 0xFFFFFF;
  }

  private static int colour(String text) {
    return Integer.parseInt(text.substring(1), 16);
  }

  /// The least rectangle of the drawing that holds whatever is not ground.
  private static Extent ink(BufferedImage image, Look look) {
    double scale = look.dotsPerInch() / 96.0;
    int ground = image.getRGB(0, 0);
    double[] sides = {1e9, 1e9, -1e9, -1e9};
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (image.getRGB(x, y) != ground) {
          sides[0] = Math.min(sides[0], x / scale - Drawing.MARGIN);
          sides[1] = Math.min(sides[1], y / scale - Drawing.MARGIN);
          sides[2] = Math.max(sides[2], (x + 1) / scale - Drawing.MARGIN);
          sides[3] = Math.max(sides[3], (y + 1) / scale - Drawing.MARGIN);
        }
      }
    }
    return new Extent(sides[0], sides[1], sides[2], sides[3]);
  }

  /// The area, in pixels of the drawing, where one of two black and white pictures is dark.
  private static double different(BufferedImage one, BufferedImage other) {
    double sum = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        sum += Math.abs((one.getRGB(x, y) & 255) - (other.getRGB(x, y) & 255)) / 227.0;
      }
    }
    double scale = Look.PRINT.dotsPerInch() / 96.0;
    return sum / (scale * scale);
  }
}
