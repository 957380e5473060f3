package ijen.tune;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/// A search to be done: what to try, how many times, and by which rules. Immutable; each method
/// gives a changed copy.
///
/// ```java
/// var space = Space.of(Dimension.whole("units", 16, 256).inLog(), Dimension.real("rate", 1e-4, 1).inLog());
/// var search = Search.of(space, TpeSampler.of(1)).withPruner(PercentilePruner.median()).withTrials(100);
/// var result = search.run((configuration, reporter) -> loss(configuration, reporter), 8);
/// IO.println(result.best());
/// ```
///
/// **The same table.** If what is tried depends on configuration and trial number alone, so does
/// the table of trials: it is the same for any number of workers, and for a search that was stopped
/// or killed at any point and resumed ([Ledger] says why). Only times differ.
///
/// @param space what is searched
/// @param sampler proposes configurations
/// @param pruner ends trials early
/// @param goal which values are better
/// @param trials how many configurations are tried
/// @param lag L, how many trials ago a trial must have begun for its end to be known; 1 or more. A
///   sampler that learns keeps at most so many workers busy, and learns the later, the larger it is
/// @param failures so many trials failing in a row end the search; 1 or more
/// @param known trials that have ended already, in an earlier run of this search
public record Search(
    Space space,
    Sampler sampler,
    Pruner pruner,
    Goal goal,
    int trials,
    int lag,
    int failures,
    List<Trial> known) {
  public Search {
    if (trials < 1 || lag < 1 || failures < 1) {
      throw new IllegalArgumentException(
          "search: expected 1 or more trials, a lag of 1 or more and 1 or more failures, got "
              + trials
              + ", "
              + lag
              + " and "
              + failures);
    }
    sampler.check(space, trials);
    known = List.copyOf(known);
    Set<Integer> numbers = new HashSet<>();
    for (Trial trial : known) {
      if (!trial.hasEnded() || trial.number() >= trials || !numbers.add(trial.number())) {
        throw new IllegalArgumentException(
            "search: expected known trials that have ended, each once, with numbers below "
                + trials
                + ", got "
                + trial);
      }
      space.check(trial.configuration());
    }
  }

  /// Minimises over 50 trials, or all that the sampler has, without a pruner, with lag 8, and ends
  /// when 10 trials in a row fail.
  public static Search of(Space space, Sampler sampler) {
    int trials = (int) Math.min(50, sampler.count(space).orElse(50));
    return new Search(space, sampler, new NoPruner(), Goal.MINIMISE, trials, 8, 10, List.of());
  }

  /// With another pruner.
  public Search withPruner(Pruner pruner) {
    return new Search(space, sampler, pruner, goal, trials, lag, failures, known);
  }

  /// With another goal.
  public Search withGoal(Goal goal) {
    return new Search(space, sampler, pruner, goal, trials, lag, failures, known);
  }

  /// With so many trials.
  public Search withTrials(int trials) {
    return new Search(space, sampler, pruner, goal, trials, lag, failures, known);
  }

  /// With another lag; the table of trials is another one then.
  public Search withLag(int lag) {
    return new Search(space, sampler, pruner, goal, trials, lag, failures, known);
  }

  /// With so many failures in a row that end it.
  public Search withFailures(int failures) {
    return new Search(space, sampler, pruner, goal, trials, lag, failures, known);
  }

  /// Goes on where an earlier run of this search ended: trials that had ended are taken as they
  /// are, those that had not are carried out anew. Leave out failed ones to try them once more; the
  /// trials after them may be other ones then, and have to be left out too.
  ///
  /// @param trials of the earlier run, in any order
  public Search resume(List<Trial> trials) {
    List<Trial> over = trials.stream().filter(Trial::hasEnded).toList();
    return new Search(space, sampler, pruner, goal, this.trials, lag, failures, over);
  }

  /// Carries it out, one trial after the other.
  public SearchResult run(TrialFunction function) {
    return run(function, 1);
  }

  /// Carries it out with so many threads.
  public SearchResult run(TrialFunction function, int workers) {
    return run(function, workers, SearchListener.NONE, () -> false);
  }

  /// Carries it out.
  ///
  /// @param workers how many threads carry out trials, each one at a time
  /// @param listener hears how it goes
  /// @param stop asked before each trial and at each report whether to stop; trials that go on are
  ///   left then, and are not in the result
  /// @throws IllegalStateException if too many trials in a row failed, or a trial that it was
  ///   resumed with is not what it proposes
  public SearchResult run(
      TrialFunction function, int workers, SearchListener listener, BooleanSupplier stop) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers: expected 1 or more, got " + workers);
    }
    Ledger ledger = open(listener, stop);
    try (ExecutorService threads = Executors.newFixedThreadPool(Math.min(workers, trials))) {
      for (int i = 0; i < Math.min(workers, trials); i++) {
        threads.execute(() -> work(ledger, function));
      }
    }
    return ledger.result();
  }

  /// For loops of one's own: the ledger hands out trials, and takes their reports and ends. The
  /// table is the same as that of [#run].
  public Ledger open() {
    return open(SearchListener.NONE, () -> false);
  }

  /// For loops of one's own.
  public Ledger open(SearchListener listener, BooleanSupplier stop) {
    return new Ledger(this, listener, stop);
  }

  private static void work(Ledger ledger, TrialFunction function) {
    try {
      Optional<OpenTrial> next = ledger.ask();
      while (next.isPresent()) {
        carryOut(next.get(), function);
        next = ledger.ask();
      }
    } catch (Throwable e) {
      ledger.fail(e);
    }
  }

  private static void carryOut(OpenTrial trial, TrialFunction function) {
    try {
      trial.complete(function.run(trial.configuration(), new Reporter(trial)));
    } catch (PrunedException e) {
      trial.prune();
    } catch (TrialFailedException e) {
      trial.fail(String.valueOf(e.getMessage()));
    } catch (Exception e) {
      trial.fail(e.toString()); // not heard if the search was stopped
    }
  }
}
