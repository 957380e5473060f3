package ijen.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CpuTimeTest {
  private static final List<String> STAT =
      List.of(
          "cpu  1000 200 300 99999 4000 50 60 70 0 0",
          "cpu0 500 100 150 50000 2000 25 30 35 0 0",
          "cpu1 500 100 150 49999 2000 25 30 35 0 0",
          "intr 1 2 3",
          "ctxt 12345");

  @Test
  void allButIdlingIsWork() {
    CpuTime time = CpuTime.of(STAT, 7, 1);
    assertThat(time.busy()).isCloseTo(16.8, within(1e-9));
    assertThat(time.processors()).isEqualTo(2);
  }

  @Test
  void foreignIsWhatIsLeft() {
    CpuTime before = new CpuTime(10, 100, 5, 2);
    CpuTime after = new CpuTime(20, 115, 6, 2);
    assertThat(after.foreignSince(before, 4)).isCloseTo(0.5, within(1e-12));
    assertThat(after.foreignSince(before, 20)).isZero(); // the kernel counts roughly
    assertThat(before.foreignSince(before, 0)).isNaN();
    CpuTime unknown = new CpuTime(20, Double.NaN, 6, 1);
    assertThat(unknown.foreignSince(before, 4)).isNaN();
  }
}
