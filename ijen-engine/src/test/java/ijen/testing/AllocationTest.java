package ijen.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private byte[] kept = {};
  private int calls;

  @Test
  void whatIsAllocatedInEachCallIsFound() {
    long patience = Duration.ofMillis(50).toNanos();
    long bytes = Allocation.ofCalls(10, 0, () -> kept = new byte[100], patience);
    assertThat(bytes).isBetween(10 * 100L, 10 * 200L);
    assertThat(kept).hasSize(100);
  }

  @Test
  void whatIsAllocatedAtFirstIsNot() {
    long bytes =
        Allocation.ofCalls(
            10,
            0,
            () -> {
              if (calls++ < 1000) {
                kept = new byte[calls];
              }
            });
    assertThat(bytes).isZero();
    assertThat(calls).isGreaterThan(1000);
    assertThat(kept).hasSize(1000);
  }
}
