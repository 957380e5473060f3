package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageTableTest {
  @Test
  void anyNumberOfColumnsIsReadable() {
    for (int count : new int[] {1, 2, 3, 10, 15}) {
      List<String> names =
          IntStream.range(0, count).mapToObj(i -> "a class/of a long name " + i).toList();
      List<Picture> tall =
          names.stream().map(name -> Picture.grey(new byte[28 * 20], 28, 20)).toList();
      List<Picture> wide =
          names.stream().map(name -> Picture.rgb(new byte[3 * 10 * 30], 10, 30)).toList();
      ImageTable table = ImageTable.reconstructions("Pairs", names, tall, wide);
      Drawing drawing = FigureChecks.check(table.withFooters(names));
      List<Mark.Raster> rasters =
          drawing.marks().stream()
              .filter(Mark.Raster.class::isInstance)
              .map(Mark.Raster.class::cast)
              .toList();
      assertThat(rasters).hasSize(2 * count);
      for (int i = 0; i < count; i++) {
        Extent above = rasters.get(i).extent();
        Extent below = rasters.get(count + i).extent();
        assertThat(above.bottom()).isLessThan(below.top());
        assertThat(above.left() + above.right())
            .isBetween(below.left() + below.right() - 1e-6, below.left() + below.right() + 1e-6);
        assertThat(above.height() / above.width()).isBetween(1.399, 1.401);
        assertThat(below.width() / below.height()).isBetween(2.999, 3.001);
      }
      assertThat(FigureChecks.check(table).labels()).hasSizeLessThan(drawing.labels().size());
    }
  }

  @Test
  void wrongTablesAreExplained() {
    List<Picture> one = List.of(Picture.grey(new byte[4], 2, 2));
    assertThatThrownBy(() -> ImageTable.reconstructions("t", List.of("a", "b"), one, one))
        .hasMessage("image table 't': row 'original' has 1 images, expected 2");
    ImageTable table = ImageTable.reconstructions("t", List.of("a"), one, one);
    assertThatThrownBy(() -> table.withFooters(List.of("x", "y")))
        .hasMessageContaining("one for each of 1 columns, got 2");
    assertThatThrownBy(() -> table.withWidth(30)).hasMessageContaining("leave no 24 pixels");
  }
}
