package ijen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.graph.Shape;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RealSamplesTest {
  private static final float[] VALUES = {0, 1, 2, 3, 4.5f, 5, 6, -7, 8, 9};

  @Nested
  class Labelled extends DatasetContract {
    @Override
    Dataset subject() {
      return RealSamples.labelled(
          "points", Shape.of(2), VALUES, new int[] {1, 0, 1, 1, 0}, List.of("no", "yes"));
    }
  }

  @Nested
  class Regression extends DatasetContract {
    @Override
    Dataset subject() {
      float[] targets = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
      return RealSamples.regression("curve", Shape.of(1, 2), VALUES, Shape.of(3), targets);
    }
  }

  private record Point(float x, float y, String colour) {
    float[] place() {
      return new float[] {x, y};
    }
  }

  @Test
  void streamsAreCollected() {
    List<Point> points =
        IntStream.range(0, 3000)
            .mapToObj(i -> new Point(i, -i, i % 3 == 0 ? "red" : i % 3 == 1 ? "blue" : "green"))
            .toList();
    Dataset labelled =
        RealSamples.labelled("p", Shape.of(2), points.stream(), Point::place, Point::colour);
    assertThat(labelled.size()).isEqualTo(3000);
    assertThat(labelled.classes()).containsExactly("blue", "green", "red");
    assertThat(labelled.sample(2999)).containsExactly(2999, -2999);
    assertThat(labelled.classes().get(labelled.label(2999))).isEqualTo("green");
    Dataset regression =
        RealSamples.regression(
            "p",
            Shape.of(1),
            Shape.of(2),
            points.stream(),
            point -> new float[] {point.y()},
            Point::place);
    assertThat(regression.sample(7)).containsExactly(-7);
    assertThat(regression.target()).isEqualTo(Shape.of(2));
    assertThatThrownBy(() ->
            RealSamples.labelled("p", Shape.of(3), points.stream(), Point::place, Point::colour))
        .hasMessage("p: expected 3 feature numbers of shape [3], got 2 for sample 0");
    assertThatThrownBy(() ->
            RealSamples.labelled("p", Shape.of(2), Stream.<Point>of(), Point::place, Point::colour))
        .hasMessage("p: expected 1 or more samples, got none");
  }

  @Test
  void refusesWhatDoesNotFit() {
    Shape two = Shape.of(2);
    List<String> classes = List.of("no", "yes");
    assertThatThrownBy(() -> RealSamples.labelled("x", two, VALUES, new int[4], classes))
        .hasMessage("x: expected 8 feature numbers for 4 samples of shape [2], got 10");
    assertThatThrownBy(
            () -> RealSamples.labelled("x", two, VALUES, new int[] {0, 0, 0, 0, 2}, classes))
        .hasMessage("x: expected labels from 0 to 1, got 2 for sample 4");
    assertThatThrownBy(() -> RealSamples.labelled("x", two, new float[0], new int[0], classes))
        .hasMessage("x: expected 1 or more samples, got none");
    float[] broken = {1, 2, 3, Float.NaN};
    assertThatThrownBy(() -> RealSamples.regression("x", two, broken, Shape.scalar(), new float[2]))
        .hasMessage("x: expected finite numbers, got NaN as feature number 1 of sample 1");
    assertThatThrownBy(() -> RealSamples.regression("x", two, VALUES, Shape.of(3), new float[16]))
        .hasMessage("x: expected 15 target numbers for 5 samples of shape [3], got 16");
  }

  @Test
  void targetsMayBeSingleNumbers() {
    Dataset data = RealSamples.regression("x", Shape.of(2), VALUES, Shape.scalar(), new float[5]);
    assertThat(data.target()).isEqualTo(Shape.scalar());
    assertThat(data.classes()).isEmpty();
    assertThat(data).hasToString("x, 5 samples [2]");
  }
}
