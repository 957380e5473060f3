package ijen.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.testing.Allocation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The barrier: every part once, in order with the caller, whatever a part does.
@Timeout(60)
class WorkersTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void everyPartRunsOnceAndIsSeenByCaller(int threads) {
    int runs = Integer.getInteger("ijen.runs", 30_000);
    long[] sums = new long[threads * 16]; // plain memory: only the barrier orders it
    long[] input = new long[1];
    Workers.Task task = (part, parts) -> sums[part * 16] += input[0] * parts;
    long expected = 0;
    try (Workers workers = Workers.of(threads)) {
      for (int run = 1; run <= runs; run++) {
        input[0] = run;
        workers.run(task);
        expected += (long) run * threads;
        for (int part = 0; part < threads; part++) {
          if (sums[part * 16] != expected) {
            assertThat(sums[part * 16]).as("part %d in run %d", part, run).isEqualTo(expected);
          }
        }
      }
    }
    assertThat(expected).isEqualTo(threads * (runs * (runs + 1L) / 2));
  }

  @Test
  void wakesWorkersThatSleep() throws InterruptedException {
    AtomicInteger count = new AtomicInteger();
    try (Workers workers = Workers.of(2)) {
      for (int run = 0; run < 20; run++) {
        workers.run((part, parts) -> count.incrementAndGet());
        Thread.sleep(2); // far longer than they spin
      }
    }
    assertThat(count).hasValue(40);
  }

  @Test
  void waitsForSlowParts() {
    boolean[] done = new boolean[3];
    try (Workers workers = Workers.of(3)) {
      workers.run((part, parts) -> {
        if (part > 0) {
          sleep(20); // the caller has parked by then
        }
        done[part] = true;
      });
    }
    assertThat(done).containsOnly(true);
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void runsOnDaemonThreadsOfThatName() {
    String[] names = new String[3];
    boolean[] daemons = new boolean[3];
    try (Workers workers = Workers.of(3)) {
      workers.run((part, parts) -> {
        names[part] = Thread.currentThread().getName();
        daemons[part] = Thread.currentThread().isDaemon();
      });
    }
    assertThat(names)
        .containsExactly(Thread.currentThread().getName(), "ijen-worker-1", "ijen-worker-2");
    assertThat(daemons[1] && daemons[2]).isTrue();
  }

  @Test
  void failureReachesCallerAfterAllPartsEnded() {
    AtomicInteger ended = new AtomicInteger();
    try (Workers workers = Workers.of(3)) {
      assertThatThrownBy(() ->
              workers.run((part, parts) -> {
                if (part == 1) {
                  throw new IllegalArgumentException("part one");
                }
                sleep(10);
                ended.incrementAndGet();
                if (part == 2) {
                  throw new AssertionError("part two");
                }
              }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("part one")
          .hasSuppressedException(new AssertionError("part two"));
      assertThat(ended).hasValue(2);
      workers.run((part, parts) -> ended.incrementAndGet()); // and they still serve
      assertThat(ended).hasValue(5);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void taskMustNotStartAnother(int threads) {
    try (Workers workers = Workers.of(threads)) {
      Workers.Task inner = (part, parts) -> {};
      assertThatThrownBy(() -> workers.run((part, parts) -> workers.run(inner)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("one caller at a time");
      workers.run(inner);
    }
  }

  @Test
  void secondCallerIsRefused() throws InterruptedException {
    try (Workers workers = Workers.of(1)) {
      CountDownLatch running = new CountDownLatch(1);
      CountDownLatch refused = new CountDownLatch(1);
      AtomicReference<Throwable> failure = new AtomicReference<>();
      Thread other =
          new Thread(() -> {
            try {
              running.await();
              workers.run((part, parts) -> {});
            } catch (Throwable e) {
              failure.set(e);
            } finally {
              refused.countDown();
            }
          });
      other.start();
      workers.run((part, parts) -> {
        running.countDown();
        try {
          refused.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      });
      other.join();
      assertThat(failure.get())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("one caller at a time");
    }
  }

  @Test
  void interruptedCallerStillWaitsAndStaysInterrupted() {
    AtomicInteger ended = new AtomicInteger();
    try (Workers workers = Workers.of(2)) {
      Thread.currentThread().interrupt();
      workers.run((part, parts) -> {
        long end = System.nanoTime() + 2_000_000;
        while (part == 1 && System.nanoTime() < end) {
          Thread.onSpinWait();
        }
        ended.incrementAndGet();
      });
      assertThat(ended).hasValue(2);
    }
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void closeEndsThreadsAndRefusesRuns() {
    Thread[] thread = new Thread[2];
    Workers workers = Workers.of(2);
    workers.run((part, parts) -> thread[part] = Thread.currentThread());
    workers.close();
    workers.close();
    assertThat(thread[1].isAlive()).isFalse();
    assertThatThrownBy(() -> workers.run((part, parts) -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("after close");
  }

  @Tag(Allocation.TAG)
  @Test
  void runAllocatesNothing() {
    Workers.Task task = (part, parts) -> {};
    try (Workers workers = Workers.of(2)) {
      Allocation.assertNone("1,000 runs", 1000, () -> workers.run(task));
    }
  }

  @Test
  void numberOfThreadsIsChecked() {
    assertThat(Workers.defaultThreads()).isBetween(1, 64);
    assertThatThrownBy(() -> Workers.of(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads: expected 1 to 1024, got 0");
  }
}
