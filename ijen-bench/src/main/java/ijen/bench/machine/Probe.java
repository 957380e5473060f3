package ijen.bench.machine;

import ijen.kernel.Workers;

/// Work whose speed is one limit of the machine, done by all of some workers at once.
///
/// A trial repeats the work until it has taken long enough for the clock and for the barrier at its
/// end not to matter; its rate is all threads' work by the time until the last has ended.
abstract class Probe implements Workers.Task {
  /// The shortest trial that counts.
  private static final long TRIAL_NANOS = 20_000_000;

  /// Calls after which the compiler has done its best. Until then code on vectors is hundreds of
  /// times slower, so that it is calls that have to be counted, more than time.
  private static final int WARM_UP_CALLS = 1000;

  private static final long LEAST_WARM_UP_NANOS = 100_000_000;
  private static final long MOST_WARM_UP_NANOS = 5_000_000_000L;

  private final Workers workers;
  private int repeats = 1;
  private double best;

  Probe(Workers workers) {
    this.workers = workers;
  }

  /// What one repetition amounts to on one thread, in floating-point operations or bytes.
  abstract double amount();

  /// Does the work of thread `part` once.
  abstract void repeat(int part);

  /// Whether the work done so far gave what it should have.
  abstract boolean right();

  @Override
  public final void run(int part, int parts) {
    for (int i = 0; i < repeats; i++) {
      repeat(part);
    }
  }

  final void warmUp() {
    long start = System.nanoTime();
    long nanos = 0;
    for (int calls = 0;
        (calls < WARM_UP_CALLS || nanos < LEAST_WARM_UP_NANOS) && nanos < MOST_WARM_UP_NANOS;
        calls++) {
      workers.run(this);
      nanos = System.nanoTime() - start;
    }
  }

  /// Runs once more; the fastest trial counts.
  final void trial() {
    long nanos = nanos();
    while (nanos < TRIAL_NANOS) {
      repeats *= 2;
      nanos = nanos();
    }
    best = Math.max(best, amount() * repeats * workers.threads() / nanos);
  }

  private long nanos() {
    long start = System.nanoTime();
    workers.run(this);
    return System.nanoTime() - start;
  }

  /// The rate of the fastest trial, in 10⁹ a second.
  ///
  /// @throws IllegalStateException if the work went wrong, so that its rate says nothing
  final double best() {
    if (!right()) {
      throw new IllegalStateException(
          "machine: " + getClass().getSimpleName() + " gave a wrong result: its rate is void");
    }
    return best;
  }
}
