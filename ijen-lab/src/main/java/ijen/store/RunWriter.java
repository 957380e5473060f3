package ijen.store;

import ijen.run.EpochRow;
import ijen.run.RunFolder;
import ijen.run.RunStore;
import ijen.run.StepRow;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Keeps the database up to date while a run goes on, from a thread of its own: a training neither
/// fails because of the database nor waits for it before its end.
///
/// What is measured is written once a second, as a whole.
public final class RunWriter implements Closeable {
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

  private final RunStore store;
  private final RunFolder folder;
  private final List<MetricEntry> waiting = new ArrayList<>();
  private @Nullable Thread thread;
  private boolean over;
  private @Nullable String problem;

  public RunWriter(RunStore store, RunFolder folder) {
    this.store = store;
    this.folder = folder;
  }

  /// The run has begun, or goes on: its folder says how.
  public synchronized void begin() {
    if (thread == null) {
      thread = Thread.ofPlatform().name("run-database").daemon().start(this::work);
    }
  }

  /// An epoch is over.
  public void measured(EpochRow row) {
    add(MetricEntry.of(row));
  }

  /// Something was measured in the middle of an epoch.
  public void measured(StepRow row) {
    add(MetricEntry.of(row));
  }

  private synchronized void add(List<MetricEntry> metrics) {
    if (thread != null && problem == null) {
      waiting.addAll(metrics);
    }
  }

  /// Why the database does not have the run; empty as long as all is well.
  public synchronized Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /// Writes what the folder says now, if the run has begun.
  @Override
  public void close() {
    Thread worker;
    synchronized (this) {
      over = true;
      worker = thread;
      notifyAll();
    }
    boolean interrupted = false;
    while (worker != null && worker.isAlive()) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try (RunDatabase database = RunDatabase.open(store.databaseFile())) {
      RunIndex index = new RunIndex(store, database);
      index.refresh(folder);
      String id = store.id(folder);
      for (List<MetricEntry> next = next(); next != null; next = next()) {
        if (!next.isEmpty()) {
          database.runs().append(id, next);
        }
      }
      index.refresh(folder);
    } catch (IOException | RuntimeException | InterruptedException e) {
      synchronized (this) {
        problem = String.valueOf(e.getMessage());
        waiting.clear();
      }
    }
  }

  /// What came in during a second; null once the run is over.
  private synchronized @Nullable List<MetricEntry> next() throws InterruptedException {
    long end = System.nanoTime() + PAUSE;
    for (long left = PAUSE; left > 0 && !over; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    if (over) {
      return null;
    }
    List<MetricEntry> next = List.copyOf(waiting);
    waiting.clear();
    return next;
  }
}
