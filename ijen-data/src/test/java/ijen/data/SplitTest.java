package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {
  /// Sample i has the feature i and the class i² mod 7 mod 3, so that classes are unequal.
  private static Dataset data(int size) {
    float[] values = new float[size];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      values[i] = i;
      labels[i] = (int) ((long) i * i % 7 % 3);
    }
    return RealSamples.labelled("data", Shape.of(1), values, labels, List.of("a", "b", "c"));
  }

  private static List<Integer> members(Dataset data) {
    List<Integer> members = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      members.add((int) data.sample(i)[0]);
    }
    return members;
  }

  private static void requireParts(Split split, int size) {
    List<Integer> all = new ArrayList<>(members(split.train()));
    all.addAll(members(split.heldOut()));
    assertThat(all).containsExactlyInAnyOrderElementsOf(IntStream.range(0, size).boxed().toList());
    assertThat(members(split.train())).isSorted();
    assertThat(members(split.heldOut())).isSorted();
  }

  @ParameterizedTest
  @CsvSource({"10, 0.8, 8", "101, 0.9, 91", "2, 0.5, 1", "1000, 0.001, 1", "7, 0.33, 2"})
  void bothKindsCutAtTheFraction(int size, double fraction, int train) {
    for (long seed = 0; seed < 20; seed++) {
      Split random = Split.random(data(size), fraction, seed);
      assertThat(random.train().size()).isEqualTo(train);
      requireParts(random, size);
      Split stratified = Split.stratified(data(size), fraction, seed);
      assertThat(stratified.train().size()).isEqualTo(train);
      requireParts(stratified, size);
    }
  }

  @Test
  void stratifiedKeepsProportions() {
    Dataset data = data(997);
    int[] all = data.classCounts();
    for (double fraction : new double[] {0.1, 0.5, 0.83}) {
      int[] train = Split.stratified(data, fraction, 3).train().classCounts();
      for (int c = 0; c < 3; c++) {
        assertThat((double) train[c]).isBetween(fraction * all[c] - 1, fraction * all[c] + 1);
      }
    }
  }

  @Test
  void theSeedDecides() {
    Dataset data = data(200);
    assertThat(members(Split.random(data, 0.5, 1).train()))
        .isEqualTo(members(Split.random(data, 0.5, 1).train()))
        .isNotEqualTo(members(Split.random(data, 0.5, 2).train()));
    assertThat(members(Split.stratified(data, 0.5, 1).train()))
        .isEqualTo(members(Split.stratified(data, 0.5, 1).train()))
        .isNotEqualTo(members(Split.stratified(data, 0.5, 2).train()));
  }

  @Test
  void everySampleIsHeldOutEquallyOften() {
    Dataset data = data(20);
    int[] held = new int[20];
    for (long seed = 0; seed < 2_000; seed++) {
      members(Split.random(data, 0.75, seed).heldOut()).forEach(i -> held[i]++);
    }
    for (int count : held) {
      assertThat(count).isBetween(400, 600); // 500 ± 5 standard deviations
    }
  }

  @Test
  void theFirstOrLastAreHeldOut() {
    Split first = Split.holdOutFirst(data(10), 3);
    assertThat(members(first.heldOut())).containsExactly(0, 1, 2);
    assertThat(members(first.train())).containsExactly(3, 4, 5, 6, 7, 8, 9);
    Split last = Split.holdOutLast(data(10), 3);
    assertThat(members(last.heldOut())).containsExactly(7, 8, 9);
    assertThat(members(last.train())).containsExactly(0, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void refusesEmptyParts() {
    for (double fraction : new double[] {0, 1, -0.5, Double.NaN}) {
      assertThatThrownBy(() -> Split.random(data(10), fraction, 1))
          .hasMessage("expected a fraction between 0 and 1 to train on, got " + fraction);
    }
    assertThatThrownBy(() -> Split.stratified(data(10), 0.99, 1))
        .hasMessage("data: expected 1 or more of its 10 samples in either part, got 10 and 0");
    assertThatThrownBy(() -> Split.holdOutLast(data(10), 10))
        .isInstanceOf(IllegalArgumentException.class);
    Dataset numbers =
        RealSamples.regression("numbers", Shape.of(1), new float[4], Shape.scalar(), new float[4]);
    assertThatThrownBy(() -> Split.stratified(numbers, 0.5, 1))
        .hasMessage("numbers: expected targets that are classes, these are numbers of shape []");
  }
}
