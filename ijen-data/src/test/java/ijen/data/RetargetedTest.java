package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.graph.Shape;
import ijen.kernel.Buffer;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RetargetedTest {
  private static Dataset digits() {
    return Digits.generate(20, 3);
  }

  private static Dataset parity() {
    int[] parity = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1};
    return digits().relabel(parity, List.of("even", "odd"));
  }

  @Nested
  class Relabelled extends DatasetContract {
    @Override
    Dataset subject() {
      return parity();
    }
  }

  @Nested
  class OneHot extends DatasetContract {
    @Override
    Dataset subject() {
      return digits().oneHot();
    }
  }

  @Test
  void digitsBecomeEvenAndOdd() {
    assertThat(parity().classes()).containsExactly("even", "odd");
    assertThat(parity().classCounts()).containsExactly(10, 10);
    for (int i = 0; i < 20; i++) {
      assertThat(parity().label(i)).isEqualTo(digits().label(i) % 2);
    }
  }

  @Test
  void aOneStandsForTheClass() {
    Dataset data = parity().oneHot();
    assertThat(data.target()).isEqualTo(Shape.of(2));
    float[] targets = new float[40];
    for (int i = 0; i < 20; i++) {
      data.putTarget(i, i, Buffer.of(targets));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(targets[2 * i + data.label(i)]).isEqualTo(1);
      assertThat(targets[2 * i] + targets[2 * i + 1]).isEqualTo(1);
    }
  }

  @Test
  void refusesClassesThatAreNotThere() {
    assertThatThrownBy(() -> digits().relabel(new int[9], List.of("all")))
        .hasMessage("digits train: expected a new class for each of 10, got 9");
    assertThatThrownBy(
            () -> digits().relabel(new int[] {0, 0, 0, 1, 0, 0, 0, 0, 0, 0}, List.of("all")))
        .hasMessage("digits train: expected a new class from 0 to 0 for class 3, got 1");
    assertThatThrownBy(() -> digits().oneHot().oneHot())
        .hasMessage("digits train: expected targets that are classes, got shape [10]");
  }
}
