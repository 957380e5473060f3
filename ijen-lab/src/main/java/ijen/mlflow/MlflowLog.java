package ijen.mlflow;

import ijen.metric.Score;
import ijen.train.EpochReport;
import ijen.train.TrainListener;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Logs a training to an MLflow server: parameters and tags at its beginning, scores after each
/// epoch, how it ended.
///
/// Everything is sent by a thread of its own. A server that is slow, down or refuses neither stops
/// nor slows the training: what is measured waits, the oldest is given up when too much does, and
/// [#close()] waits for at most ten seconds. What happened is asked for with [#warning()] and
/// [#loss()].
public final class MlflowLog implements TrainListener, Closeable {
  /// As many numbers wait at most.
  static final int MOST_WAITING = 10_000;

  private static final long GATHERING = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(30);
  private static final long FAREWELL = TimeUnit.SECONDS.toNanos(10);

  private final MlflowServer server;
  private final Description description;
  private final Deque<MlflowMetric> waiting = new ArrayDeque<>();
  private final Thread thread;
  private long measured;
  private long logged;
  private MlflowStatus status = MlflowStatus.KILLED;
  private boolean over;
  private boolean ended; // the server knows how it ended
  private @Nullable String problem;
  private boolean isTold;
  private @Nullable String page;
  private @Nullable String experiment;
  private @Nullable String run;
  private boolean isDescribed;

  /// What is trained.
  ///
  /// @param experiment the experiment's name
  /// @param name the run's
  /// @param parameters the settings
  /// @param tags what else there is to say
  public record Description(
      String experiment, String name, Map<String, String> parameters, Map<String, String> tags) {
    public Description {
      parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
      tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }
  }

  private MlflowLog(MlflowServer server, Description description) {
    this.server = server;
    this.description = description;
    this.thread = Thread.ofPlatform().name("mlflow").daemon().unstarted(this::work);
  }

  /// Begins a run there.
  public static MlflowLog begin(MlflowServer server, Description description) {
    MlflowLog log = new MlflowLog(server, description);
    log.thread.start();
    return log;
  }

  @Override
  public void epochEnded(EpochReport report) {
    long now = System.currentTimeMillis();
    List<MlflowMetric> metrics = new ArrayList<>();
    add(metrics, "train", report.training(), now, report.epoch());
    add(metrics, "validation", report.validation(), now, report.epoch());
    add(metrics, "test", report.test(), now, report.epoch());
    metrics.add(new MlflowMetric("learning-rate", report.learningRate(), now, report.epoch()));
    metrics.add(new MlflowMetric("seconds", report.seconds(), now, report.epoch()));
    add(metrics);
  }

  private static void add(
      List<MlflowMetric> metrics, String part, @Nullable Score score, long now, int step) {
    if (score != null) {
      metrics.add(new MlflowMetric(part + ".loss", score.loss(), now, step));
      if (!Double.isNaN(score.accuracy())) {
        metrics.add(new MlflowMetric(part + ".accuracy", score.accuracy(), now, step));
      }
    }
  }

  private synchronized void add(List<MlflowMetric> metrics) {
    if (!over) {
      measured += metrics.size();
      waiting.addAll(metrics);
      while (waiting.size() > MOST_WAITING) {
        waiting.removeFirst();
      }
      notifyAll();
    }
  }

  /// How the training ended, and its final scores, as `final.test.accuracy`.
  public synchronized void ended(MlflowStatus status, int epochs, Map<String, Score> scores) {
    long now = System.currentTimeMillis();
    List<MlflowMetric> metrics = new ArrayList<>();
    scores.forEach((part, score) -> add(metrics, "final." + part, score, now, epochs));
    add(metrics);
    this.status = status;
  }

  /// The first thing that went wrong, in a line, once.
  public synchronized Optional<String> warning() {
    if (problem == null || isTold) {
      return Optional.empty();
    }
    isTold = true;
    return Optional.of(
        "MLflow at %s: %s; the training goes on, with all in its folder"
            .formatted(server, problem));
  }

