package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Checks every kind of figure, and leaves them all in `target/gallery/index.html` to be looked at.
class GalleryTest {
  private static final Path GALLERY = Path.of("target", "gallery");

  static Set<String> names() {
    return Gallery.figures().keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void theFigureIsSoundInEveryLook(String name) throws IOException {
    Figure figure = Objects.requireNonNull(Gallery.figures().get(name));
    Drawing drawing = FigureChecks.check(figure);
    Files.createDirectories(GALLERY);
    for (Look look : Look.values()) {
      FigureChecks.parse(figure.standalone(look));
      byte[] png = figure.png(look);
      assertThat(figure.png(look)).as("twice the same").isEqualTo(png);

      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
      double scale = look.dotsPerInch() / 96.0;
      assertThat(image.getWidth() / scale - 2 * Drawing.MARGIN)
          .isBetween(drawing.width(), drawing.width() + 1);
      assertThat(image.getHeight() / scale - 2 * Drawing.MARGIN)
          .isBetween(drawing.height(), drawing.height() + 1);
      TreeSet<Integer> colours = new TreeSet<>();
      int[] pixels =
          image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
      for (int pixel : pixels) {
        colours.add(pixel & 0xFFFFFF);
      }
      for (Paint paint : new Paint[] {Theme.PAGE, Theme.INK}) {
        assertThat(colours).contains(Integer.parseInt(look.of(paint).substring(1), 16));
      }

      String file = name + "-" + look.name().toLowerCase(java.util.Locale.ROOT);
      figure.save(GALLERY.resolve(file + ".svg"), look);
      Files.write(GALLERY.resolve(file + ".png"), png);
    }
  }

  @AfterAll
  static void writePage() throws IOException {
    StringBuilder page = new StringBuilder("<!DOCTYPE html><meta charset=\"utf-8\"/>");
    page.append("<style>img{width:32%;vertical-align:top}</style><title>Figures</title>");
    for (String name : names()) {
      page.append("<h2>").append(name).append(": light, dark; print as PNG</h2>");
      page.append("<img src=\"%s-light.svg\"> <img src=\"%s-dark.svg\"> ".formatted(name, name));
      page.append("<img src=\"%s-print.png\">".formatted(name));
    }
    Files.writeString(GALLERY.resolve("index.html"), page);
  }
}
