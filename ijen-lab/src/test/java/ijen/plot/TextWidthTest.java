package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextWidthTest {
  @Test
  void shortenedTextsFitAndKeepAsMuchAsTheyCan() {
    String text = "T-shirt/top – Hemd 👕👕 漢字";
    for (double width = 1; width < 300; width += 1.7) {
      String shortened = TextWidth.shorten(text, 12, false, width);
      assertThat(Character.isHighSurrogate(shortened.charAt(shortened.length() - 1))).isFalse();
      assertThat(shortened.codePoints()).noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
      if (!shortened.equals("…")) {
        assertThat(TextWidth.of(shortened, 12, false)).isLessThanOrEqualTo(width);
      }
      if (TextWidth.of(text, 12, false) <= width) {
        assertThat(shortened).isEqualTo(text);
      } else {
        assertThat(shortened).endsWith("…");
      }
    }
  }

  /// The widths of DejaVu Sans in thousandths of the size: the estimate may not fall far below
  /// them.
  @Test
  void theEstimateIsOnTheWideSide() {
    assertThat(TextWidth.of("validation accuracy", 1, false)).isGreaterThan(9.6);
    assertThat(TextWidth.of("0123456789", 1, false)).isGreaterThan(6.36);
    assertThat(TextWidth.of("WMWM", 1, false)).isGreaterThan(3.6);
    assertThat(TextWidth.of("Ankle boot", 1, true)).isGreaterThan(6.2);
  }
}
