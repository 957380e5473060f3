package ijen.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A fixed set of threads that run one task at a time together with their caller, behind a cheap
/// barrier.
///
/// The caller takes part 0 and returns when all parts have ended. A run allocates nothing and takes
/// less than a microsecond while all are awake: they look for work for a moment (not at all where
/// there are fewer processors than threads), then leave the processor to others between two looks,
/// and park after 200 microseconds.
///
/// **Memory.** What the caller wrote before [#run] is seen by all parts; what they wrote is seen by
/// the caller afterwards. Everything passes through two volatile counters: `epoch`, raised by the
/// caller to start a run, and `remaining`, lowered by each worker at its end. Whoever parks says so
/// first and looks at the counter again; whoever changes the counter looks for sleepers afterwards.
/// Both are volatile accesses, which are totally ordered, so one of the two always sees the other.
///
/// One caller at a time; tasks do not start tasks.
public final class Workers implements AutoCloseable {
  /// Looks at a counter before the processor is offered to others: about a microsecond.
  private static final int SPINS = 32;

  /// How long to wait before parking; waking a parked thread takes tens of microseconds.
  private static final long PATIENCE_NANOS = 200_000;

  private static final int MOST_THREADS = 64;
  private static final VarHandle BUSY;
  private static final VarHandle REMAINING;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      BUSY = lookup.findVarHandle(Workers.class, "busy", boolean.class);
      REMAINING = lookup.findVarHandle(Workers.class, "remaining", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// Work that can be done in parts, on any threads, in any order.
  @FunctionalInterface
  public interface Task {
    /// Does part `part`, from 0 to `parts − 1`, of the work.
    void run(int part, int parts);
  }

  private final Worker[] workers;
  private final @Nullable Throwable[] failures;
  private final int spins;

  @SuppressWarnings("UnusedVariable") // by BUSY
  private volatile boolean busy;

  private volatile int epoch;
  private volatile int remaining;
  private volatile @Nullable Thread waiting;
  private volatile boolean closed;
  private int runs; // the caller's own copy of epoch
  private boolean alone;
  private @Nullable Task task;

  private Workers(int threads) {
    workers = new Worker[threads - 1];
    failures = new Throwable[threads];
    spins = threads <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
    for (int part = 1; part < threads; part++) {
      workers[part - 1] = new Worker(part);
    }
    for (Worker worker : workers) {
      worker.start();
    }
  }

  /// Workers for `threads` threads, the caller's included: 1 starts none.
  ///
  /// @throws IllegalArgumentException if `threads` is not in 1 … 1024
  public static Workers of(int threads) {
    if (threads < 1 || threads > 1024) {
      throw new IllegalArgumentException("threads: expected 1 to 1024, got " + threads);
    }
    return new Workers(threads);
  }

  /// The processors available to this process, at most 64.
  public static int defaultThreads() {
    return Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
  }

  /// The most parts of a run, the caller's included.
  public int threads() {
    return workers.length + 1;
  }

  /// Lets the caller work alone, or with all others again. The others go to sleep meanwhile. What
  /// kernels compute does not depend on it; how fast they are does, on calls that a barrier and the
  /// way from one processor's cache to the other's make slower.
  public void workAlone(boolean alone) {
    this.alone = alone;
  }

  /// The threads that take part in runs now: all, or 1.
  public int active() {
    return alone ? 1 : threads();
  }

  /// Runs all parts of `task` and returns when they have ended.
  ///
  /// If parts fail, the failure of the first of them is thrown; the others are attached as
  /// suppressed.
  ///
  /// @throws IllegalStateException if a run is under way (a task called this method, or two threads
  ///   share these workers), or if the workers are closed
  public void run(Task task) {
    acquire("run");
    try {
      if (closed) {
        throw new IllegalStateException("workers: run after close; make new ones with Workers.of");
      }
      if (active() == 1) {
        task.run(0, 1);
      } else {
        runTogether(task);
      }
    } finally {
      BUSY.setVolatile(this, false);
    }
  }

  private void acquire(String what) {
    if (!BUSY.compareAndSet(this, false, true)) {
      throw new IllegalStateException(
          "workers: "
              + what
              + " while a task is running; they serve one caller at a time, and a task must not"
              + " start another: give each caller its own Workers");
    }
  }

  private void runTogether(Task task) {
    int parts = threads();
    this.task = task;
    remaining = parts - 1;
    start();
    try {
      task.run(0, parts);
    } catch (Throwable failure) {
      failures[0] = failure;
    }
    awaitOthers();
    this.task = null;
    throwFailures();
  }

  private void start() {
    epoch = ++runs;
    for (Worker worker : workers) {
      if (worker.parked) {
        LockSupport.unpark(worker);
      }
    }
  }

  private void awaitOthers() {
    if (linger(false, 0)) {
      return;
    }
    waiting = Thread.currentThread();
    while (remaining != 0) {
      LockSupport.park(this);
    }
    waiting = null;
  }

  /// Waits, awake, until the run has ended (`worker` false) or the epoch is no longer `seen`; false
  /// if patience ran out.
  @SuppressWarnings("ThreadPriorityCheck") // yielding only helps; nothing relies on it
  private boolean linger(boolean worker, int seen) {
    long start = 0;
    for (int turn = 0; worker ? epoch == seen : remaining != 0; turn++) {
      if (turn < spins) {
        Thread.onSpinWait();
        continue;
      }
      // Where others want the processor, whom we wait for may be one of them.
      Thread.yield();
      long now = System.nanoTime();
      start = start == 0 ? now : start;
      if (now - start >= PATIENCE_NANOS) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("ReferenceEquality") // a failure cannot be suppressed by itself
  private void throwFailures() {
    Throwable first = null;
    for (int part = 0; part < failures.length; part++) {
      Throwable failure = failures[part];
      failures[part] = null;
      if (first == null) {
        first = failure;
      } else if (failure != null && failure != first) {
        first.addSuppressed(failure);
      }
    }
    switch (first) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException("workers: a task failed", first);
    }
  }

  /// Ends the threads and waits for them; does nothing the second time.
  ///
  /// @throws IllegalStateException if a run is under way
  @Override
  public void close() {
    acquire("close");
    try {
      if (closed) {
        return;
      }
      closed = true;
      start();
      boolean interrupted = false;
      for (Worker worker : workers) {
        while (true) {
          try {
            worker.join();
            break;
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    } finally {
      BUSY.setVolatile(this, false);
    }
  }

  private final class Worker extends Thread {
    private final int part;
    private volatile boolean parked;

    Worker(int part) {
      super(null, null, "ijen-worker-" + part, 0, false);
      this.part = part;
      setDaemon(true);
    }

    @Override
    public void run() {
      for (int seen = 0; ; seen++) {
        awaitStart(seen);
        Task now = task;
        if (closed || now == null) {
          return;
        }
        try {
          now.run(part, threads());
        } catch (Throwable failure) {
          failures[part] = failure;
        }
        if ((int) REMAINING.getAndAdd(Workers.this, -1) == 1) {
          LockSupport.unpark(waiting); // null while the caller is not asleep
        }
      }
    }

    private void awaitStart(int seen) {
      if (linger(true, seen)) {
        return;
      }
      parked = true;
      while (epoch == seen) {
        LockSupport.park(Workers.this);
      }
      parked = false;
    }
  }
}
