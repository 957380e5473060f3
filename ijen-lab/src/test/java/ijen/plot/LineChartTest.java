package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LineChartTest {
  private static final Axis EPOCH = Axis.linear("epoch").withWholeNumbers();

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyChartIsReadable(int seed) {
    Random random = new Random(seed);
    List<Series> series = new ArrayList<>();
    int lines = random.nextInt(14);
    for (int k = 0; k < lines; k++) {
      List<Point> points = new ArrayList<>();
      int count = random.nextInt(60);
      double value = Math.pow(10, random.nextInt(12) - 6);
      for (int i = 0; i < count; i++) {
        value *= 0.7 + 0.6 * random.nextDouble();
        double y = random.nextInt(30) == 0 ? Double.NaN : value;
        points.add(new Point(i + 1, y, y * 0.9, random.nextBoolean() ? y * 1.1 : y));
      }
      series.add(new Series("series " + "x".repeat(random.nextInt(30)) + k, points));
    }
    Axis y = random.nextBoolean() ? Axis.linear("mean loss") : Axis.log("mean loss");
    LineChart chart =
        LineChart.of("A chart " + seed, EPOCH, y, series)
            .withSize(320 + random.nextInt(600), 280 + random.nextInt(300));

    Drawing drawing = FigureChecks.check(chart);

    long named =
        drawing.labels().stream()
            .filter(
                label -> label.text().startsWith("series ") || label.hint().startsWith("series "))
            .count();
    assertThat(named).as("a name for each line").isEqualTo(lines);
  }

  @Test
  void linesCarryNameAndLastValue() {
    LineChart chart =
        LineChart.of(
            "Loss",
            EPOCH,
            Axis.linear("mean loss"),
            List.of(
                Series.ofValues("train", 0.9, 0.5, 0.25), Series.ofValues("test", 0.8, 0.6, 0.5)));
    Drawing drawing = FigureChecks.check(chart);
    assertThat(drawing.labels()).extracting(Mark.Label::text).contains("train 0.250", "test 0.500");
    assertThat(drawing.labels())
        .extracting(Mark.Label::text)
        .contains("epoch", "mean loss", "Loss");
    assertThat(drawing.description())
        .isEqualTo(
            "Line chart of mean loss over epoch. train: 3 points, from 0.9000 to 0.2500. test: 3"
                + " points, from 0.8000 to 0.5000.");
  }

  @Test
  void manyLinesHaveALegendAboveThePlot() {
    List<Series> many =
        IntStream.range(0, 12).mapToObj(k -> Series.ofValues("run " + k, k, k + 1)).toList();
    Drawing drawing = FigureChecks.check(LineChart.of("Runs", EPOCH, Axis.linear("loss"), many));
    double plotTop =
        drawing.marks().stream()
            .filter(m -> m instanceof Mark.Line line && line.paint().equals(Theme.GRID))
            .mapToDouble(m -> ((Mark.Line) m).points().getFirst().y())
            .min()
            .orElseThrow();
    assertThat(drawing.labels().stream().filter(l -> l.text().startsWith("run ")))
        .hasSize(12)
        .allMatch(label -> label.extent().bottom() < plotTop);
    // The ninth line has the first one's colour, but neither its dash nor its sign.
    assertThat(Theme.style(8).paint()).isEqualTo(Theme.style(0).paint());
    assertThat(Theme.style(8).dash()).isNotEqualTo(Theme.style(0).dash());
    assertThat(Theme.style(8).shape()).isNotEqualTo(Theme.style(0).shape());
  }

  @Test
  void whatIsNotFiniteIsMarkedAndSaid() {
    LineChart chart =
        LineChart.of(
            "Loss",
            EPOCH,
            Axis.linear("loss"),
            List.of(Series.ofValues("train", 1, 2, Double.POSITIVE_INFINITY, Double.NaN)));
    Drawing drawing = FigureChecks.check(chart);
    assertThat(drawing.marks())
        .filteredOn(m -> m instanceof Mark.Sign sign && sign.shape() == Shape.CROSS)
        .as("where it begins")
        .hasSize(1);
    assertThat(drawing.labels())
        .extracting(Mark.Label::text)
        .contains("× not a finite number", "train NaN");
    assertThat(drawing.description()).endsWith("2 cannot be drawn, from 3 on.");
    FigureChecks.check(
        LineChart.of(
            "All", EPOCH, Axis.log("loss"), List.of(Series.ofValues("a", Double.NaN, -1, 0))));
  }

  @Test
  void onePointIsSeenAlthoughItIsNoLine() {
    Drawing drawing =
        FigureChecks.check(
            LineChart.of("One", EPOCH, Axis.linear("loss"), List.of(Series.ofValues("a", 0.5))));
    assertThat(drawing.marks())
        .anyMatch(m -> m instanceof Mark.Sign sign && sign.shape() == Shape.CIRCLE);
  }

  @Test
  void bandsLieBehindAllLines() {
    List<Series> series =
        IntStream.range(0, 3)
            .mapToObj(k ->
                new Series(
                    "s" + k, List.of(new Point(0, k, k - 1, k + 1), new Point(1, k, k - 1, k + 1))))
            .toList();
    List<Mark> marks =
        FigureChecks.check(LineChart.of("Bands", Axis.linear("x"), Axis.linear("y"), series))
            .marks();
    int lastBand = -1;
    int firstLine = marks.size();
    for (int i = 0; i < marks.size(); i++) {
      lastBand = marks.get(i) instanceof Mark.Area ? i : lastBand;
      boolean line = marks.get(i) instanceof Mark.Line l && l.thickness() == 2;
      firstLine = line ? Math.min(firstLine, i) : firstLine;
    }
    assertThat(lastBand).isPositive().isLessThan(firstLine);
    assertThat(marks.stream().filter(Mark.Area.class::isInstance)).hasSize(3);
  }

  @Test
  void namesCannotBreakOutOfTheFigure() {
    String evil = "<script>alert('1')</script>&\"]]>\u0000";
    LineChart chart =
        LineChart.of(
            evil, Axis.linear(evil), Axis.linear(evil), List.of(Series.ofValues(evil, 1, 2)));
    String title =
        FigureChecks.parse(chart.standalone())
            .getElementsByTagName("title")
            .item(0)
            .getTextContent();
    assertThat(title).isEqualTo(evil.replace('\u0000', '\uFFFD'));
    assertThat(chart.inline("x")).doesNotContain("<script");
    assertThat(FigureChecks.parse(chart.inline("x")).getElementsByTagName("script").getLength())
        .isZero();
  }

  @Test
  void theLocaleChangesNothing() {
    LineChart chart =
        LineChart.of(
            "Loss", EPOCH, Axis.linear("loss"), List.of(Series.ofValues("a", 0.5, 12345.678, 1e7)));
    String usual = chart.standalone();
    Locale before = Locale.getDefault();
    try {
      for (String tag : new String[] {"de-DE", "ar-EG-u-nu-arab", "tr-TR", "hi-IN-u-nu-deva"}) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertThat(chart.standalone()).as(tag).isEqualTo(usual);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void wrongSettingsAreExplained() {
    assertThatThrownBy(() -> LineChart.of("c", EPOCH, EPOCH, List.of()).withSize(Double.NaN, 100))
        .hasMessageContaining("expected at least 200 × 150 pixels");
    assertThatThrownBy(() -> Axis.log("loss").within(0, 1)).hasMessageContaining("begins above 0");
    assertThatThrownBy(() -> Axis.linear("loss").within(1, 1))
        .hasMessageContaining("the smaller first");
  }
}
