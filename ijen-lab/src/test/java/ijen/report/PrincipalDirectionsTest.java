package ijen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PrincipalDirectionsTest {
  private static final long SEED = 7;

  /// Points that spread by 5, 2 and 0.1 along three directions that are at right angles.
  @Test
  void directionsOfKnownSpreadAreFound() {
    double[][] axes = {
      {2 / 3.0, 2 / 3.0, 1 / 3.0}, {-2 / 3.0, 1 / 3.0, 2 / 3.0}, {1 / 3.0, -2 / 3.0, 2 / 3.0}
    };
    double[] spread = {5, 2, 0.1};
    SplittableRandom random = new SplittableRandom(SEED);
    float[][] points = new float[20_000][3];
    for (float[] point : points) {
      for (int k = 0; k < 3; k++) {
        double far = spread[k] * (random.nextDouble() - 0.5) * Math.sqrt(12);
        for (int i = 0; i < 3; i++) {
          point[i] += (float) (far * axes[k][i]);
        }
      }
      point[1] += 100;
    }
    PrincipalDirections found = PrincipalDirections.of(points);
    for (int k = 0; k < 3; k++) {
      double product = 0;
      double length = 0;
      for (int i = 0; i < 3; i++) {
        product += found.direction(k)[i] * axes[k][i];
        length += found.direction(k)[i] * found.direction(k)[i];
      }
      assertThat(Math.abs(product)).as("direction %s, seed %s", k, SEED).isGreaterThan(0.999);
      assertThat(length).isCloseTo(1, within(1e-12));
    }
    assertThat(found.direction(0)[0]).isPositive(); // the sign is that of its largest number
    assertThat(found.share(2)).isCloseTo(29 / 29.01, within(1e-3));
    assertThat(found.share(3)).isCloseTo(1, within(1e-12));
    double sum = 0;
    double squares = 0;
    for (float[] point : points) {
      sum += found.along(0, point);
      squares += found.along(0, point) * found.along(0, point);
    }
    assertThat(sum / points.length).isCloseTo(0, within(1e-6));
    assertThat(squares / points.length).isCloseTo(25, within(0.5));
  }

  @Test
  void pointsThatAreAllTheSameHaveNoSpread() {
    PrincipalDirections found = PrincipalDirections.of(new float[][] {{1, 2}, {1, 2}, {1, 2}});
    assertThat(found.share(1)).isZero();
    assertThat(found.along(0, new float[] {1, 2})).isZero();
  }
}
