package ijen.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.metric.Replicates;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExpectationTest {
  private static Replicates of(Double... values) {
    return new Replicates(Arrays.asList(values));
  }

  @Test
  void theMeanHasToBeNear() {
    Expectation near = new Expectation.Within(0.5, 0.125);
    assertThat(near.holds(of(0.5, 0.75))).isTrue(); // 0.625, just so
    assertThat(near.holds(of(0.25, 0.5))).isTrue();
    assertThat(near.holds(of(0.5, 0.76))).isFalse();
    assertThat(near.holds(of(0.24, 0.5))).isFalse();
    assertThat(near.holds(of(0.5, Double.NaN))).isFalse();
    assertThat(near).hasToString("0.5 ± 0.125");
    assertThat(new Expectation.Within(6_000_000, 0)).hasToString("6,000,000");
    assertThat(new Expectation.Within(218_192, 0).holds(of(218_192.0))).isTrue();
  }

  @Test
  void theMeanHasBounds() {
    assertThat(new Expectation.AtLeast(0.5).holds(of(0.25, 0.75))).isTrue();
    assertThat(new Expectation.AtLeast(0.5).holds(of(0.25, 0.74))).isFalse();
    assertThat(new Expectation.AtLeast(0.5).holds(of(1.0, Double.NaN))).isFalse();
    assertThat(new Expectation.AtLeast(0.87)).hasToString("≥ 0.87");
    assertThat(new Expectation.AtMost(-10).holds(of(-9.0, -11.0))).isTrue();
    assertThat(new Expectation.AtMost(-10).holds(of(-9.0, -10.0))).isFalse();
    assertThat(new Expectation.AtMost(-10).holds(of(Double.NEGATIVE_INFINITY))).isFalse();
    assertThat(new Expectation.AtMost(0.01)).hasToString("≤ 0.01");
  }

  @Test
  void intervalsOfMeansHaveToMeet() {
    // t(2) = 4.302653: half widths 4.302653·0.003/√3 = 0.0074524 and as much for ours.
    Expectation.Agrees agrees =
        new Expectation.Agrees(new Replicates.Summary(0.857, 0.003, 3), "PyTorch");
    assertThat(agrees.holds(of(0.857 + 0.0149 - 0.003, 0.857 + 0.0149, 0.857 + 0.0149 + 0.003)))
        .isTrue();
    assertThat(agrees.holds(of(0.857 + 0.01492 - 0.003, 0.857 + 0.01492, 0.857 + 0.01492 + 0.003)))
        .isFalse();
    assertThat(agrees.holds(of(0.842 - 0.003, 0.842, 0.842 + 0.003))).isFalse();
    assertThat(agrees.holds(of(0.8422 - 0.003, 0.8422, 0.8422 + 0.003))).isTrue();
    assertThat(agrees.holds(of(0.857, 0.857, Double.NaN))).isFalse();
    assertThat(agrees.holds(of(0.1))).as("a single seed cannot tell").isTrue();
    assertThat(agrees).hasToString("as PyTorch: 0.857 ± 0.003 (n = 3)");
  }

  @Test
  void aTrainingMayHaveToDiverge() {
    Expectation diverges = new Expectation.Diverges();
    assertThat(diverges.holds(of(Double.NaN, Double.NaN))).isTrue();
    assertThat(diverges.holds(of(Double.NaN, 3.0))).isFalse();
    assertThat(diverges).hasToString("diverges");
  }

  @Test
  void nothingMayBeExpected() {
    assertThat(new Expectation.Nothing().holds(of(Double.NaN))).isTrue();
    assertThat(new Expectation.Nothing()).hasToString("");
  }
}
