package ijen.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void medianAndRange() {
    assertThat(Spread.of(3, 1, 9)).isEqualTo(new Spread(3, 1, 9, 3));
    assertThat(Spread.of(4, 1, 9, 2)).isEqualTo(new Spread(3, 1, 9, 4));
    assertThat(Spread.of(7)).isEqualTo(new Spread(7, 7, 7, 1));
  }

  @Test
  void ofNothingThereIsNone() {
    assertThatThrownBy(() -> Spread.of()).hasMessageContaining("expected one or more numbers");
    assertThatThrownBy(() -> Spread.of(1, Double.NaN)).hasMessageContaining("NaN");
  }
}
