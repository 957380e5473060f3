package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RanksTest {
  private static final double NONE = Double.NaN;

  @Test
  void theBestIsDrawnLastAndStandsOutMost() {
    Ranks high = new Ranks(List.of(0.5, NONE, 0.9, 0.1, NONE, 0.9), true);
    assertThat(high.order()).containsExactly(4, 1, 3, 0, 5, 2);
    assertThat(high.best()).isEqualTo(2);
    assertThat(high.paint(2)).isEqualTo(Theme.scale().getLast());
    assertThat(high.paint(3)).isEqualTo(Theme.scale().getFirst());
    assertThat(high.paint(1)).isEqualTo(Theme.RULE);
    Ranks low = new Ranks(List.of(0.5, NONE, 0.9, 0.1, NONE, 0.9), false);
    assertThat(low.order()).containsExactly(4, 1, 5, 2, 0, 3);
    assertThat(low.paint(3)).isEqualTo(Theme.scale().getLast());
  }

  @Test
  void ofOneTheColourIsTheBestAndOfNoneThereIsNoKey() {
    assertThat(new Ranks(List.of(3.0), false).paint(0)).isEqualTo(Theme.scale().getLast());
    List<Mark> marks = new ArrayList<>();
    Ranks none = new Ranks(List.of(NONE), true);
    assertThat(none.key(marks, "loss", "pruned", 400, 30)).isEqualTo(30);
    assertThat(marks).isEmpty();
    assertThat(none.best()).isEqualTo(-1);
    assertThat(none.paint(0)).isEqualTo(Theme.RULE);
  }

  /// Whatever a few outliers do, all colours are used, each as often as another.
  @Test
  void coloursGoByRank() {
    List<Double> values = IntStream.range(0, 90).mapToObj(i -> Math.pow(10, -i)).toList();
    Ranks ranks = new Ranks(values, false);
    for (Paint paint : Theme.scale()) {
      assertThat(IntStream.range(0, 90).filter(i -> ranks.paint(i).equals(paint)).count())
          .isBetween(5L, 12L);
    }
  }

  @Test
  void theKeySaysWorstAndBest() {
    List<Mark> marks = new ArrayList<>();
    double free =
        new Ranks(List.of(0.25, 0.75, NONE), true).key(marks, "accuracy", "pruned", 640, 40);
    assertThat(free).isGreaterThan(40);
    List<String> texts =
        marks.stream()
            .filter(Mark.Label.class::isInstance)
            .map(mark -> ((Mark.Label) mark).text())
            .toList();
    assertThat(texts).containsExactly("accuracy, by rank", "0.25", "0.75", "pruned");
    assertThat(marks.stream().filter(Mark.Box.class::isInstance)).hasSameSizeAs(Theme.scale());
  }
}
