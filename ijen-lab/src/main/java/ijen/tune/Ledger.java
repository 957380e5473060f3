package ijen.tune;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All trials of a running search, and the rule of who may know what: what trial n may know is the
/// same in every run, however many trials go on at the same time and however fast each is.
///
/// With the search's lag L:
///
/// - the proposal of trial n knows how trials 0 … n − L ended, and what trials n − L + 1 … n − 1
///   try, not how they end;
/// - the decision to prune trial n after step s knows what trials 0 … n − L reported up to step s,
///   not what became of them, and the trial's own reports.
///
/// Whoever needs something that is not known yet, waits for it; L = 1 is one trial after the other,
/// where the sampler learns. Trials begin in the order of their numbers. By induction over n, each
/// trial's configuration, reports and end are then functions of the search and of what is tried.
///
/// **Nobody waits for ever.** Let m be the lowest number of a trial that goes on. Trials begin in
/// order, so all trials before m have begun, and being lower, have ended. Trial m waits only for
/// trials up to m − L < m: they have ended, so it does not wait at all, and ends when its function
/// does. If no trial goes on, all that have begun have ended, and the next one lacks nothing. This
/// asks only that whoever carries out the lowest trial does so without waiting for a higher one, as
/// a worker does that carries out one trial at a time.
///
/// It is safe for use by several threads.
public final class Ledger {
  private static final long POLL_MILLIS = 20; // how often those who wait ask whether to stop

  private final Search search;
  private final SearchListener listener;
  private final BooleanSupplier stop;
  private final Map<Integer, Trial> known = new HashMap<>();
  private final List<Trial> trials = new ArrayList<>(); // those that have begun, by number
  private final BitSet cancelled = new BitSet();
  private final long start = System.nanoTime();
  private int ended; // trials 0 … ended − 1 have
  private boolean over;
  private @Nullable Throwable problem;

  Ledger(Search search, SearchListener listener, BooleanSupplier stop) {
    this.search = search;
    this.listener = listener;
    this.stop = stop;
    for (Trial trial : search.known()) {
      known.put(trial.number(), trial);
    }
  }

  /// The next trial to carry out, when all is known that its proposal needs; empty if there is none
  /// left, or the search is over.
  ///
  /// @throws IllegalStateException if a trial that the search was resumed with is not what this
  ///   search proposes
  public synchronized Optional<OpenTrial> ask() {
    return next(true);
  }

  /// As [#ask], without waiting: empty also if something is not known yet.
  public synchronized Optional<OpenTrial> poll() {
    return next(false);
  }

  private Optional<OpenTrial> next(boolean waits) {
    while (trials.size() < search.trials() && !isOver()) {
      int number = trials.size();
      if (!mayBegin(number)) {
        if (!waits || !await(() -> number < trials.size() || mayBegin(number))) {
          return Optional.empty();
        }
        continue; // another thread may have taken it
      }
      Configuration configuration = guarded(() -> propose(number));
      Trial earlier = known.get(number);
      if (earlier == null) {
        Trial trial = Trial.begin(number, configuration);
        trials.add(trial);
        tell(() -> listener.started(trial));
        return Optional.of(new OpenTrial(this, number, configuration));
      }
      guarded(() -> same(earlier, configuration));
      trials.add(earlier);
      settle(number);
    }
    return Optional.empty();
  }

  private boolean mayBegin(int number) {
    return !search.sampler().needsHistory() || ended >= known(number);
  }

  /// How many of the first trials may be known to trial `number`.
  private int known(int number) {
    return Math.max(0, number - search.lag() + 1);
  }

  private Configuration propose(int number) {
    List<Trial> may = List.of();
    List<Configuration> pending = List.of();
    if (search.sampler().needsHistory()) {
      may = trials.subList(0, known(number));
      pending = trials.subList(known(number), number).stream().map(Trial::configuration).toList();
    }
    return search
        .sampler()
        .suggest(search.space(), number, new History(search.goal(), may, pending));
  }

  private static Trial same(Trial earlier, Configuration expected) {
    if (!earlier.configuration().equals(expected)) {
      throw new IllegalStateException(
          ("trial %d tried {%s}, but this search proposes {%s}: expected trials of the same space,"
                  + " sampler, pruner, goal and lag")
              .formatted(earlier.number(), earlier.configuration(), expected));
    }
    return earlier;
  }

