package ijen.data;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// Measures what a piece of code allocates.
final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  private static final int MEASUREMENTS = 5;

  /// The fewest bytes that this thread allocates in `calls` calls, after `warmUp` others.
  ///
  /// The fewest of some measurements, because the JVM itself allocates now and then, for instance
  /// when it links a call; what the code allocates in each call is in every measurement.
  static long ofCalls(int warmUp, int calls, Runnable code) {
    for (int i = 0; i < warmUp; i++) {
      code.run();
    }
    long fewest = Long.MAX_VALUE;
    for (int measurement = 0; measurement < MEASUREMENTS; measurement++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < calls; i++) {
        code.run();
      }
      fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return fewest;
  }
}
