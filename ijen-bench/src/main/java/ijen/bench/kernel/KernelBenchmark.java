package ijen.bench.kernel;

import ijen.kernel.Workers;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// One [KernelCase], called again and again in a JVM of its own.
///
/// Before anything is timed the answer is held against the reference kernels; a wrong one ends the
/// measurement. Operands stay where they are, as warm as their size lets them be. How often and how
/// long is for [KernelBenchmarks] to say.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelBenchmark {
  /// Before it is fully compiled, code on vectors is hundreds of times slower, and it is compiled
  /// after so many calls, however long they take; with long loops earlier.
  private static final int WARM_UP_CALLS = 3000;

  private static final long WARM_UP_NANOS = 1_200_000_000;

  /// The case's name, in [KernelCases].
  @Param("products square 384x384x384")
  public String kernel = "";

  /// How many threads a call may use.
  @Param("1")
  public int threads;

  private Workers workers = Workers.of(1);
  private Runnable call = () -> {};

  /// Makes the operands, proves the answer, and calls until the code is compiled.
  @Setup(Level.Trial)
  public void prepare() {
    workers = Workers.of(threads);
    call = KernelCases.named(kernel).verified(workers).run();
    // Time on the processor, of which a busy machine gives less.
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long end = thread.getCurrentThreadCpuTime() + WARM_UP_NANOS;
    for (int i = 0; i < WARM_UP_CALLS && thread.getCurrentThreadCpuTime() < end; i++) {
      call.run();
    }
  }

  /// What is timed.
  @Benchmark
  public void call() {
    call.run();
  }

  /// Ends the threads.
  @TearDown(Level.Trial)
  public void close() {
    workers.close();
  }
}
