package ijen.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Measures what a piece of code allocates once it is compiled.
///
/// Tests that need this carry the tag `allocation` and run in a JVM without the others: the
/// compiler decides by what a method has met so far, and a thousand other tests make it give up
/// where it would not in a training.
public final class Allocation {
  /// The tag of tests that measure allocations.
  public static final String TAG = "allocation";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// How much processor time this thread may take. Where many processes share few processors, the
  /// compiler's threads get about as much of them as this one, and wait about as long.
  private static final long MOST_PROCESSOR_TIME = Duration.ofSeconds(60).toNanos();

  /// An end also for code that waits rather than computes.
  private static final long MOST_TIME = Duration.ofMinutes(5).toNanos();

  private Allocation() {}

  /// Fails, and says what is allocated where, if `calls` calls of warm code allocate anything.
  ///
  /// @param what `calls` calls in words, as `100 steps`
  public static void assertNone(String what, int calls, Runnable code) {
    assertAtMost(0, what, calls, code);
  }

  /// Fails, and says what is allocated where, if `calls` calls of warm code allocate more bytes
  /// than `allowed`.
  ///
  /// @param what `calls` calls in words, as `100 steps`
  public static void assertAtMost(long allowed, String what, int calls, Runnable code) {
    assertAtMost(allowed, what, calls, code, MOST_PROCESSOR_TIME);
  }

  static void assertAtMost(
      long allowed, String what, int calls, Runnable code, long mostProcessorTime) {
    long bytes = ofCalls(calls, allowed, code, mostProcessorTime);
    if (bytes > allowed) {
      throw new AssertionError(
          "expected %s to allocate at most %d bytes, got %d:%n%s"
              .formatted(what, allowed, bytes, AllocationSites.of(code)));
    }
  }

  /// The fewest bytes that this thread allocates in `calls` calls: measured again and again until
  /// they are not more than `allowed`, or patience is at an end.
  ///
  /// Until it is compiled, code that uses vectors allocates them: the compiler takes a while to see
  /// which objects never leave a loop. The JVM itself allocates now and then, too. What the code
  /// allocates in each call is in every measurement.
  public static long ofCalls(int calls, long allowed, Runnable code) {
    return ofCalls(calls, allowed, code, MOST_PROCESSOR_TIME);
  }

  static long ofCalls(int calls, long allowed, Runnable code, long mostProcessorTime) {
    long fewest = Long.MAX_VALUE;
    long start = System.nanoTime();
    long processorStart = THREADS.getCurrentThreadCpuTime();
    do {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < calls; i++) {
        code.run();
      }
      fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
    } while (fewest > allowed
        && THREADS.getCurrentThreadCpuTime() - processorStart < mostProcessorTime
        && System.nanoTime() - start < MOST_TIME);
    return fewest;
  }
}
