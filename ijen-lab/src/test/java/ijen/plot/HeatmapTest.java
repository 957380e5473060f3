package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeatmapTest {
  @ParameterizedTest(name = "{0} classes, names of {1} letters, {2} pixels")
  @CsvSource({
    "2, 4, 420",
    "2, 40, 420",
    "3, 1, 200",
    "10, 11, 720",
    "10, 60, 720",
    "10, 3, 300",
    "26, 1, 720",
    "47, 12, 720",
    "100, 9, 760",
    "150, 8, 760"
  })
  void anyConfusionIsReadable(int classes, int letters, double width) {
    Random random = new Random(classes);
    long[][] counts = new long[classes][classes];
    for (int i = 0; i < classes; i++) {
      for (int j = 0; j < classes; j++) {
        counts[i][j] = i == j ? 1000 : random.nextInt(4) == 0 ? random.nextInt(1000) : 0;
      }
    }
    List<String> names =
        IntStream.range(0, classes)
            .mapToObj(i -> "m".repeat(letters - 1) + (char) ('a' + i % 26))
            .toList();
    Heatmap map = Heatmap.confusion("Confusion", counts, names).withWidth(width);

    Drawing drawing = FigureChecks.check(map);

    assertThat(drawing.labels().stream().filter(Mark.Label::upright).count())
        .isIn(0L, (long) classes, (classes + 1L) / 2, (classes + 2L) / 3, (classes + 3L) / 4);
    long boxes = drawing.marks().stream().filter(Mark.Box.class::isInstance).count();
    assertThat(boxes).isBetween((long) classes, (long) classes * classes);
    assertThat(map.standalone().length()).isLessThan(400 * classes * classes + 20_000);
  }

  @Test
  void cellsShowCountAndShare() {
    Drawing drawing =
        FigureChecks.check(
            Heatmap.confusion("C", new long[][] {{1230, 20}, {0, 500}}, List.of("cat", "dog")));
    assertThat(drawing.labels())
        .extracting(Mark.Label::text)
        .contains("1,230", "98.4%", "20", "1.6%", "500", "100.0%", "cat", "dog")
        .doesNotContain("0", "0.0%");
    assertThat(drawing.marks())
        .anyMatch(
            m -> m instanceof Mark.Box box && box.hint().equals("cat, predicted dog: 20 (1.6%)"));
    assertThat(drawing.description()).contains("1,730 of 1,750 right");
  }

  @Test
  void aClassWithoutExamplesHasAnEmptyRow() {
    Drawing drawing =
        FigureChecks.check(
            Heatmap.confusion("C", new long[][] {{0, 0}, {3, 4}}, List.of("a", "b")));
    assertThat(drawing.labels())
        .extracting(Mark.Label::text)
        .contains("3", "4")
        .doesNotContain("NaN%");
  }

  @Test
  void tablesThatDoNotFitAreExplained() {
    assertThatThrownBy(() -> Heatmap.confusion("C", new long[][] {{1}}, List.of("a", "b")))
        .hasMessageContaining("expected one row of cells for each of 2 names, got 1");
    assertThatThrownBy(
            () -> Heatmap.confusion("C", new long[][] {{1, -2}, {0, 0}}, List.of("a", "b")))
        .hasMessageContaining("row 'a' holds a negative count, -2");
    assertThatThrownBy(() -> Heatmap.confusion("C", new long[][] {{1, 2}, {0}}, List.of("a", "b")))
        .hasMessageContaining("row 'b' has 1 cells, expected 2");
  }
}
