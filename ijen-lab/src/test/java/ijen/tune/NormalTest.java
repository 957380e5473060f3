package ijen.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The normal distribution, in its middle and in its tails.
class NormalTest {
  /// z, ln(1 − Φ(z)), ln Φ(z), computed with 60 decimal digits.
  @ParameterizedTest
  @CsvSource({
    "0, -0.6931471805599453, -0.6931471805599453",
    "0.5, -1.1759117615936185, -0.3689464152886564",
    "1.999, -3.780811560999765, -0.02306821399640862",
    "2.001, -3.7855579920851956, -0.0229577182095857",
    "3, -6.607726221510349, -0.0013508099647481938",
    "5, -15.064998393988725, -2.866516129637636e-07",
    "8, -35.01343715991455, -6.220960574271786e-16",
    "12, -75.4106730015688, -1.776482112077679e-33",
    "40, -804.6084420137538, 0",
    "200, -20006.21728089819, 0"
  })
  void logarithmsAreExactInBothTails(double z, double below, double above) {
    assertThat(Normal.logCdf(-z)).isCloseTo(below, within(4e-15 * Math.abs(below)));
    assertThat(Normal.logCdf(z)).isCloseTo(above, within(4e-14 * Math.abs(above)));
    assertThat(Normal.cdf(-z)).isCloseTo(Math.exp(below), within(4e-14 * Math.exp(below)));
    assertThat(Normal.cdf(z)).isCloseTo(1 - Math.exp(below), within(1e-15));
  }

  /// ln(Φ(b) − Φ(a)), computed with 60 decimal digits.
  @ParameterizedTest
  @CsvSource({
    "-1, 2, -0.2001662943244626",
    "-3, -2.5, -5.326764724079062",
    "5, 6, -15.068446096529453",
    "30, 31, -454.32124395634327",
    "-40, -39.9, -800.6294741601215",
    "-0.001, 0.002, -6.72808202351855"
  })
  void masses(double a, double b, double log) {
    assertThat(Normal.logMass(a, b)).isCloseTo(log, within(1e-12 * Math.abs(log)));
  }

  @Test
  void quantileIsTheInverse() {
    for (double z = -300; z <= 0; z += 0.37) {
      assertThat(Normal.quantile(Normal.logCdf(z))).isCloseTo(z, within(1e-14 * (1 - z)));
    }
  }

  /// The part below what is drawn is the part asked for, wherever the interval lies.
  @ParameterizedTest
  @CsvSource({"-1, 2", "-50, 50", "0, 0.001", "3, 4", "-4, -3", "30, 31", "-41, -40", "-20, -1"})
  void drawsFromAPart(double a, double b) {
    double whole = Normal.logMass(a, b);
    for (double u = 0.001; u < 1; u += 0.0499) {
      double z = Normal.between(a, b, u);
      assertThat(z).isStrictlyBetween(a, b);
      assertThat(Math.exp(Normal.logMass(a, z) - whole)).isCloseTo(u, within(1e-11));
    }
    assertThat(Normal.between(a, b, 0)).isCloseTo(a, within(1e-9 * (1 + Math.abs(a))));
    assertThat(Normal.between(a, b, 1 - 0x1p-53)).isBetween(a, b);
  }
}
