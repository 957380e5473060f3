package ijen.bench.tuning;

import ijen.bench.tuning.RaceResult.Entrant;
import ijen.bench.tuning.RaceResult.Mark;
import ijen.data.TrainTest;
import ijen.format.AtomicFile;
import ijen.format.json.Json;
import ijen.recipe.DataChoice;
import ijen.recipe.SearchPlan;
import ijen.run.RunStore;
import ijen.store.RunDatabase;
import ijen.study.SearchPlace;
import ijen.study.SearchRun;
import ijen.tune.Goal;
import ijen.tune.SearchListener;
import ijen.tune.Trial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/// Lets strategies search the same space, each for the same time and several times over. Repetition
/// r has seed r: the same samples held out and the same first weights for all strategies.
///
/// Searches are kept as any other, so that a race goes on where it was interrupted.
///
/// @param plan what is searched; its own rules are not kept to
/// @param strategies that race, the first of them the one to be compared with
/// @param repetitions how many searches each has
/// @param seconds how long each search goes on, by the clock
/// @param workers trials at a time
public record Race(
    SearchPlan plan, List<Strategy> strategies, int repetitions, double seconds, int workers) {
  private static final int MANY = 100_000; // time ends a search, not the number of trials

  /// The file that says how long a search has had; the trials that went on then are not kept.
  private static final String OVER = "race.json";

  private static final String SECONDS = "seconds";

  public Race {
    strategies = List.copyOf(strategies);
    strategies.forEach(one -> one.over(plan, MANY)); // or refuses it
  }

  /// Runs it.
  ///
  /// @param store where the searches are kept
  /// @param opener opens data
  /// @param told hears what has ended
  /// @throws IOException if something cannot be read or written
  public RaceResult run(
      RunStore store, Function<DataChoice, TrainTest> opener, Consumer<String> told)
      throws IOException {
    Map<DataChoice, TrainTest> opened = new ConcurrentHashMap<>();
    Function<DataChoice, TrainTest> once = choice -> opened.computeIfAbsent(choice, opener);
    List<List<Entrant>> entrants = new ArrayList<>();
    strategies.forEach(one -> entrants.add(new ArrayList<>()));
    try (RunDatabase database = RunDatabase.open(store.databaseFile())) {
      for (int repetition = 1; repetition <= repetitions; repetition++) {
        SearchPlan seeded = plan.with(List.of("seed=" + repetition), "seed");
        for (int i = 0; i < strategies.size(); i++) {
          // Each is the first at times: the first one's code is not yet compiled.
          int turn = (i + repetition - 1) % strategies.size();
          Strategy strategy = strategies.get(turn);
          Entrant entrant =
              search(
                  strategy.over(seeded, MANY), name(strategy, repetition), store, database, once);
          entrants.get(turn).add(entrant);
          told.accept(
              "%s, seed %d: %s after %s trials"
                  .formatted(strategy, repetition, entrant.last(), entrant.trials()));
        }
      }
    }
    Map<Strategy, List<Entrant>> byStrategy = new LinkedHashMap<>();
    for (int i = 0; i < strategies.size(); i++) {
      byStrategy.put(strategies.get(i), entrants.get(i));
    }
    return new RaceResult(plan, byStrategy, seconds, workers);
  }

  private String name(Strategy strategy, int repetition) {
    return plan.name()
        + "-"
        + strategy.toString().replaceAll("[^a-z0-9.]+", "-")
        + "-"
        + repetition;
  }

  private Entrant search(
      SearchPlan search,
      String name,
      RunStore store,
      RunDatabase database,
      Function<DataChoice, TrainTest> opener)
      throws IOException {
    try (SearchPlace place = SearchPlace.open(store, database, name, search)) {
      Path over = place.folder().resolve(OVER);
      double had = Files.exists(over) ? Json.object(over).number(SECONDS) : 0;
      if (had < seconds) {
        double left = seconds - Math.max(had, place.clock().seconds());
        long end = System.nanoTime() + (long) (left * 1e9);
        new SearchRun(search, opener)
            .run(place, workers, SearchListener.NONE, () -> System.nanoTime() >= end);
        byte[] text = Json.line(Map.of(SECONDS, seconds)).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(over, out -> out.write(text));
      }
      return entrant(place.trials(), place.clock().ends());
    }
  }

  private Entrant entrant(List<Trial> trials, Map<Integer, Double> ends) {
    boolean high = plan.goal() == Goal.MAXIMISE;
    List<Trial> inTime =
        trials.stream()
            .filter(one -> ends.getOrDefault(one.number(), Double.NaN) <= seconds)
            .sorted(Comparator.comparingDouble(one -> ends.getOrDefault(one.number(), 0.0)))
            .toList();
    List<Mark> marks = new ArrayList<>();
    int pruned = 0;
    long epochs = 0;
    for (Trial trial : inTime) {
      pruned += trial.state() == Trial.State.PRUNED ? 1 : 0;
      epochs += trial.reports().list().size();
      if (trial.state() == Trial.State.COMPLETE) {
        double best = marks.isEmpty() ? trial.value() : marks.getLast().best();
        if (marks.isEmpty() || (high ? trial.value() > best : trial.value() < best)) {
          marks.add(new Mark(ends.getOrDefault(trial.number(), 0.0), trial.value()));
        }
      }
    }
    return new Entrant(inTime.size(), pruned, epochs, marks);
  }
}
