package ijen.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ThemeTest {
  private static final List<Function<Paint, String>> MODES = List.of(Paint::light, Paint::dark);

  @Test
  void textHasContrast() {
    for (Function<Paint, String> mode : MODES) {
      for (Paint text : List.of(Theme.INK, Theme.MUTED, Theme.ACCENT, Theme.ALARM)) {
        for (Paint ground : List.of(Theme.PAGE, Theme.PANEL)) {
          assertThat(contrast(rgb(mode.apply(text)), rgb(mode.apply(ground))))
              .as("%s on %s", mode.apply(text), mode.apply(ground))
              .isGreaterThanOrEqualTo(4.5);
        }
      }
    }
  }

  @Test
  void seriesStandOutFromThePage() {
    for (Function<Paint, String> mode : MODES) {
      for (Paint series : Theme.series()) {
        assertThat(contrast(rgb(mode.apply(series)), rgb(mode.apply(Theme.PAGE))))
            .as(mode.apply(series))
            .isGreaterThanOrEqualTo(3);
      }
    }
  }

  @Test
  void textOnEveryShadeHasContrast() {
    for (Function<Paint, String> mode : MODES) {
      for (String page : grounds(mode)) {
        for (Paint full : List.of(Theme.RIGHT, Theme.WRONG)) {
          for (int step = 0; step <= 100; step++) {
            Theme.Shade shade = Theme.shade(full, step / 100.0);
            double[] cell = mix(rgb(page), rgb(mode.apply(full)), shade.opacity());
            assertThat(contrast(rgb(mode.apply(shade.text())), cell))
                .as("%s %% of %s on %s", step, mode.apply(full), page)
                .isGreaterThanOrEqualTo(4.5);
          }
        }
      }
    }
  }

  /// The page's, and for the light version also that of white paper.
  private static List<String> grounds(Function<Paint, String> mode) {
    String page = mode.apply(Theme.PAGE);
    return page.equals(Theme.PAGE.light()) ? List.of(page, "#ffffff") : List.of(page);
  }

  /// The colours of series, as seen by people without the long- or the medium-wave receptor, still
  /// differ.
  @Test
  void seriesStayApartForTheColourBlind() {
    // Viénot, Brettel and Mollon, "Digital video colourmaps for checking the legibility of displays
    // by
    // dichromats", Color Research and Application 24, 1999: both in linear RGB.
    double[][] protan = {{0.11238, 0.88762, 0}, {0.11238, 0.88762, 0}, {0.00401, -0.00401, 1}};
    double[][] deutan = {{0.29275, 0.70725, 0}, {0.29275, 0.70725, 0}, {-0.02234, 0.02234, 1}};
    for (Function<Paint, String> mode : MODES) {
      for (double[][] eye : List.of(protan, deutan)) {
        List<Paint> series = Theme.series();
        for (int i = 0; i < series.size(); i++) {
          for (int j = 0; j < i; j++) {
            double[] one = okLab(times(eye, linear(rgb(mode.apply(series.get(i))))));
            double[] other = okLab(times(eye, linear(rgb(mode.apply(series.get(j))))));
            double distance =
                Math.sqrt(
                    Math.pow(one[0] - other[0], 2)
                        + Math.pow(one[1] - other[1], 2)
                        + Math.pow(one[2] - other[2], 2));
            // 0.02 is about what can just be seen side by side.
            assertThat(distance)
                .as("%s and %s", mode.apply(series.get(i)), mode.apply(series.get(j)))
                .isGreaterThan(0.06);
          }
        }
      }
    }
  }

  /// Each step of the scale is further from the page than the one before: that is seen without any
  /// colours, too.
  @Test
  void theScaleClimbsForEverybody() {
    for (Function<Paint, String> mode : MODES) {
      double before = 1.6; // the worst line is pale, and still seen
      for (Paint step : Theme.scale()) {
        double contrast = contrast(rgb(mode.apply(step)), rgb(mode.apply(Theme.PAGE)));
        assertThat(contrast).as(mode.apply(step)).isGreaterThan(before);
        before = contrast * 1.1;
      }
      assertThat(before).as("the best stands out").isGreaterThan(13);
    }
  }

  @Test
  void pagesGetEveryColourInBothVersions() {
    String css = Theme.css();
    for (Paint paint : Theme.series()) {
      assertThat(css).contains(paint.property() + ":" + paint.light() + ";");
      assertThat(css).contains(paint.property() + ":" + paint.dark() + ";");
    }
    assertThat(css).contains("prefers-color-scheme:dark").contains("@media print");
    assertThat(css.chars().filter(c -> c == '{').count())
        .isEqualTo(css.chars().filter(c -> c == '}').count());
  }

  /// The contrast ratio of the Web Content Accessibility Guidelines 2.1.
  private static double contrast(double[] one, double[] other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(double[] rgb) {
    double[] linear = linear(rgb);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }

  private static double[] rgb(String colour) {
    int bits = Integer.parseInt(colour.substring(1), 16);
    return new double[] {(bits >> 16) / 255.0, (bits >> 8 & 255) / 255.0, (bits & 255) / 255.0};
  }

  private static double[] linear(double[] rgb) {
    double[] linear = new double[3];
    for (int i = 0; i < 3; i++) {
      linear[i] = rgb[i] <= 0.04045 ? rgb[i] / 12.92 : Math.pow((rgb[i] + 0.055) / 1.055, 2.4);
    }
    return linear;
  }

  private static double[] mix(double[] ground, double[] paint, double opacity) {
    double[] mixed = new double[3];
    for (int i = 0; i < 3; i++) {
      mixed[i] = ground[i] + opacity * (paint[i] - ground[i]);
    }
    return mixed;
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[3];
    for (int i = 0; i < 3; i++) {
      product[i] =
          Math.clamp(
              matrix[i][0] * vector[0] + matrix[i][1] * vector[1] + matrix[i][2] * vector[2], 0, 1);
    }
    return product;
  }

  /// Ottosson's OKLab, a space in which distances are about as seen.
  private static double[] okLab(double[] linear) {
    double[][] toCones = {
      {0.4122214708, 0.5363325363, 0.0514459929},
      {0.2119034982, 0.6806995451, 0.1073969566},
      {0.0883024619, 0.2817188376, 0.6299787005}
    };
    double[] cones = times(toCones, linear);
    double l = Math.cbrt(cones[0]);
    double m = Math.cbrt(cones[1]);
    double s = Math.cbrt(cones[2]);
    return new double[] {
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    };
  }
}
