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
  void linesPowersAndExponentialsFollowTheFormulae() {
    Schedule linear = Schedule.parse("linear");
    assertThat(List.of(0L, 25L, 99L).stream().map(s -> linear.factor(s, 10, 100)))
        .containsExactly(1.0, 0.75, 0.01);
    assertThat(Schedule.parse("linear:0.2").factor(50, 10, 100)).isCloseTo(0.6, within(1e-15));
    Schedule square = Schedule.parse("polynomial:2");
    assertThat(square.factor(75, 10, 100)).isCloseTo(0.0625, within(1e-15));
    Schedule exponential = Schedule.parse("exponential:0.5");
    assertThat(List.of(0L, 9L, 10L, 30L).stream().map(s -> exponential.factor(s, 10, 100)))
        .containsExactly(1.0, 1.0, 0.5, 0.125);
  }

  /// PyTorch 1.13: OneCycleLR(SGD(…, lr=1), max_lr=1, total_steps=20), its learning rates.
  @Test
  void oneCycleIsThatOfPyTorch() {
    double[] expected = {
      0.040000000000000036, 0.1316718427000253, 0.3716718427000253, 0.6683281572999747,
      0.9083281572999747, 1.0, 0.9874640062350873, 0.9504846320134737,
      0.89091617757105, 0.8117456539497631, 0.7169430017913008, 0.6112620219362893,
      0.500002, 0.38874197806371075, 0.28306099820869923, 0.18825834605023697,
      0.10908782242895004, 0.049519367986526286, 0.012539993764912554, 4e-06
    };
    Schedule cycle = Schedule.parse("one-cycle");
    for (int step = 0; step < 20; step++) {
      assertThat(cycle.factor(step, 5, 20)).isCloseTo(expected[step], within(1e-12));
    }
    for (long steps = 1; steps < 12; steps++) { // however few there are
      for (long step = 0; step < steps; step++) {
        assertThat(cycle.factor(step, 1, steps)).isBetween(1e-7, 1.0);
      }
    }
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
    for (String text :
        List.of(
            "constant",
            "cosine",
            "step:3:0.25",
            "exponential:0.9",
            "linear:0.1",
            "polynomial:2:0.0",
            "one-cycle:0.3:25.0",
            "warmup:7:step:2:0.5",
            "warmup:7:polynomial:3:0.5")) {
      assertThat(Schedule.parse(text)).hasToString(text);
    }
    assertThat(Schedule.parse("warmup:5:cosine").dependsOnSteps()).isTrue();
    assertThat(Schedule.parse("step:3:0.25").dependsOnSteps()).isFalse();
  }

  @Test
  void otherTextsAreExplained() {
    for (String text :
        List.of(
            "",
            "line",
            "step",
            "step:x:1",
            "cosine:3",
            "warmup",
            "linear:a",
            "one-cycle:0.3",
            "exponential",
            "polynomial:0.5")) {
      assertThatThrownBy(() -> Schedule.parse(text))
          .hasMessageContaining("unknown schedule '" + text + "': expected constant, cosine");
    }
    assertThatThrownBy(() -> Schedule.parse("linear:2")).hasMessageContaining("an end in [0, 1]");
    assertThatThrownBy(() -> Schedule.parse("one-cycle:1:25")).hasMessageContaining("in (0, 1)");
    assertThatThrownBy(() -> Schedule.parse("exponential:2")).hasMessageContaining("(0, 1]");
    assertThatThrownBy(() -> Schedule.parse("step:0:0.5")).hasMessageContaining("1 or more epochs");
  }
}
