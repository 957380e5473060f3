package ijen.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Measures what a piece of code allocates once it is compiled.
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// How much processor time this thread may take. Where many processes share few processors, the
  /// compiler's threads get about as much of them as this one, and wait about as long.
  private static final long MOST_PROCESSOR_TIME = Duration.ofSeconds(60).toNanos();

  /// An end also for code that waits rather than computes.
  private static final long MOST_TIME = Duration.ofMinutes(5).toNanos();

  private Allocation() {}

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
