package ijen.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void factorsFollowTheFormulae() {
    assertThat(Schedule.parse("constant").factor(99, 10, 100)).isEqualTo(1);
    Schedule cosine = Schedule.parse("cosine");
    assertThat(cosine.factor(0, 10, 100)).isEqualTo(1);
    assertThat(cosine.factor(50, 10, 100)).isCloseTo(0.5, within(1e-15));
    assertThat(cosine.factor(99, 10, 100)).isBetween(0.0, 0.001);
    Schedule step = Schedule.parse("step:2:0.5");
    assertThat(List.of(0L, 19L, 20L, 39L, 40L).stream().map(s -> step.factor(s, 10, 100)))
        .containsExactly(1.0, 1.0, 0.5, 0.5, 0.25);
    Schedule warm = Schedule.parse("warmup:4:cosine");
    assertThat(warm.factor(0, 10, 104)).isEqualTo(0.25);
    assertThat(warm.factor(3, 10, 104)).isEqualTo(1);
    assertThat(warm.factor(4, 10, 104)).isEqualTo(1);
    assertThat(warm.factor(54, 10, 104)).isCloseTo(0.5, within(1e-15));
  }

  @Test
  void theCosineIsThatOfTheLibrary() {
    Schedule cosine = new Schedule.Cosine();
    for (long step = 0; step < 1000; step++) {
      assertThat(cosine.factor(step, 10, 1000))
          .isCloseTo(
              (1 + StrictMath.cos(Math.PI * step / 1000)) / 2,
              within(1e-15)); // both round a few times
    }
  }

  @Test
  void wholePowersAreThoseOfTheLibrary() {
    for (long exponent : new long[] {0, 1, 2, 3, 10, 1000, 123_457}) {
      double exact = StrictMath.pow(0.999, (double) exponent);
      assertThat(Powers.of(0.999, exponent)).isCloseTo(exact, within(1e-11 * exact));
    }
  }

  @Test
  void textsLeadBack() {
    for (String text : List.of("constant", "cosine", "step:3:0.25", "warmup:7:step:2:0.5")) {
      assertThat(Schedule.parse(text)).hasToString(text);
    }
    assertThat(Schedule.parse("warmup:5:cosine").dependsOnSteps()).isTrue();
    assertThat(Schedule.parse("step:3:0.25").dependsOnSteps()).isFalse();
  }

  @Test
  void otherTextsAreExplained() {
    for (String text : List.of("", "linear", "step", "step:x:1", "cosine:3", "warmup")) {
      assertThatThrownBy(() -> Schedule.parse(text))
          .hasMessageContaining("unknown schedule '" + text + "': expected constant, cosine");
    }
    assertThatThrownBy(() -> Schedule.parse("step:0:0.5")).hasMessageContaining("1 or more epochs");
  }
}
