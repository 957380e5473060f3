package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JoinedTest {
  private static final Dataset FIRST = Digits.generate(7, 3);
  private static final Dataset SECOND = Digits.generate(4, 9).withName("others");

  @Nested
  class OfImages extends DatasetContract {
    @Override
    Dataset subject() {
      return Digits.generate(7, 3).followedBy(Digits.generate(4, 9));
    }
  }

  @Nested
  class OfNumbersWithoutClasses extends DatasetContract {
    @Override
    Dataset subject() {
      return Toys.moons(6, 0.1, 5)
          .reconstruction()
          .followedBy(Toys.moons(3, 0.1, 6).reconstruction());
    }
  }

  @Test
  void theOthersComeAfterTheFirst() {
    Dataset both = FIRST.followedBy(SECOND);
    assertThat(both.size()).isEqualTo(11);
    assertThat(both.name()).isEqualTo("digits train and others");
    assertThat(both).hasToString("digits train and others, 11 samples");
    for (int i = 0; i < 11; i++) {
      Dataset from = i < 7 ? FIRST : SECOND;
      int place = i < 7 ? i : i - 7;
      assertThat(both.sample(i)).isEqualTo(from.sample(place));
      assertThat(both.label(i)).isEqualTo(from.label(place));
      assertThat(both.image(i)).isEqualTo(from.image(place));
    }
  }

  @Test
  void whatIsOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> FIRST.followedBy(Toys.moons(5, 0.1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "digits train and moons train cannot be joined: expected the same features, got [28,"
                + " 28] and [2]");
    assertThatThrownBy(() -> FIRST.followedBy(SECOND.oneHot()))
        .hasMessage(
            "digits train and others cannot be joined: expected the same target, got [] and [10]");
    Dataset parity = SECOND.relabel(new int[] {0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, List.of("a", "b"));
    assertThatThrownBy(() -> FIRST.followedBy(parity))
        .hasMessageStartingWith(
            "digits train and others cannot be joined: expected the same classes, got [0, 1, 2,")
        .hasMessageEndingWith("] and [a, b]");
    assertThatThrownBy(() -> FIRST.followedBy(SECOND.scaled(Scaling.shift(-0.5))))
        .hasMessage(
            "digits train and others cannot be joined: expected the same scaling, got none and"
                + " x·1.0 − 0.5");
  }

  /// Sample i has the feature i.
  private static Dataset numbers(String name, int from, int count) {
    float[] values = new float[count];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = from + i;
      labels[i] = i % 2;
    }
    return RealSamples.labelled(name, Shape.of(1), values, labels, List.of("a", "b"));
  }

  private static List<Integer> members(Dataset data) {
    List<Integer> members = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      members.add((int) data.sample(i)[0]);
    }
    return members;
  }

  @Test
  void pooledSamplesAreDividedAnew() {
    TrainTest data = new TrainTest(numbers("train", 0, 60), numbers("test", 60, 10));
    TrainTest pooled = data.pooled(0.8, 42);
    assertThat(pooled.train().size()).isEqualTo(56);
    assertThat(pooled.test().size()).isEqualTo(14);
    assertThat(pooled.train().name()).isEqualTo("train, pooled");
    assertThat(pooled.test().name()).isEqualTo("test, pooled");
    List<Integer> all = members(pooled.train());
    all.addAll(members(pooled.test()));
    assertThat(all).doesNotHaveDuplicates().hasSize(70);
    assertThat(members(pooled.test())).anyMatch(i -> i < 60);
    assertThat(members(pooled.train())).anyMatch(i -> i >= 60);
    assertThat(members(data.pooled(0.8, 42).train())).isEqualTo(members(pooled.train()));
    assertThat(members(data.pooled(0.8, 43).train())).isNotEqualTo(members(pooled.train()));
    assertThatThrownBy(() -> data.pooled(0.999, 1))
        .hasMessage(
            "train and test: expected 1 or more of its 70 samples in either part, got 70 and 0");
  }

  @Test
  void bothPartsAreChanged() {
    TrainTest data = new TrainTest(numbers("train", 0, 6), numbers("test", 60, 4));
    TrainTest swapped = data.map(part -> part.relabel(new int[] {1, 0}, List.of("c", "d")));
    for (Dataset part : Arrays.asList(swapped.train(), swapped.test())) {
      assertThat(part.classes()).containsExactly("c", "d");
      assertThat(part.label(0)).isEqualTo(1);
      assertThat(part.label(1)).isZero();
    }
  }
}
