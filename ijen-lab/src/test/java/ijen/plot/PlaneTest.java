package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlaneTest {
  private static final Axis AXIS = Axis.linear("").within(0, 10);
  private static final Ticks TICKS = AXIS.ticksAround(List.of(), 5);
  private static final Plane PLANE =
      new Plane(new Extent(100, 50, 300, 150), AXIS, AXIS, TICKS, TICKS);

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  @Test
  void numbersGoToTheirPlaces() {
    assertThat(PLANE.spot(Point.of(0, 0))).isEqualTo(new Spot(100, 150));
    assertThat(PLANE.spot(Point.of(10, 10))).isEqualTo(new Spot(300, 50));
    assertThat(PLANE.clamped(5, 99)).isEqualTo(new Spot(200, 50));
    assertThat(PLANE.clamped(5, Double.NEGATIVE_INFINITY)).isEqualTo(new Spot(200, 150));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void clippingKeepsExactlyWhatIsInside(int seed) {
    Random random = new Random(seed);
    List<Spot> line = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      line.add(new Spot(400 * random.nextDouble(), 200 * random.nextDouble()));
    }
    List<List<Spot>> pieces = PLANE.clip(line);

    double inside = 0; // the length inside, by taking many small steps
    int steps = 4000;
    for (int i = 1; i < line.size(); i++) {
      Spot a = line.get(i - 1);
      Spot b = line.get(i);
      double length = Math.hypot(b.x() - a.x(), b.y() - a.y()) / steps;
      for (int k = 0; k < steps; k++) {
        double part = (k + 0.5) / steps;
        Spot at = new Spot(a.x() + part * (b.x() - a.x()), a.y() + part * (b.y() - a.y()));
        inside += PLANE.shows(at) ? length : 0;
      }
    }
    double kept = 0;
    for (List<Spot> piece : pieces) {
      assertThat(piece).hasSizeGreaterThan(1).allMatch(PlaneTest::isNearlyShown);
      for (int i = 1; i < piece.size(); i++) {
        kept +=
            Math.hypot(
                piece.get(i).x() - piece.get(i - 1).x(), piece.get(i).y() - piece.get(i - 1).y());
      }
    }
    assertThat(kept).isBetween(inside - 1, inside + 1);
  }

  private static boolean isNearlyShown(Spot spot) {
    return spot.x() > 99.999 && spot.x() < 300.001 && spot.y() > 49.999 && spot.y() < 150.001;
  }

  @Test
  void thinningKeepsTheOutline() {
    Random random = new Random(7);
    List<Spot> line = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      line.add(new Spot(100 + 200.0 * i / 100_000, 50 + 100 * random.nextDouble()));
    }
    List<Spot> thin = PLANE.thin(line);

    assertThat(thin).hasSizeLessThanOrEqualTo(4 * 200).isSubsetOf(line);
    assertThat(thin.getFirst()).isEqualTo(line.getFirst());
    assertThat(thin.getLast()).isEqualTo(line.getLast());
    assertThat(thin).isSortedAccordingTo(Comparator.comparingDouble(Spot::x));
    for (int column = 100; column < 300; column++) {
      int here = column;
      double lowest =
          line.stream().filter(s -> (int) s.x() == here).mapToDouble(Spot::y).max().orElseThrow();
      assertThat(thin.stream().filter(s -> (int) s.x() == here).mapToDouble(Spot::y).max())
          .hasValue(lowest);
    }
    assertThat(PLANE.thin(line.subList(0, 50))).hasSize(50);
  }

  @Test
  void gapsDivideALine() {
    List<Point> points =
        List.of(
            Point.of(1, 1),
            Point.of(2, Double.NaN),
            Point.of(3, 3),
            Point.of(4, 4),
            Point.of(5, Double.POSITIVE_INFINITY));
    assertThat(PLANE.stretches(points))
        .containsExactly(List.of(Point.of(1, 1)), List.of(Point.of(3, 3), Point.of(4, 4)));
  }
}
