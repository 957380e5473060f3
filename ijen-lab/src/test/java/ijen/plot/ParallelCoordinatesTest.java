package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelCoordinatesTest {
  private static final Axis UNITS = Axis.log("units");
  private static final Axis KIND = Axis.named("kind", List.of("a", "b", "c"));
  private static final Axis LOSS = Axis.linear("loss");

  private static ParallelCoordinates.Line line(String name, double units, double kind, double v) {
    return new ParallelCoordinates.Line(name, List.of(units, kind), v);
  }

  private static ParallelCoordinates three() {
    return ParallelCoordinates.of(
            "Three",
            List.of(UNITS, KIND),
            LOSS,
            false,
            List.of(
                line("t0", 10, 0, 0.5), line("t1", 1000, 2, 0.1), line("t2", 100, 1, Double.NaN)))
        .withGrey("pruned");
  }

  private static List<Mark.Line> lines(Drawing drawing) {
    return drawing.marks().stream()
        .filter(Mark.Line.class::isInstance)
        .map(Mark.Line.class::cast)
        .filter(line -> line.points().size() == 3)
        .toList();
  }

  @Test
  void eachLineMeetsItsAxesWhereItsValuesAre() {
    Drawing drawing = FigureChecks.check(three());
    List<Mark.Line> lines = lines(drawing);
    assertThat(lines).hasSize(3);
    Mark.Line pruned = lines.get(0);
    Mark.Line worst = lines.get(1);
    Mark.Line best = lines.get(2);
    assertThat(pruned.paint()).isEqualTo(Theme.RULE);
    assertThat(best.paint()).isEqualTo(Theme.scale().getLast());
    assertThat(best.thickness()).isGreaterThan(worst.thickness());

    // 100 lies midway between 10 and 1000 in the logarithm; b between a and c.
    for (int axis = 0; axis < 2; axis++) {
      double middle = (worst.points().get(axis).y() + best.points().get(axis).y()) / 2;
      assertThat(pruned.points().get(axis).y()).isBetween(middle - 0.01, middle + 0.01);
    }
    assertThat(best.points().get(0).y())
        .as("1000 is above 10")
        .isLessThan(worst.points().get(0).y());
    assertThat(best.points().get(2).y())
        .as("0.1 below 0.5")
        .isGreaterThan(worst.points().get(2).y());
    assertThat(pruned.points().get(2).y()).as("no value").isGreaterThan(best.points().get(2).y());
    assertThat(pruned.points().get(0).x()).isEqualTo(best.points().get(0).x());
    assertThat(drawing.labels().stream().map(Mark.Label::text))
        .contains("units", "kind", "loss", "a", "b", "c", "none", "pruned", "loss, by rank");
    assertThat(drawing.description())
        .isEqualTo(
            "Parallel coordinates of 3 lines over units, kind, loss. The best, t1: units 1,000,"
                + " kind c, loss 0.1.");
  }

  @Test
  void itHasRoomForManyAxesLongNamesAndFewLines() {
    Random random = new Random(4);
    for (int count : new int[] {1, 2, 5, 12}) {
      List<Axis> axes = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        axes.add(
            i % 2 == 0
                ? Axis.linear("a rather long name of dimension " + i)
                : Axis.named("n" + i, List.of("a choice with a very long name", "b")));
      }
      for (int lines : new int[] {0, 1, 30}) {
        List<ParallelCoordinates.Line> some =
            IntStream.range(0, lines)
                .mapToObj(i ->
                    new ParallelCoordinates.Line(
                        "line " + i,
                        IntStream.range(0, count)
                            .mapToObj(a -> (double) random.nextInt(2))
                            .toList(),
                        random.nextDouble()))
                .toList();
        Axis measure = Axis.linear("best validation accuracy");
        FigureChecks.check(ParallelCoordinates.of("Many", axes, measure, true, some));
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> ParallelCoordinates.of("P", List.of(), LOSS, true, List.of()))
        .hasMessage("parallel coordinates 'P': expected one axis or more besides 'loss', got none");
    assertThatThrownBy(
            () -> ParallelCoordinates.of("P", List.of(UNITS), LOSS, true, three().lines()))
        .hasMessage(
            "parallel coordinates 'P': line 't0' has 2 places, expected one on each of 1 axes");
    assertThatThrownBy(() -> three().withSize(200, 300))
        .hasMessage(
            "parallel coordinates 'Three': expected at least 240.0 × 200 pixels for 3 axes, got"
                + " 200.0 × 300.0");
    assertThatThrownBy(() -> Axis.named("kind", List.of()))
        .hasMessage("axis 'kind': expected one name or more, got none");
  }
}
