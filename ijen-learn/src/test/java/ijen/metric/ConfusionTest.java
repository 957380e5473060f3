package ijen.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConfusionTest {
  @Test
  void precisionRecallAndF1AreReadOffTheCounts() {
    Confusion c = new Confusion(3);
    long[][] counts = {{5, 2, 0}, {1, 7, 0}, {0, 0, 0}};
    for (int truth = 0; truth < 3; truth++) {
      for (int decision = 0; decision < 3; decision++) {
        c.add(truth, decision, counts[truth][decision] / 2);
        for (long i = counts[truth][decision] / 2; i < counts[truth][decision]; i++) {
          c.add(truth, decision);
        }
      }
    }
    assertThat(c.counts()).isDeepEqualTo(counts);
    assertThat(c.total()).isEqualTo(15);
    assertThat(c.accuracy()).isEqualTo(12.0 / 15);
    assertThat(c.precision(0)).isEqualTo(5.0 / 6);
    assertThat(c.recall(0)).isEqualTo(5.0 / 7);
    assertThat(c.f1(0)).isCloseTo(2 * (5.0 / 6) * (5.0 / 7) / (5.0 / 6 + 5.0 / 7), within(1e-15));
    assertThat(c.precision(2)).isNaN();
    assertThat(c.recall(2)).isNaN();
    assertThatThrownBy(() -> c.add(0, 0, -1)).hasMessageContaining("0 or more samples, got -1");
    assertThatThrownBy(() -> new Confusion(1)).hasMessageContaining("2 or more classes");
  }
}
