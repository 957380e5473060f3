package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ScatterChartTest {
  private static final Axis X = Axis.linear("first");
  private static final Axis Y = Axis.linear("second");

  @Test
  void everyPointIsDrawnAndTheFileStaysSmall() {
    List<Series> groups = groups(10, 1000);
    ScatterChart chart = ScatterChart.of("Latent space", X, Y, groups);
    Drawing drawing = FigureChecks.check(chart);
    assertThat(chart.standalone().length()).isLessThan(300_000);
    Set<Theme.SeriesStyle> styles = new HashSet<>();
    Set<Shape> shapes = new HashSet<>();
    for (int k = 0; k < 10; k++) {
      styles.add(Theme.style(k));
      shapes.add(Theme.style(k).shape());
    }
    assertThat(shapes).as("classes differ without colour").hasSize(10).doesNotContain(Shape.CROSS);
    long drawn = clouds(drawing).stream().mapToLong(cloud -> cloud.at().size()).sum();
    assertThat(drawn).as("only signs on each other are one").isBetween(9_500L, 10_000L);
    for (Mark.Cloud cloud : clouds(drawing)) {
      assertThat(styles)
          .anyMatch(s -> s.shape() == cloud.shape() && s.paint().equals(cloud.paint()));
    }
  }

  /// The steps of the path lead back to the places they came from.
  @Test
  void pathsHoldThePlaces() {
    Random random = new Random(2);
    List<Spot> spots = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      spots.add(new Spot(random.nextInt(100), random.nextInt(100)));
    }
    for (Shape shape : Shape.values()) {
      Mark.Cloud cloud = new Mark.Cloud(spots, shape, 6, Theme.INK, 1);
      Drawing drawing = new Drawing(100, 100, "t", "d", List.of(cloud));
      String path =
          FigureChecks.parse(Svg.standalone(drawing, Look.LIGHT))
              .getElementsByTagName("path")
              .item(0)
              .getAttributes()
              .getNamedItem("d")
              .getTextContent();
      Spot last = cloud.at().getLast();
      List<List<Spot>> paths = shape.paths(last, 6);
      Spot expected =
          shape == Shape.RING
              ? new Spot(last.x() - 3, last.y())
              : paths.isEmpty() ? last : paths.getLast().getFirst();
      double[] at = {0, 0};
      var steps = Pattern.compile("[Mm](-?\\d+) ?(-?\\d+)([^Mm]*)").matcher(path);
      var lines = Pattern.compile("l(-?\\d+) ?(-?\\d+)");
      double[] start = {0, 0};
      int count = 0;
      while (steps.find()) {
        start[0] = at[0] + Integer.parseInt(steps.group(1));
        start[1] = at[1] + Integer.parseInt(steps.group(2));
        at = start.clone();
        var line = lines.matcher(steps.group(3));
        while (line.find() && !steps.group(3).contains("z")) {
          at[0] += Integer.parseInt(line.group(1));
          at[1] += Integer.parseInt(line.group(2));
        }
        count++;
      }
      assertThat(count).isEqualTo(cloud.at().size() * Math.max(1, paths.size()));
      assertThat(start[0] / 10).as("%s", shape).isBetween(expected.x() - 0.06, expected.x() + 0.06);
      assertThat(start[1] / 10).as("%s", shape).isBetween(expected.y() - 0.06, expected.y() + 0.06);
    }
  }

  @Test
  void theLocaleChangesNothing() {
    ScatterChart chart = ScatterChart.of("Latent space", X, Y, groups(10, 8));
    String usual = chart.standalone();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(chart.standalone()).isEqualTo(usual);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void whatHasNoPlaceIsCounted() {
    Series group =
        new Series(
            "a", List.of(Point.of(1, 1), Point.of(2, Double.NaN), Point.of(3, 40), Point.of(2, 2)));
    Drawing drawing = FigureChecks.check(ScatterChart.of("S", X, Y.within(0, 10), List.of(group)));
    assertThat(drawing.labels())
        .extracting(Mark.Label::text)
        .contains("2 of 4 points lie outside", "first", "second", "a");
    FigureChecks.check(ScatterChart.of("Empty", X, Y, List.of()).withSize(220, 220));
  }

  private static List<Series> groups(int count, int points) {
    Random random = new Random(1);
    List<Series> groups = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      List<Point> cloud = new ArrayList<>();
      for (int i = 0; i < points; i++) {
        cloud.add(Point.of(k + random.nextGaussian(), k % 3 + random.nextGaussian()));
      }
      groups.add(new Series("class " + k, cloud));
    }
    return groups;
  }

  private static List<Mark.Cloud> clouds(Drawing drawing) {
    return drawing.marks().stream()
        .filter(Mark.Cloud.class::isInstance)
        .map(Mark.Cloud.class::cast)
        .toList();
  }
}
