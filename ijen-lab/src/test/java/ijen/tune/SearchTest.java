package ijen.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.random.RandomStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The same table of trials for any number of workers, after any stop, and for loops of one's own.
@Timeout(60)
class SearchTest {
  private static final int STEPS = 9;

  static List<Arguments> searches() {
    List<Arguments> all = new ArrayList<>();
    for (Sampler sampler :
        List.of(
            new RandomSampler(1),
            GridSampler.of().withPoints(2),
            new SobolSampler(1),
            TpeSampler.of(1).withStartup(5),
            TpeSampler.of(1).withStartup(5).withMultivariate(true))) {
      for (Pruner pruner :
          List.of(
              new NoPruner(),
              PercentilePruner.median().withStartup(3),
              AshaPruner.of().withFactor(2),
              HyperbandPruner.of(1, STEPS))) {
        Search search =
            Search.of(Checks.mixed(), sampler).withPruner(pruner).withTrials(30).withLag(4);
        all.add(Arguments.of(Named.of(sampler + " and " + pruner, search)));
      }
    }
    return all;
  }

  /// A made-up training: its loss falls to that of the configuration, and some fail on the way. How
  /// long each step takes is pure chance.
  private static double train(Configuration configuration, Reporter reporter) {
    return train(configuration, reporter, true);
  }

