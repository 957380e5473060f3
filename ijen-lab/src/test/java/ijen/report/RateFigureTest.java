package ijen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.plot.Drawing;
import ijen.plot.Mark;
import ijen.train.RateCurve;
import ijen.train.RateCurve.Ending;
import ijen.train.RateCurve.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateFigureTest {
  private static RateCurve curve(Ending ending, double... losses) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < losses.length; i++) {
      points.add(new Point(Math.pow(10, i - 4), losses[i], losses[i]));
    }
    return new RateCurve(2.4, points, ending, 0);
  }

  private static List<String> texts(Drawing drawing) {
    return drawing.marks().stream()
        .filter(Mark.Label.class::isInstance)
        .map(mark -> ((Mark.Label) mark).text())
        .toList();
  }

  @Test
  void suggestionAndDivergenceAreMarkedAndWhatComesAfterDoesNotSetTheScale() {
    // A few values that differ as much from each other say nothing.
    RateCurve curve = curve(Ending.ROSE, 2.3, 2.3, 2.2, 1.5, 0.3, 0.2, 900);
    assertThat(curve.suggestion()).isEmpty();
    RateCurve longer =
        curve(Ending.ROSE, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3, 1.5, 0.8, 0.3, 0.2, 900);
    assertThat(longer.suggestion()).isPresent();
    Drawing drawing = RateFigure.of("digits", longer).draw();
    assertThat(drawing.title()).isEqualTo("Loss while the rate rises: digits");
    assertThat(texts(drawing))
        .contains("suggested: 1,000,000", "diverged: 10⁸", "learning rate", "3")
        .noneMatch(text -> text.equals("900"));
    assertThat(texts(RateFigure.of("digits", curve).draw()))
        .contains("diverged: 100")
        .noneMatch(text -> text.startsWith("suggested"));
  }

  @Test
  void withoutStepsThereIsNothingToDraw() {
    assertThatThrownBy(
            () -> RateFigure.of("x", new RateCurve(Double.NaN, List.of(), Ending.NOT_FINITE, 0)))
        .hasMessage("rate figure: expected a step or more, the loss is NaN before any step");
  }
}
