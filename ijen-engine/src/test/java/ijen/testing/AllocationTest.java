package ijen.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void whoAllocatesIsSaid() {
    assertThatThrownBy(() ->
            Allocation.assertAtMost(
                50, "10 calls", 10, () -> kept = new byte[100], Duration.ofMillis(50).toNanos()))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "(?s)expected 10 calls to allocate at most 50 bytes, got 1\\d{3}:.*"
                + "100 % \\[B at ijen.testing.AllocationTest.lambda.*");
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
