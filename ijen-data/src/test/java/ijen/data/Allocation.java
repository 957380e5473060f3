package ijen.data;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// Measures what a piece of code allocates.
final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private Allocation() {}

  /// The fewest bytes that this thread allocates in `calls` calls: measured again and again until
  /// they are not more than `allowed`, or time is up.
  ///
  /// Until it is compiled, code that uses vectors allocates them, and the JVM itself allocates now
  /// and then; what the code allocates in each call is in every measurement.
  static long ofCalls(int calls, long allowed, Runnable code) {
    long fewest = Long.MAX_VALUE;
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (fewest > allowed && System.nanoTime() < deadline) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < calls; i++) {
        code.run();
      }
      fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return fewest;
  }
}
