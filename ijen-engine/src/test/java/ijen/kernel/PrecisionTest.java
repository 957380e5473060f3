package ijen.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The system property that chooses the kernels.
class PrecisionTest {
  private static final String PROPERTY = "ijen.kernels";
  private final String before = System.getProperty(PROPERTY, "");

  @AfterEach
  void restore() {
    if (before.isEmpty()) {
      System.clearProperty(PROPERTY);
    } else {
      System.setProperty(PROPERTY, before);
    }
  }

  @Test
  void propertyChooses() {
    System.clearProperty(PROPERTY);
    assertThat(Precision.chosen()).isEqualTo(Precision.FLOAT);
    System.setProperty(PROPERTY, "vector");
    assertThat(Precision.chosen()).isEqualTo(Precision.FLOAT);
    System.setProperty(PROPERTY, "reference");
    assertThat(Precision.chosen()).isEqualTo(Precision.DOUBLE);
    try (Workers workers = Workers.of(1)) {
      Kernels kernels = Kernels.of(Precision.chosen(), workers);
      assertThat(kernels.precision()).isEqualTo(Precision.DOUBLE);
      assertThat(kernels.allocate(3).precision()).isEqualTo(Precision.DOUBLE);
    }
  }

  @Test
  void otherValuesAreRefused() {
    System.setProperty(PROPERTY, "fast");
    assertThatThrownBy(Precision::chosen)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("-Dijen.kernels: expected vector or reference, got 'fast'");
  }
}
