package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageGridTest {
  @Test
  void aPictureComesBackFromItsPng() throws IOException {
    Random random = new Random(3);
    for (int channels : new int[] {1, 3}) {
      byte[] pixels = new byte[5 * 7 * channels];
      random.nextBytes(pixels);
      Picture picture = channels == 1 ? Picture.grey(pixels, 5, 7) : Picture.rgb(pixels, 5, 7);

      var raster = ImageIO.read(new ByteArrayInputStream(picture.png())).getRaster();

      assertThat(List.of(raster.getWidth(), raster.getHeight(), raster.getNumBands()))
          .containsExactly(7, 5, channels);
      for (int y = 0; y < 5; y++) {
        for (int x = 0; x < 7; x++) {
          for (int c = 0; c < channels; c++) {
            assertThat(raster.getSample(x, y, c))
                .isEqualTo(pixels[(y * 7 + x) * channels + c] & 0xFF);
          }
        }
      }
      assertThat(
              Base64.getDecoder().decode(picture.dataUri().replace("data:image/png;base64,", "")))
          .isEqualTo(picture.png());
    }
  }

  @Test
  void aPictureKeepsItsPixels() {
    byte[] pixels = {1, 2, 3, 4};
    Picture picture = Picture.grey(pixels, 2, 2);
    pixels[0] = 9;
    picture.pixels()[1] = 9;
    assertThat(picture.pixels()).containsExactly(1, 2, 3, 4);
    assertThat(picture).isEqualTo(Picture.grey(new byte[] {1, 2, 3, 4}, 2, 2));
    assertThatThrownBy(() -> Picture.grey(pixels, 2, 3))
        .hasMessage("picture: expected 6 bytes for 2 × 3 pixels of 1 channels, got 4");
    assertThatThrownBy(() -> Picture.rgb(pixels, 1 << 16, 1 << 16)).hasMessageContaining("got 4");
  }

  @Test
  void gridsOfAnySizeAreReadable() {
    for (int count : new int[] {0, 1, 5, 6, 7, 24}) {
      List<ImageGrid.Tile> tiles =
          IntStream.range(0, count)
              .mapToObj(i ->
                  new ImageGrid.Tile(
                      Picture.grey(new byte[28 * (14 + i)], 28, 14 + i),
                      List.of(
                          "a long name of a class " + i, "taken for another such class", "0.99")))
              .toList();
      ImageGrid grid = ImageGrid.of("Mistakes", tiles, 6);
      Drawing drawing = FigureChecks.check(grid);
      assertThat(drawing.marks().stream().filter(Mark.Raster.class::isInstance)).hasSize(count);
      assertThat(grid.standalone()).hasSizeLessThan(3000 * count + 2000);
      for (Mark mark : drawing.marks()) {
        if (mark instanceof Mark.Raster raster) {
          Extent place = raster.extent();
          assertThat(place.width() / place.height())
              .isBetween(
                  0.999 * raster.picture().width() / 28, 1.001 * raster.picture().width() / 28);
          assertThat(drawing.labels()).noneMatch(label -> label.extent().overlaps(place));
        }
      }
    }
  }
}
