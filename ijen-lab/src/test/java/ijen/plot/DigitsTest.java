package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigitsTest {
  @Test
  void numbersReadWell() {
    assertThat(Digits.count(1234567)).isEqualTo("1,234,567");
    assertThat(Digits.fixed(0.88404, 4)).isEqualTo("0.8840");
    assertThat(Digits.fixed(-0.5, 1)).isEqualTo("−0.5");
    assertThat(Digits.significant(0.05, 4)).isEqualTo("0.05000");
    assertThat(Digits.significant(0.5, 3)).isEqualTo("0.500");
    assertThat(Digits.significant(950, 4)).isEqualTo("950.0");
    assertThat(Digits.significant(12345.6, 4)).isEqualTo("12,350");
    assertThat(Digits.significant(1.234e-7, 3)).isEqualTo("1.23×10⁻⁷");
    assertThat(Digits.significant(-2e12, 3)).isEqualTo("−2×10¹²");
    assertThat(Digits.significant(0, 3)).isEqualTo("0");
    assertThat(Digits.brief(0.05, 4)).isEqualTo("0.05");
    assertThat(Digits.brief(1000, 4)).isEqualTo("1,000");
    assertThat(Digits.brief(0, 4)).isEqualTo("0");
    assertThat(Digits.significant(Double.NaN, 3)).isEqualTo("NaN");
    assertThat(Digits.fixed(Double.NEGATIVE_INFINITY, 3)).isEqualTo("−∞");
    assertThat(Digits.brief(Double.POSITIVE_INFINITY, 3)).isEqualTo("∞");
  }

  @Test
  void everyNumberHasAText() {
    for (double value = Double.MIN_VALUE; value < 1e308; value *= 7.3) {
      assertThat(Digits.significant(value, 4)).isNotBlank().hasSizeLessThan(14);
      assertThat(Digits.brief(-value, 4)).isNotBlank().hasSizeLessThan(14);
    }
  }
}
