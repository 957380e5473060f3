package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoisyLineTest {
  private static final Axis X = Axis.log("rate");
  private static final Axis Y = Axis.linear("loss").within(0, 3);

  private static Series series(String name, double... values) {
    return new Series(
        name,
        IntStream.range(0, values.length)
            .mapToObj(i -> Point.of(Math.pow(10, i), values[i]))
            .toList());
  }

  private static List<Mark.Line> lines(Drawing drawing, Paint paint) {
    return drawing.marks().stream()
        .filter(Mark.Line.class::isInstance)
        .map(Mark.Line.class::cast)
        .filter(line -> line.paint().equals(paint))
        .toList();
  }

  @Test
  void theSmoothedLineLiesOnTheThinOneAndPlacesAreMarked() {
    NoisyLine figure =
        NoisyLine.of(
            "Loss",
            X,
            Y,
            series("each batch", 2.2, 2.4, Double.NaN, 1, 40),
            series("smoothed", 2.3, 2.3, 1.5, 1.2, 2),
            List.of(
                new NoisyLine.Place("suggested", 100, false),
                new NoisyLine.Place("diverged", 10_000, true),
                new NoisyLine.Place("elsewhere", -1, true)));
    Drawing drawing = FigureChecks.check(figure);
    List<Mark.Line> raw = lines(drawing, Theme.MUTED);
    Mark.Line smooth = lines(drawing, Theme.INK).getFirst();
    assertThat(raw).hasSize(2); // the value that is no number interrupts it
    assertThat(smooth.points()).hasSize(5);
    assertThat(smooth.thickness()).isGreaterThan(2 * raw.getFirst().thickness());
    assertThat(drawing.marks().indexOf(smooth))
        .isGreaterThan(drawing.marks().indexOf(raw.getLast()));
    assertThat(lines(drawing, Theme.ACCENT).getFirst().points().getLast().x())
        .isEqualTo(smooth.points().get(2).x());
    assertThat(lines(drawing, Theme.ALARM).getFirst().points().getLast().x())
        .isEqualTo(smooth.points().get(4).x());
    assertThat(drawing.labels().stream().map(Mark.Label::text))
        .contains("suggested", "diverged", "loss", "rate")
        .contains("thin: each batch · thick: smoothed · some values lie outside")
        .doesNotContain("elsewhere");
    assertThat(drawing.description())
        .startsWith("loss over rate: 5 values of each batch, and smoothed. suggested at 100.");
  }

  @Test
  void narrowAndEmptyOnesHoldTheirTexts() {
    NoisyLine empty = NoisyLine.of("Nothing", X, Y, series("a"), series("b"), List.of());
    FigureChecks.check(empty);
    FigureChecks.check(
        NoisyLine.of(
                "One value",
                X,
                Axis.linear("loss"),
                series("each batch", 1),
                series("smoothed", 1),
                List.of(new NoisyLine.Place("a name that is too long for this width", 1, true)))
            .withSize(200, 200));
    assertThatThrownBy(() -> empty.withSize(199, 300))
        .hasMessage("noisy line 'Nothing': expected at least 200 × 200 pixels, got 199.0 × 300.0");
  }
}
