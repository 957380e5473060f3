package ijen.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplicatesTest {
  private static final Replicates FOUR = new Replicates(List.of(0.8739, 0.8707, 0.8701, 0.8754));

  @Test
  void meanAndDeviationAreThoseOfTheFormulas() {
    assertThat(FOUR.runs()).isEqualTo(4);
    assertThat(FOUR.mean()).isCloseTo(0.872525, within(1e-12));
    assertThat(FOUR.sd()).isCloseTo(0.0025408, within(1e-7)); // by hand, divided by 3
    assertThat(FOUR.halfWidth()).isCloseTo(3.182446 * FOUR.sd() / 2, within(1e-12));
    assertThat(FOUR).hasToString("0.8725 ± 0.0025 (n = 4)");
    assertThat(new Replicates(List.of(2.0, 2.0, 2.0)).halfWidth()).isZero();
  }

  /// The quantile of Student's distribution, found again by integrating its density.
  @Test
  void theQuantileLeavesAFortiethAbove() {
    List<Integer> all =
        IntStream.concat(IntStream.rangeClosed(1, 40), IntStream.of(60, 100, 1000, 100_000))
            .boxed()
            .toList();
    for (int degrees : all) {
      double q = Replicates.quantile(degrees);
      // dP/dt at the quantile is below 0.06, so that six digits of it are seven of P.
      assertThat(0.5 + integral(degrees, q))
          .as("P(T < %s) for %d degrees of freedom", q, degrees)
          .isCloseTo(0.975, within(1e-7));
    }
  }

  /// ∫ from 0 to `end` of Student's density, by Simpson's rule.
  private static double integral(int degrees, double end) {
    int pieces = 20_000;
    double width = end / pieces;
    double sum = density(degrees, 0) + density(degrees, end);
    for (int i = 1; i < pieces; i++) {
      sum += (i % 2 == 0 ? 2 : 4) * density(degrees, i * width);
    }
    double constant =
        StrictMath.exp(logGammaOfHalf(degrees + 1) - logGammaOfHalf(degrees))
            / Math.sqrt(degrees * Math.PI);
    return constant * sum * width / 3;
  }

  /// But for its constant factor.
  private static double density(int degrees, double t) {
    return Math.pow(1 + t * t / degrees, -(degrees + 1) / 2.0);
  }

  /// ln Γ(n / 2), by Γ(x + 1) = x·Γ(x) from Γ(1/2) = √π and Γ(1) = 1.
  private static double logGammaOfHalf(int n) {
    double log = n % 2 == 0 ? 0 : Math.log(Math.PI) / 2;
    for (int k = n % 2 == 0 ? 2 : 1; k < n; k += 2) {
      log += Math.log(k / 2.0);
    }
    return log;
  }

  @Test
  void quantilesFallTowardsTheNormalOne() {
    for (int degrees = 1; degrees < 200; degrees++) {
      assertThat(Replicates.quantile(degrees + 1)).isLessThan(Replicates.quantile(degrees));
    }
    assertThat(Replicates.quantile(1_000_000_000)).isCloseTo(1.959963984540054, within(1e-8));
  }

  @Test
  void oneAloneHasNoSpread() {
    Replicates one = new Replicates(List.of(0.5));
    assertThat(one.mean()).isEqualTo(0.5);
    assertThat(one.sd()).isNaN();
    assertThat(one.halfWidth()).isNaN();
    assertThat(one).hasToString("0.5000");
    assertThat(new Replicates.Summary(0.5, 0, 1).halfWidth()).isNaN();
  }

  @Test
  void aTrainingThatDivergedShows() {
    assertThat(new Replicates(List.of(0.5, Double.NaN)).isFinite()).isFalse();
    assertThat(new Replicates(List.of(0.5, Double.POSITIVE_INFINITY)).isFinite()).isFalse();
    assertThat(FOUR.isFinite()).isTrue();
    assertThat(new Replicates(List.of(0.5, Double.NaN)).mean()).isNaN();
  }

  @Test
  void differencesAreTakenSeedBySeed() {
    Replicates less = new Replicates(List.of(0.8729, 0.8687, 0.8671, 0.8714));
    assertThat(FOUR.minus(less).values())
        .satisfiesExactly(
            x -> assertThat(x).isCloseTo(0.001, within(1e-12)),
            x -> assertThat(x).isCloseTo(0.002, within(1e-12)),
            x -> assertThat(x).isCloseTo(0.003, within(1e-12)),
            x -> assertThat(x).isCloseTo(0.004, within(1e-12)));
    assertThatThrownBy(() -> FOUR.minus(new Replicates(List.of(1.0))))
        .hasMessage("replicates: expected as many to compare with, got 4 and 1");
  }

  @Test
  void whatOthersMeasuredIsASummary() {
    Replicates.Summary summary = new Replicates.Summary(FOUR.mean(), FOUR.sd(), 4);
    assertThat(summary.halfWidth()).isEqualTo(FOUR.halfWidth());
    assertThatThrownBy(() -> new Replicates(List.of()))
        .hasMessage("replicates: expected 1 or more measurements, got none");
    for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Replicates.Summary(0.5, wrong, 3))
          .hasMessage(
              "expected a finite mean, a standard deviation from 0 on and 1 run or more, got 0.5, "
                  + wrong
                  + " and 3");
    }
    assertThatThrownBy(() -> new Replicates.Summary(Double.NaN, 1, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Replicates.Summary(1, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