  private static double train(Configuration configuration, Reporter reporter, boolean sleeps) {
    RandomStream noise = RandomStream.of(1, "noise", reporter.number());
    for (int step = 1; step <= STEPS; step++) {
      if (sleeps && ThreadLocalRandom.current().nextInt(6) == 0) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(3_000_000));
      }
      if (noise.uniform(100 + step) < 0.01) {
        throw new IllegalStateException("bad luck at step " + step);
      }
      reporter.report(step, Checks.loss(configuration) + (1 + 0.3 * noise.normal(step)) / step);
    }
    return Checks.loss(configuration);
  }

  @ParameterizedTest
  @MethodSource("searches")
  void sameTableForAnyNumberOfWorkers(Search search) {
    List<Trial> one = Checks.table(search.run((c, r) -> train(c, r, false)).trials());
    assertThat(one).hasSize(30).extracting(Trial::number).isSorted();
    if (!(search.pruner() instanceof NoPruner)) {
      assertThat(one).extracting(Trial::state).contains(Trial.State.PRUNED, Trial.State.COMPLETE);
    }
    assertThat(one).extracting(Trial::state).contains(Trial.State.FAILED);
    for (int workers : new int[] {2, 8}) {
      SearchResult result = search.run(SearchTest::train, workers);
      assertThat(Checks.table(result.trials())).as("%d workers", workers).isEqualTo(one);
      assertThat(result.stopped()).isFalse();
    }
  }

  /// What is written down when a trial ends, cut off anywhere, as by a kill: the rest is the same.
  @ParameterizedTest
  @MethodSource("searches")
  void sameTableFromEveryPrefix(Search search) {
    List<Trial> written = Collections.synchronizedList(new ArrayList<>());
    SearchListener journal =
        new SearchListener() {
          @Override
          public void ended(Trial trial) {
            written.add(trial);
          }
        };
    List<Trial> whole =
        Checks.table(search.run(SearchTest::train, 8, journal, () -> false).trials());
    for (int cut = 0; cut <= written.size(); cut++) {
      AtomicInteger carriedOut = new AtomicInteger();
      SearchResult rest =
          search
              .resume(written.subList(0, cut))
              .run(
                  (c, r) -> {
                    carriedOut.incrementAndGet();
                    return train(c, r, false);
                  },
                  1 + cut % 3);
      assertThat(Checks.table(rest.trials())).as("cut at %d", cut).isEqualTo(whole);
      assertThat(carriedOut).hasValue(30 - cut);
    }
  }

  /// Stopped at random and resumed from what had ended, until it is done.
  @ParameterizedTest
  @MethodSource("searches")
  void sameTableHoweverOftenStopped(Search search) {
    List<Trial> whole = Checks.table(search.run((c, r) -> train(c, r, false)).trials());
    List<Trial> ended = List.of();
    long seed = Long.getLong("ijen.seed", 20261122);
    RandomGenerator random = RandomStream.of(seed, "stops", 0).generator();
    for (int round = 0; round < 1000 && ended.size() < 30; round++) {
      AtomicInteger left = new AtomicInteger(1 + random.nextInt(60));
      SearchResult part =
          search
              .resume(ended)
              .run(SearchTest::train, 3, SearchListener.NONE, () -> left.decrementAndGet() < 0);
      assertThat(part.trials()).as("seed %d", seed).containsAll(ended);
      assertThat(part.trials()).allMatch(Trial::hasEnded);
      assertThat(part.stopped()).isEqualTo(part.trials().size() < 30);
      ended = part.trials();
    }
    assertThat(Checks.table(ended)).as("seed %d", seed).isEqualTo(whole);
  }

  /// More workers than the lag allows to be busy, and fewer: all end, with the table of their lag.
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 8", "2, 8", "3, 2", "8, 3", "8, 16", "100, 8"})
  void nobodyWaitsForEver(int lag, int workers) {
    Search search =
        Search.of(Checks.mixed(), TpeSampler.of(3).withStartup(2))
            .withPruner(PercentilePruner.median().withStartup(2))
            .withTrials(25)
            .withLag(lag);
    AtomicInteger most = new AtomicInteger();
    SearchListener listener =
        new SearchListener() {
          private int going;

          @Override
          public void started(Trial trial) {
            most.accumulateAndGet(++going, Math::max);
          }

          @Override
          public void ended(Trial trial) {
            going--;
          }
        };
    SearchResult result = search.run(SearchTest::train, workers, listener, () -> false);
    assertThat(Checks.table(result.trials()))
        .isEqualTo(Checks.table(search.run((c, r) -> train(c, r, false)).trials()));
    assertThat(most.get()).isBetween(1, Math.min(workers, lag));
  }

  /// What is known to a proposal, said by the sampler itself.
  @Test
  void proposalsKnowWhatTheLagAllows() {
    record Curious(List<String> seen) implements Sampler {
      @Override
      public Configuration suggest(Space space, int number, History history) {
        seen.add(
            number
                + ": ended "
                + history.ended().stream().map(Trial::number).toList()
                + ", pending "
                + history.pending().stream().map(it -> it.text("c")).toList());
        return Checks.configuration("c", "" + number);
      }

      @Override
      public boolean needsHistory() {
        return true;
      }
    }

    Curious curious = new Curious(new ArrayList<>());
    Search search =
        Search.of(Space.of(Dimension.choice("c", 0, 1, 2, 3, 4)), curious).withTrials(5);
    search.withLag(3).run((c, r) -> 0, 4);
    assertThat(curious.seen)
        .containsExactly(
            "0: ended [], pending []",
            "1: ended [], pending [0]",
            "2: ended [], pending [0, 1]",
            "3: ended [0], pending [1, 2]",
            "4: ended [0, 1], pending [2, 3]");
  }

  /// What is known to a pruner, said by the pruner itself: the same, however far others have come.
  @Test
  void pruningKnowsWhatWasReportedUpToTheSameStep() {
    record Curious(List<String> seen) implements Pruner {
      @Override
      public boolean asks(int number, Reports own) {
        return own.lastStep() != 2;
      }

      @Override
      public boolean prune(Goal goal, int number, Reports own, List<Reports> others) {
        seen.add(
            number + " at " + own.lastStep() + ": " + others.stream().map(this::text).toList());
        return false;
      }

      private String text(Reports reports) {
        return reports.list().stream().map(it -> it.step() + "=" + it.value()).toList().toString();
      }
    }

    Curious curious = new Curious(new ArrayList<>());
    Ledger ledger =
        Search.of(Checks.mixed(), new RandomSampler(1)).withPruner(curious).withLag(2).open();
    List<OpenTrial> trials = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      trials.add(ledger.ask().orElseThrow());
    }
    for (int step = 1; step <= 5; step++) {
      trials.get(0).report(step, 0.25 * step);
    }
    trials.get(1).report(1, 7);
    trials.get(1).fail("no");
    trials.get(2).report(1, 8); // knows 0, not 1
    trials.get(2).report(2, 9); // asks nobody
    trials.get(2).report(3, 9);
    trials.get(0).complete(1);
    trials.get(2).report(4, 9); // no more and no less than before 0 ended
    trials.get(3).report(3, 6); // knows 0 and 1
    assertThat(curious.seen.subList(4, 9))
        .containsExactly(
            "1 at 1: []",
            "2 at 1: [[1=0.25]]",
            "2 at 3: [[1=0.25, 2=0.5, 3=0.75]]",
            "2 at 4: [[1=0.25, 2=0.5, 3=0.75, 4=1.0]]",
            "3 at 3: [[1=0.25, 2=0.5, 3=0.75], [1=7.0]]");
  }

  @Test
  void failuresAreNotTheEnd() {
    Search search = Search.of(Checks.mixed(), new RandomSampler(1)).withTrials(12);
    SearchResult result =
        search.run((c, r) ->
            switch (r.number() % 4) {
              case 0 -> throw new IOException("no such file");
              case 1 -> Double.NaN;
              default -> r.number();
            });
    assertThat(result.trials().get(4).state()).isEqualTo(Trial.State.FAILED);
    assertThat(result.trials().get(4).message()).isEqualTo("java.io.IOException: no such file");
    assertThat(result.trials().get(5).message()).isEqualTo("the value is NaN");
    assertThat(result.count(Trial.State.FAILED)).isEqualTo(6);
    assertThat(result.best().orElseThrow().number()).isEqualTo(2);
    SearchResult high = search.withGoal(Goal.MAXIMISE).run((c, r) -> Math.floorDiv(r.number(), 2));
    assertThat(high.best().orElseThrow().number()).isEqualTo(10); // the earlier of two
  }

  @ParameterizedTest
  @CsvSource({"1", "8"})
  void manyFailuresInARowAre(int workers) {
    Search search =
        Search.of(Checks.mixed(), new RandomSampler(1)).withTrials(1000).withFailures(3);
    AtomicInteger count = new AtomicInteger();
    assertThatThrownBy(() ->
            search.run(
                (c, r) -> {
                  count.incrementAndGet();
                  if (r.number() >= 5 || r.number() == 2) {
                    throw new IllegalArgumentException("wrong");
                  }
                  return 1;
                },
                workers))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("3 trials in a row failed, the last of them: trial ")
        .hasMessageEndingWith("}: java.lang.IllegalArgumentException: wrong");
    assertThat(count.get()).isBetween(8, 8 + 2 * workers);
  }

  @Test
  void errorsEndTheSearch() {
    Search search = Search.of(Checks.mixed(), TpeSampler.of(1)).withTrials(100);
    List<Trial> ended = Collections.synchronizedList(new ArrayList<>());
    SearchListener listener =
        new SearchListener() {
          @Override
          public void ended(Trial trial) {
            ended.add(trial);
          }
        };
    assertThatThrownBy(() ->
            search.run(
                (c, r) -> {
                  if (r.number() == 5) {
                    throw new OutOfMemoryError("made up");
                  }
                  return 1;
                },
                2,
                listener,
                () -> false))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(ended).noneMatch(trial -> trial.number() == 5).hasSizeLessThan(15);
  }

  @Test
  void whatListenersThrowIsNotATrialsFault() {
    Search search = Search.of(Checks.mixed(), new RandomSampler(1));
    SearchListener full =
        new SearchListener() {
          @Override
          public void reported(Trial trial) {
            throw new IllegalStateException("disk full");
          }

          @Override
          public void ended(Trial trial) {
            throw new AssertionError("not reached");
          }
        };
    assertThatThrownBy(() -> search.run(SearchTest::train, 2, full, () -> false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("disk full");
  }

  @Test
  void listenersHearAllInOrder() {
    List<String> heard = new ArrayList<>();
    SearchListener listener =
        new SearchListener() {
          @Override
          public void started(Trial trial) {
            heard.add("started " + trial.number());
          }

          @Override
          public void reported(Trial trial) {
            heard.add("reported " + trial.number() + " " + trial.reports().last().orElseThrow());
          }

          @Override
          public void ended(Trial trial) {
            heard.add("ended " + trial.number() + " " + trial.state());
          }
        };
    Search search = Search.of(Checks.mixed(), new RandomSampler(1)).withTrials(2);
    search.run(
        (c, r) -> {
          r.report(3, 0.5);
          if (r.number() == 1) {
            throw new PrunedException("of its own accord");
          }
          return 1;
        },
        1,
        listener,
        () -> false);
    assertThat(heard)
        .containsExactly(
            "started 0",
            "reported 0 Report[step=3, value=0.5]",
            "ended 0 COMPLETE",
            "started 1",
            "reported 1 Report[step=3, value=0.5]",
            "ended 1 PRUNED");
  }

  /// A function that takes no notice cannot turn its trial into another.
  @Test
  void whatIsPrunedStaysPruned() {
    Search search =
        Search.of(Checks.mixed(), new RandomSampler(1))
            .withTrials(6)
            .withLag(1)
            .withPruner(AshaPruner.of());
    SearchResult result =
        search.run((c, r) -> {
          for (int step = 1; step < 4; step++) {
            try {
              r.report(step, r.number());
            } catch (PrunedException e) {
              assertThat(e).hasMessage("trial " + r.number() + " is pruned at step " + step);
            }
          }
          if (r.number() == 3) {
            throw new IllegalStateException("too late");
          }
          return -1;
        });
    assertThat(result.trials().getFirst().state()).isEqualTo(Trial.State.COMPLETE);
    assertThat(result.trials().subList(1, 6))
        .allMatch(it -> it.state() == Trial.State.PRUNED)
        .allMatch(it -> it.reports().equals(Reports.NONE.and(1, it.number())));
  }

  @Test
  void stopsAtTheNextReport() {
    Search search = Search.of(Checks.mixed(), new RandomSampler(1)).withTrials(50);
    AtomicBoolean stop = new AtomicBoolean();
    Set<Integer> swallowed = Collections.synchronizedSet(new TreeSet<>());
    SearchResult result =
        search.run(
            (c, r) -> {
              for (int step = 1; step <= 1000; step++) {
                if (r.number() == 7 && step == 5) {
                  stop.set(true);
                }
                try {
                  r.report(step, 1);
                } catch (CancellationException e) {
                  swallowed.add(r.number());
                  return 0; // not a value
                }
                if (r.number() < 6 && step == 3) {
                  return 1;
                }
              }
              throw new AssertionError("not stopped");
            },
            2,
            SearchListener.NONE,
            stop::get);
    assertThat(result.stopped()).isTrue();
    assertThat(result.trials()).extracting(Trial::number).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(swallowed).containsExactly(6, 7);
  }

  @Test
  void stopsThoseWhoWait() throws InterruptedException {
    Search search = Search.of(Checks.mixed(), TpeSampler.of(1)).withLag(1);
    AtomicBoolean stop = new AtomicBoolean();
    Ledger ledger = search.open(SearchListener.NONE, stop::get);
    OpenTrial first = ledger.ask().orElseThrow();
    List<Optional<OpenTrial>> got = Collections.synchronizedList(new ArrayList<>());
    Thread waits = new Thread(() -> got.add(ledger.ask()));
    waits.start();
    waits.join(50);
    assertThat(got).isEmpty();
    stop.set(true);
    waits.join();
    assertThat(got).containsExactly(Optional.empty());
    assertThatThrownBy(() -> first.report(1, 1)).isInstanceOf(CancellationException.class);
    assertThat(ledger.result().trials()).isEmpty();
  }

  /// Asked and told by one thread that holds as many trials as the lag: the same table as with
  /// workers.
  @ParameterizedTest
  @MethodSource("searches")
  void sameTableForALoopOfOnesOwn(Search search) {
    Ledger ledger = search.open();
    List<OpenTrial> open = new ArrayList<>();
    List<Integer> steps = new ArrayList<>();
    while (true) {
      Optional<OpenTrial> next = open.size() < 4 ? ledger.poll() : Optional.empty();
      next.ifPresent(trial -> {
        open.add(trial);
        steps.add(0);
      });
      if (open.isEmpty()) {
        break;
      }
      // The earliest goes on by a step, so that none waits for one that stands behind it.
      OpenTrial trial = open.getFirst();
      int step = steps.getFirst() + 1;
      RandomStream noise = RandomStream.of(1, "noise", trial.number());
      double loss = Checks.loss(trial.configuration());
      boolean over = true;
      if (step > STEPS) {
        trial.complete(loss);
      } else if (noise.uniform(100 + step) < 0.01) {
        trial.fail("java.lang.IllegalStateException: bad luck at step " + step);
      } else {
        over = trial.report(step, loss + (1 + 0.3 * noise.normal(step)) / step);
      }
      steps.set(0, step);
      if (over) {
        open.removeFirst();
        steps.removeFirst();
      }
    }
    assertThat(Checks.table(ledger.result().trials()))
        .isEqualTo(Checks.table(search.run((c, r) -> train(c, r, false)).trials()));
  }

  @Test
  void pollDoesNotWait() {
    Ledger ledger = Search.of(Checks.mixed(), TpeSampler.of(1)).withLag(2).withTrials(3).open();
    OpenTrial zero = ledger.poll().orElseThrow();
    OpenTrial one = ledger.poll().orElseThrow();
    assertThat(ledger.poll()).isEmpty();
    one.complete(1);
    assertThat(ledger.poll()).isEmpty(); // 2 has to know 0
    zero.prune();
    assertThat(ledger.poll().orElseThrow().number()).isEqualTo(2);
    assertThat(ledger.poll()).isEmpty();
    assertThatThrownBy(() -> one.complete(2))
        .hasMessage("trial 1 has ended already: COMPLETE with 1.0");
    assertThat(ledger.result().trials()).extracting(Trial::number).containsExactly(0, 1);
  }

  @Test
  void refusesTrialsOfAnotherSearch() {
    Search search = Search.of(Checks.mixed(), new RandomSampler(1)).withTrials(5);
    List<Trial> trials = search.run((c, r) -> 1).trials();
    Search other = Search.of(Checks.mixed(), new RandomSampler(2)).withTrials(5);
    assertThatThrownBy(() -> other.resume(trials).run((c, r) -> 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("trial 0 tried {" + trials.getFirst().configuration() + "}, but")
        .hasMessageEndingWith("expected trials of the same space, sampler, pruner, goal and lag");
    assertThatThrownBy(() -> search.withTrials(4).resume(trials))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("each once, with numbers below 4, got Trial[number=4");
    assertThatThrownBy(() -> search.resume(List.of(trials.get(1), trials.get(1))))
        .isInstanceOf(IllegalArgumentException.class);
    Trial wrong = Checks.complete(0, Checks.configuration("x", "1"), 1);
    assertThatThrownBy(() -> search.resume(List.of(wrong)))
        .hasMessage("configuration {x=1}: expected a value for 'optimizer', got none");
    Trial running = Trial.begin(4, trials.get(4).configuration());
    assertThat(search.resume(List.of(running)).known()).isEmpty();
  }

  @Test
  void settingsAreChecked() {
    Search search = Search.of(Checks.mixed(), new RandomSampler(1));
    assertThatThrownBy(() -> search.withLag(0))
        .hasMessage(
            "search: expected 1 or more trials, a lag of 1 or more and 1 or more failures, got 50,"
                + " 0 and 10");
    assertThatThrownBy(() -> search.run((c, r) -> 1, 0))
        .hasMessage("workers: expected 1 or more, got 0");
    assertThatThrownBy(() -> Search.of(Checks.mixed(), GridSampler.of()))
        .hasMessage(
            "grid: ['rate', 'dropout'] is continuous: expected a number of points for it, or a"
                + " step");
  }
}