  /// What was lost, in a line; empty if all was logged. To be asked after [#close()].
  public synchronized Optional<String> loss() {
    if (ended && logged == measured) {
      return Optional.empty();
    }
    String what =
        run == null
            ? "nothing was logged"
            : logged == measured
                ? "all was logged but how it ended"
                : "%s of %s numbers were not logged".formatted(measured - logged, measured);
    return Optional.of(
        "MLflow at %s: %s: %s".formatted(server, what, problem == null ? "too slow" : problem));
  }

  /// The run's page there; empty until it has begun.
  public synchronized Optional<String> page() {
    return Optional.ofNullable(page);
  }

  /// Sends what is left, for at most ten seconds. Unless [#ended] was told, the run was stopped.
  @Override
  public void close() {
    synchronized (this) {
      over = true;
      notifyAll();
    }
    try {
      thread.join(TimeUnit.NANOSECONDS.toMillis(FAREWELL));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }

  private void work() {
    long pause = GATHERING;
    try {
      while (true) {
        boolean last = await(pause);
        try {
          send();
          if (last && isEmpty()) {
            server.end(begun(), status(), System.currentTimeMillis());
            done();
            return;
          }
          pause = last ? 0 : GATHERING;
        } catch (MlflowException e) {
          note(e);
          if (e.isFinal() || last) {
            return;
          }
          pause = longer(pause);
        } catch (IOException e) {
          note(e);
          if (last) {
            return;
          }
          pause = longer(pause);
        }
      }
    } catch (InterruptedException e) {
      // Nobody waits any longer.
    } catch (RuntimeException e) {
      note(new IOException("unexpected " + e, e)); // such as an answer without an id
    }
  }

  private static long longer(long pause) {
    return Math.clamp(2 * pause, FIRST_PAUSE, LONGEST_PAUSE);
  }

  /// Waits until there may be something to send, and says whether that is the rest.
  private synchronized boolean await(long pause) throws InterruptedException {
    long end = System.nanoTime() + pause;
    for (long left = pause; left > 0 && !over; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return over;
  }

  /// Sends what waits.
  private void send() throws IOException, InterruptedException {
    String to = begun();
    if (!isDescribed) {
      server.parameters(to, description.parameters());
      isDescribed = true;
    }
    for (List<MlflowMetric> batch = next(); !batch.isEmpty(); batch = next()) {
      try {
        server.log(to, batch);
        logged(batch);
      } catch (MlflowException e) {
        if (e.isFinal()) {
          throw e;
        }
        throw putBack(batch, e);
      } catch (IOException e) {
        throw putBack(batch, e);
      }
    }
  }

  private String begun() throws IOException, InterruptedException {
    String known;
    synchronized (this) {
      known = run;
    }
    if (known == null) {
      if (experiment == null) {
        experiment = server.experiment(description.experiment());
      }
      known =
          server.begin(
              experiment, description.name(), System.currentTimeMillis(), description.tags());
      synchronized (this) {
        run = known;
        page = server.page(experiment, known);
      }
    }
    return known;
  }

  private synchronized List<MlflowMetric> next() {
    List<MlflowMetric> batch = new ArrayList<>();
    while (!waiting.isEmpty() && batch.size() < MlflowServer.MOST_METRICS) {
      batch.add(waiting.removeFirst());
    }
    return batch;
  }

  private synchronized IOException putBack(List<MlflowMetric> batch, IOException failure) {
    batch.reversed().forEach(waiting::addFirst);
    while (waiting.size() > MOST_WAITING) {
      waiting.removeFirst();
    }
    return failure;
  }

  private synchronized void logged(List<MlflowMetric> batch) {
    logged += batch.size();
  }

  private synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  private synchronized MlflowStatus status() {
    return status;
  }

  private synchronized void done() {
    ended = true;
  }

  private synchronized void note(IOException e) {
    problem = problem == null ? String.valueOf(e.getMessage()) : problem;
  }
}