  /// Takes a report; whether the trial is pruned.
  synchronized boolean report(int number, int step, double value, DoubleSupplier seconds) {
    if (trials.get(number).state() == Trial.State.PRUNED) {
      return true;
    }
    Trial trial = goingOn(number).reported(step, value);
    if (isOver()) {
      cancel(number);
    }
    trials.set(number, trial);
    tell(() -> listener.reported(trial));
    notifyAll();
    if (!guarded(() -> search.pruner().asks(number, trial.reports()))) {
      return false;
    }
    if (!await(() -> isKnown(known(number), step))) {
      cancel(number);
    }
    List<Reports> others =
        trials.subList(0, known(number)).stream().map(it -> it.reports().upTo(step)).toList();
    boolean pruned =
        guarded(() -> search.pruner().prune(search.goal(), number, trial.reports(), others));
    if (pruned) {
      end(number, it -> it.pruned(seconds.getAsDouble()));
    }
    return pruned;
  }

  /// Whether all that the first `count` trials report up to a step is known.
  private boolean isKnown(int count, int step) {
    for (int i = ended; i < count; i++) {
      Trial trial = trials.get(i);
      if (!trial.hasEnded() && trial.reports().lastStep() < step) {
        return false;
      }
    }
    return true;
  }

  private Trial goingOn(int number) {
    Trial trial = trials.get(number);
    if (trial.hasEnded()) {
      throw new IllegalStateException(
          "trial " + number + " has ended already: " + trial.state() + " with " + trial.value());
    }
    return trial;
  }

  private void cancel(int number) {
    cancelled.set(number);
    throw new CancellationException("the search was stopped: trial " + number + " is left");
  }

  /// Ends a trial; whatever is said of one that was pruned, or was left when the search stopped, is
  /// not heard.
  synchronized void end(int number, UnaryOperator<Trial> how) {
    boolean pruned = trials.get(number).state() == Trial.State.PRUNED;
    if (pruned || cancelled.get(number) || problem != null) {
      return;
    }
    Trial trial = how.apply(goingOn(number));
    tell(() -> listener.ended(trial)); // written down before anybody can learn from it
    trials.set(number, trial);
    settle(number);
    notifyAll();
  }

  /// Trial `number` has ended: counts on.
  private void settle(int number) {
    while (ended < trials.size() && trials.get(ended).hasEnded()) {
      ended++;
    }
    int first = number;
    while (first >= 0 && hasFailed(first)) {
      first--;
    }
    int last = number;
    while (last < trials.size() && hasFailed(last)) {
      last++;
    }
    if (last - first - 1 >= search.failures()) {
      fail(
          new IllegalStateException(
              "%d trials in a row failed, the last of them: trial %d {%s}: %s"
                  .formatted(
                      last - first - 1,
                      number,
                      trials.get(number).configuration(),
                      trials.get(number).message())));
    }
  }

  private boolean hasFailed(int number) {
    return trials.get(number).state() == Trial.State.FAILED;
  }

  /// Whether it has been stopped or has failed.
  synchronized boolean isOver() {
    if (!over && (stop.getAsBoolean() || Thread.currentThread().isInterrupted())) {
      over = true;
      notifyAll();
    }
    return over;
  }

  /// Waits for something to become known; whether it did, and the search is not over.
  private boolean await(BooleanSupplier isKnown) {
    while (!isOver() && !isKnown.getAsBoolean()) {
      try {
        wait(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // and so it is over
      }
    }
    return !over;
  }

  /// Ends the search; the first problem counts.
  synchronized void fail(Throwable why) {
    problem = problem == null ? why : problem;
    over = true;
    notifyAll();
  }

  private void tell(Runnable message) {
    guarded(() -> {
      message.run();
      return true;
    });
  }

  /// What a part of the search computes; its mistakes are not those of a trial.
  private <T> T guarded(Supplier<T> part) {
    try {
      return part.get();
    } catch (RuntimeException | Error e) {
      fail(e);
      throw e;
    }
  }

  /// All trials that have ended so far.
  ///
  /// @throws RuntimeException if the search has failed
  public synchronized SearchResult result() {
    switch (problem) {
      case null -> {}
      case RuntimeException own -> throw own;
      case Error own -> throw own;
      case Throwable other -> throw new IllegalStateException(other);
    }
    Map<Integer, Trial> all = new TreeMap<>(known);
    trials.stream().filter(Trial::hasEnded).forEach(trial -> all.put(trial.number(), trial));
    return new SearchResult(
        search.goal(),
        List.copyOf(all.values()),
        all.size() < search.trials(),
        (System.nanoTime() - start) * 1e-9);
  }
}
