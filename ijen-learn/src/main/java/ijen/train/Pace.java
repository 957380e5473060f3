package ijen.train;

import ijen.kernel.Workers;
import java.util.function.LongSupplier;

/// Finds out, while training goes on, whether steps are faster with all threads or with one, and
/// keeps to that. What is computed does not depend on it.
///
/// Small steps lose more by the way from one processor's cache to the other's than they gain, and a
/// processor that the system needs for something else holds up all others. So both ways are tried,
/// one after the other, for a few milliseconds; the faster is kept for many times as long, and then
/// both are tried again.
final class Pace {
  /// Nanoseconds of steps that are timed at a time, at least.
  private static final long BLOCK = 2_000_000;

  /// Blocks in a trial: first half with all threads, then half with one. The quickest of each way
  /// counts, as the first has to fill caches and to wake who sleeps.
  private static final int TRIAL = 8;

  /// Blocks between the first two trials, of which each later pause has twice as many, and the
  /// most. While code is still being compiled, what was found does not hold for long.
  private static final int FIRST_PAUSE = 24;

  private static final int LONGEST_PAUSE = 192;

  private final Workers workers;
  private final LongSupplier clock;
  private boolean running; // a block
  private long begin;
  private int block; // of the trial
  private int pause = FIRST_PAUSE;
  private int rest; // blocks before the next trial
  private long together;
  private long apart;
  private int steps; // in the block
  private boolean alone;

  Pace(Workers workers, LongSupplier clock) {
    this.workers = workers;
    this.clock = clock;
    rewind();
  }

  private void rewind() {
    block = 0;
    together = Long.MAX_VALUE;
    apart = Long.MAX_VALUE;
  }

  /// Before a step.
  void begin() {
    if (workers.threads() > 1 && !running) {
      if (rest == 0) {
        alone = block >= TRIAL / 2;
      }
      workers.workAlone(alone);
      running = true;
      steps = 0;
      begin = clock.getAsLong();
    }
  }

  /// After a step.
  void end() {
    if (workers.threads() == 1) {
      return;
    }
    steps++;
    long time = clock.getAsLong() - begin;
    if (time < BLOCK) {
      return;
    }
    running = false;
    if (rest > 0) {
      rest--;
      return;
    }
    if (alone) {
      apart = Math.min(apart, time / steps);
    } else {
      together = Math.min(together, time / steps);
    }
    if (++block == TRIAL) {
      alone = apart < together;
      rest = pause;
      pause = Math.min(LONGEST_PAUSE, 2 * pause);
      rewind();
    }
  }

  /// What follows is no step of this training, such as an evaluation: all threads take part, and
  /// the running block does not count.
  void interrupt() {
    running = false;
    workers.workAlone(false);
  }
}
