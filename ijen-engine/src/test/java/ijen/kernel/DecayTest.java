package ijen.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DecayTest {
  @Test
  void eachRangeHasItsFactor() {
    Decay decay = Decay.of(new int[] {3, 4, 9}, new double[] {0.5, 0, 0.25});
    double[] expected = {0.5, 0.5, 0.5, 0, 0.25, 0.25, 0.25, 0.25, 0.25, 0, 0};
    for (int i = 0; i < expected.length; i++) {
      assertThat(decay.at(i)).as("number %s", i).isEqualTo(expected[i]);
    }
    assertThat(decay.at(Integer.MAX_VALUE - 1)).isZero();
    assertThat(decay).hasToString("decay 0.5 to 3, 0.0 to 4, 0.25 to 9, 0.0 from there");
  }

  @Test
  void neighboursWithEqualFactorsAreOneRange() {
    assertThat(Decay.none()).hasToString("decay 0.0");
    assertThat(Decay.none().end(0)).isEqualTo(Integer.MAX_VALUE);
    assertThat(Decay.of(new int[] {3, 9}, new double[] {0, 0}).end(0)).isEqualTo(Integer.MAX_VALUE);
    Decay decay = Decay.of(new int[] {3, 5, 8, 9}, new double[] {1, 1, 0, 0});
    assertThat(decay).hasToString("decay 1.0 to 5, 0.0 from there");
    assertThat(decay.end(0)).isEqualTo(5);
    assertThat(decay.factor(0)).isEqualTo(1);
  }

  @Test
  void sliceCountsFromItsBeginning() {
    Decay decay = Decay.of(new int[] {3, 4, 9}, new double[] {0.5, 0, 0.25});
    assertThat(decay.slice(1, 6)).hasToString("decay 0.5 to 2, 0.0 to 3, 0.25 from there");
    assertThat(decay.slice(4, 9)).hasToString("decay 0.25");
    assertThat(decay.slice(9, 12)).hasToString("decay 0.0");
    assertThat(decay.slice(4, 9).isUniform()).isTrue();
    assertThat(decay.slice(3, 5).isUniform()).isFalse();
    assertThat(Decay.of(0.125)).hasToString("decay 0.125");
  }

  @Test
  void refusesWhatIsNoDecay() {
    assertThatThrownBy(() -> Decay.of(new int[] {1, 2}, new double[] {0}))
        .hasMessage("decay: expected a factor for each range, got 1 for 2");
    assertThatThrownBy(() -> Decay.of(new int[] {4, 4}, new double[] {0, 0}))
        .hasMessage("decay: expected an end after 4 for range 1, got 4");
    assertThatThrownBy(() -> Decay.of(new int[] {4}, new double[] {-1}))
        .hasMessage("decay: expected a factor of 0 or more for range 0, got -1.0");
    assertThatThrownBy(() -> Decay.of(new int[] {4}, new double[] {Double.NaN}))
        .hasMessage("decay: expected a factor of 0 or more for range 0, got NaN");
  }
}
