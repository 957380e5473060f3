package ijen.train;

import static org.assertj.core.api.Assertions.assertThat;

import ijen.kernel.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
  private long now;
  private long stepsTogether;
  private long stepsAlone;

  /// Steps that take so many nanoseconds with all threads, and with one.
  private void train(Pace pace, Workers workers, int steps, long together, long alone) {
    for (int i = 0; i < steps; i++) {
      pace.begin();
      boolean one = workers.active() == 1;
      now += one ? alone : together;
      stepsAlone += one ? 1 : 0;
      stepsTogether += one ? 0 : 1;
      pace.end();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000, 100_000, 5_000_000}) // many steps a block, and one
  void theFasterWayIsTakenNearlyAlways(long step) {
    try (Workers two = Workers.of(2)) {
      Pace pace = new Pace(two, () -> now);
      int steps = (int) Math.max(2_000, 4_000_000_000L / step);
      train(pace, two, steps, 10 * step / 6, step);
      assertThat((double) stepsAlone / steps).isGreaterThan(0.95);
      stepsAlone = 0;
      stepsTogether = 0;
      train(new Pace(two, () -> now), two, steps, step, 10 * step / 6);
      assertThat((double) stepsTogether / steps).isGreaterThan(0.95);
    }
  }

  @Test
  void itFollowsWhenTheMachineChanges() {
    try (Workers two = Workers.of(2)) {
      Pace pace = new Pace(two, () -> now);
      train(pace, two, 20_000, 60_000, 100_000);
      stepsTogether = 0;
      train(pace, two, 20_000, 200_000, 100_000); // the other processor is busy
      assertThat(stepsTogether).isLessThan(6_000);
      stepsAlone = 0;
      train(pace, two, 20_000, 60_000, 100_000);
      assertThat(stepsAlone).isLessThan(8_000);
    }
  }

  @Test
  void allThreadsTakePartInWhatIsNoStep() {
    try (Workers two = Workers.of(2)) {
      Pace pace = new Pace(two, () -> now);
      train(pace, two, 10_000, 200_000, 100_000);
      assertThat(two.active()).isEqualTo(1);
      pace.interrupt();
      assertThat(two.active()).isEqualTo(2);
      pace.begin();
      assertThat(two.active()).isEqualTo(1);
    }
  }

  @Test
  void oneThreadNeedsNoTrial() {
    try (Workers one = Workers.of(1)) {
      Pace pace =
          new Pace(
              one,
              () -> {
                throw new AssertionError("the clock was read");
              });
      train(pace, one, 100, 1, 1);
      assertThat(stepsAlone).isEqualTo(100);
    }
  }
}
