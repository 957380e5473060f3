package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.plot.RowChart.Estimate;
import ijen.plot.RowChart.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowChartTest {
  private static final Axis ACCURACY = Axis.linear("accuracy");

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyRowsAreReadable(int seed) {
    Random random = new Random(seed);
    int sources = 1 + random.nextInt(4);
    double scale = Math.pow(10, random.nextInt(14) - 7);
    List<Row> rows = new ArrayList<>();
    for (int i = random.nextInt(9); i > 0; i--) {
      List<Estimate> estimates = new ArrayList<>();
      for (int k = 0; k < sources; k++) {
        double value = scale * (random.nextDouble() - (random.nextInt(3) == 0 ? 0.5 : 0));
        double half = scale * 0.1 * random.nextDouble();
        estimates.add(
            switch (random.nextInt(6)) {
              case 0 -> Estimate.NONE;
              case 1 -> Estimate.of(value);
              case 2 -> Estimate.of(Double.POSITIVE_INFINITY);
              case 3 -> new Estimate(value, value - 2 * half, value + half);
              default -> Estimate.of(value, half);
            });
      }
      rows.add(new Row("row " + "and so on ".repeat(random.nextInt(6)) + i, estimates));
    }
    List<String> names = IntStream.range(0, sources).mapToObj(k -> "source " + k).toList();
    RowChart chart =
        sources == 1
            ? RowChart.bars("Bars " + seed, ACCURACY, rows)
            : RowChart.intervals(
                "Rows " + seed, random.nextBoolean() ? ACCURACY : Axis.log("loss"), names, rows);
    Drawing drawing = FigureChecks.check(chart.withWidth(320 + random.nextInt(500)));
    for (Row row : rows) {
      assertThat(drawing.labels())
          .anyMatch(label -> label.text().equals(row.name()) || label.hint().equals(row.name()));
    }
  }

  @Test
  void signsAndIntervalsStandAtTheirNumbers() {
    Drawing drawing =
        FigureChecks.check(
            RowChart.intervals(
                "Accuracy",
                ACCURACY.within(0, 1),
                List.of("published", "measured"),
                List.of(
                    new Row("a", List.of(Estimate.of(0.25), Estimate.of(0.75, 0.25))),
                    new Row("b", List.of(Estimate.NONE, Estimate.of(0.5, 0.125))))));
    List<Mark.Sign> signs =
        drawing.marks().stream()
            .filter(m -> m instanceof Mark.Sign sign && sign.size() == 8)
            .map(Mark.Sign.class::cast)
            .toList();
    assertThat(signs).hasSize(3);
    double quarter = signs.get(2).at().x() - signs.get(0).at().x();
    assertThat(signs.get(1).at().x() - signs.get(0).at().x()).isCloseTo(2 * quarter, within(1e-6));
    assertThat(signs.get(0).shape()).isNotEqualTo(signs.get(1).shape());
    assertThat(signs.get(0).at().y()).isLessThan(signs.get(1).at().y());
    assertThat(drawing.marks())
        .anyMatch(m ->
            m instanceof Mark.Line line
                && line.paint().equals(signs.get(1).paint())
                && Math.abs(length(line) - 2 * quarter) < 1e-6);
    assertThat(drawing.labels())
        .extracting(Mark.Label::text)
        .contains("published", "measured", "0.25", "0.75 ± 0.25", "0.50 ± 0.12", "–");
    assertThat(drawing.description()).contains("a: published 0.25, measured 0.75 ± 0.25.");
  }

  private static double length(Mark.Line line) {
    return line.points().getLast().x() - line.points().getFirst().x();
  }

  @Test
  void barsBeginAtZero() {
    Drawing drawing =
        FigureChecks.check(
            RowChart.bars(
                "Change",
                ACCURACY,
                List.of(
                    new Row("up", List.of(Estimate.of(0.9))),
                    new Row("down", List.of(Estimate.of(-0.3))))));
    List<Extent> bars =
        drawing.marks().stream()
            .filter(m -> m instanceof Mark.Box box && !box.hint().isEmpty())
            .map(m -> ((Mark.Box) m).extent())
            .toList();
    assertThat(bars).hasSize(2);
    assertThat(bars.get(0).left()).isEqualTo(bars.get(1).right());
    assertThat(bars.get(0).width()).isCloseTo(3 * bars.get(1).width(), within(1e-6));
  }

  @Test
  void whatIsCutOffIsSaid() {
    RowChart chart =
        RowChart.intervals(
            "Accuracy",
            ACCURACY.within(0.8, 0.9),
            List.of("measured"),
            List.of(new Row("a", List.of(Estimate.of(0.89, 0.02)))));
    assertThat(FigureChecks.check(chart).labels())
        .extracting(Mark.Label::text)
        .contains("some values lie outside");
  }

  @Test
  void wrongRowsAreExplained() {
    List<Row> rows = List.of(new Row("a", List.of(Estimate.of(1), Estimate.of(2))));
    assertThatThrownBy(() -> RowChart.intervals("c", ACCURACY, List.of("one"), rows))
        .hasMessage("row chart 'c': row 'a' has 2 estimates, expected one for each of [one]");
    assertThatThrownBy(() -> RowChart.bars("c", Axis.log("loss"), List.of()))
        .hasMessageContaining("bars begin at 0");
  }
}
