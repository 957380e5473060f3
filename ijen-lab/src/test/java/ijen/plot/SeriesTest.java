package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
  @Test
  void seedsBecomeTheirMeanAndSampleDeviation() {
    Series series =
        Series.ofSeeds(
            "loss", List.of(new double[] {1, 5}, new double[] {2, 5}, new double[] {6, 5}));
    Point first = series.points().getFirst();
    assertThat(first.x()).isEqualTo(1);
    assertThat(first.y()).isCloseTo(3, within(1e-12));
    double deviation = Math.sqrt((4 + 1 + 9) / 2.0);
    assertThat(first.low()).isCloseTo(3 - deviation, within(1e-12));
    assertThat(first.high()).isCloseTo(3 + deviation, within(1e-12));
    assertThat(series.points().getLast().hasBand()).as("all alike").isFalse();
  }

  @Test
  void oneSeedHasNoBand() {
    Series series = Series.ofSeeds("loss", List.of(new double[] {0.1, 0.2}));
    assertThat(series.points()).noneMatch(Point::hasBand).hasSize(2);
  }

  @Test
  void aRunThatDivergedOrEndedIsNotLeftOut() {
    Series series =
        Series.ofSeeds("loss", List.of(new double[] {1, 2, 3, 4}, new double[] {1, Double.NaN, 3}));
    assertThat(series.points()).extracting(Point::y).containsExactly(1.0, Double.NaN, 3.0);
    assertThatThrownBy(() -> Series.ofSeeds("loss", List.of()))
        .hasMessage("series 'loss': expected the values of one run or more, got none");
  }
}
