package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpreadTest {
  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  @Test
  void whatIsApartStays() {
    assertThat(Spread.apart(List.of(50.0, 10.0, 30.0), 10, 0, 100))
        .containsExactly(50.0, 10.0, 30.0);
  }

  @Test
  void whatCollidesMovesToBothSides() {
    assertThat(Spread.apart(List.of(50.0, 50.0), 10, 0, 100)).containsExactly(45.0, 55.0);
    assertThat(Spread.apart(List.of(100.0, 100.0, 100.0), 10, 0, 100))
        .containsExactly(80.0, 90.0, 100.0);
    assertThat(Spread.apart(List.of(), 10, 0, 100)).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noOtherPlacesMoveLess(int seed) {
    Random random = new Random(seed);
    List<Double> wishes = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      wishes.add(random.nextDouble() * 100);
    }
    List<Double> places = Spread.apart(wishes, 12, 0, 100);

    List<Double> sorted = places.stream().sorted().toList();
    assertThat(sorted.getFirst()).isGreaterThanOrEqualTo(-1e-9);
    assertThat(sorted.getLast()).isLessThanOrEqualTo(100 + 1e-9);
    for (int i = 1; i < count; i++) {
      assertThat(sorted.get(i) - sorted.get(i - 1)).isGreaterThanOrEqualTo(12 - 1e-9);
    }
    // Small changes that keep the distances only make it worse: the problem is convex.
    double least = cost(wishes, places);
    for (int trial = 0; trial < 300; trial++) {
      List<Double> other = new ArrayList<>();
      for (double place : places) {
        other.add(place + (random.nextDouble() - 0.5) * 6);
      }
      if (allowed(other)) {
        assertThat(cost(wishes, other)).isGreaterThanOrEqualTo(least - 1e-9);
      }
    }
    assertThat(least).isCloseTo(cost(wishes, Spread.apart(wishes, 12, 0, 100)), within(0.0));
  }

  private static boolean allowed(List<Double> places) {
    List<Double> sorted = places.stream().sorted().toList();
    boolean apart =
        IntStream.range(1, sorted.size()).allMatch(i -> sorted.get(i) - sorted.get(i - 1) >= 12);
    return apart && sorted.getFirst() >= 0 && sorted.getLast() <= 100;
  }

  private static double cost(List<Double> wishes, List<Double> places) {
    return IntStream.range(0, wishes.size())
        .mapToDouble(i -> Math.pow(wishes.get(i) - places.get(i), 2))
        .sum();
  }
}
