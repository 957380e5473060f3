package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RankedLinesTest {
  private static final Axis EPOCH = Axis.linear("epoch").withWholeNumbers();
  private static final Axis ACCURACY = Axis.linear("accuracy");

  private static RankedLines.Line line(String name, double value, double... points) {
    return new RankedLines.Line(Series.ofValues(name, points), value);
  }

  @Test
  void theBestIsOnTopAndWhatWasStoppedEndsInARing() {
    RankedLines figure =
        RankedLines.of(
                "All",
                EPOCH,
                ACCURACY,
                "accuracy",
                true,
                List.of(
                    line("t0", 0.9, 0.5, 0.8, 0.9),
                    line("t1", Double.NaN, 0.2, 0.3),
                    line("t2", 0.6, 0.4, 0.5, 0.6)))
            .withGrey("pruned");
    Drawing drawing = FigureChecks.check(figure);
    List<Mark.Line> lines =
        drawing.marks().stream()
            .filter(Mark.Line.class::isInstance)
            .map(Mark.Line.class::cast)
            .filter(line -> line.thickness() > 1 && !line.paint().equals(Theme.GRID))
            .filter(line -> line.points().getFirst().y() > 60) // not the key's
            .toList();
    assertThat(lines)
        .extracting(Mark.Line::paint)
        .containsExactly(Theme.RULE, Theme.scale().getFirst(), Theme.scale().getLast());
    assertThat(lines.getFirst().points()).hasSize(2);
    List<Mark.Sign> signs =
        drawing.marks().stream()
            .filter(Mark.Sign.class::isInstance)
            .map(Mark.Sign.class::cast)
            .toList();
    assertThat(signs).extracting(Mark.Sign::shape).containsExactly(Shape.RING, Shape.CIRCLE);
    assertThat(drawing.labels().stream().map(Mark.Label::text)).contains("pruned", "accuracy");
    assertThat(drawing.description())
        .isEqualTo(
            "3 lines of accuracy over epoch. The best is t0: accuracy 0.9. 1 came to no value.");
  }

  @Test
  void fewAndStrangeValuesHaveTheirPlaceToo() {
    FigureChecks.check(RankedLines.of("None", EPOCH, ACCURACY, "accuracy", true, List.of()));
    FigureChecks.check(
        RankedLines.of(
            "Gaps",
            EPOCH,
            Axis.log("loss"),
            "loss",
            false,
            List.of(
                line("t0", 2, 2),
                line("t1", Double.NaN, 3, Double.NaN, 1, 0),
                line("t2", Double.NaN, Double.NaN))));
  }
}
