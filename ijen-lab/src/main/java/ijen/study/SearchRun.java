package ijen.study;

import ijen.data.DataException;
import ijen.data.Dataset;
import ijen.data.Options;
import ijen.data.TrainTest;
import ijen.metric.Score;
import ijen.recipe.DataChoice;
import ijen.recipe.Experiment;
import ijen.recipe.Measure;
import ijen.recipe.RecipeException;
import ijen.recipe.SearchPlan;
import ijen.recipe.Setting;
import ijen.recipe.TrainConfig;
import ijen.store.StoreException;
import ijen.store.StudyTable;
import ijen.store.TrialEntry;
import ijen.train.DivergedException;
import ijen.train.EpochReport;
import ijen.train.TrainListener;
import ijen.train.TrainResult;
import ijen.tune.Configuration;
import ijen.tune.Goal;
import ijen.tune.Report;
import ijen.tune.Reporter;
import ijen.tune.Search;
import ijen.tune.SearchListener;
import ijen.tune.SearchResult;
import ijen.tune.Trial;
import ijen.tune.TrialFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/// Carries out a search over settings: each trial is a training on one thread, judged by the
/// samples that are held out. The test set is dropped as soon as it is opened: no trial is handed
/// it.
///
/// All that ends is in the database of runs before anybody learns from it. The same search begun
/// again, after whatever interruption, goes on with the trials that are lacking, and comes to the
/// same table.
///
/// A configuration that was tried before is not trained again: a training is a function of its
/// settings, so that the trial has the reports and the value of the earlier one. Samplers that
/// learn come back to the best places, the more so the fewer values there are to choose from.
public final class SearchRun {
  private final SearchPlan plan;
  private final Function<DataChoice, TrainTest> opener;
  private final Map<DataChoice, Dataset> training = new HashMap<>();
  private final Map<Configuration, Trial> tried = new ConcurrentHashMap<>();

  /// A search on the data that its settings name, which are opened when a trial needs them.
  ///
  /// @param options how to download
  public SearchRun(SearchPlan plan, Options options) {
    this(plan, choice -> choice.open(options));
  }

  /// The same on data that are opened otherwise.
  public SearchRun(SearchPlan plan, Function<DataChoice, TrainTest> opener) {
    this.plan = plan;
    this.opener = opener;
  }

  private synchronized Dataset training(TrainConfig config) {
    return training.computeIfAbsent(config.data(), choice -> opener.apply(choice).train());
  }

  /// Carries out what is lacking, if anything is, and writes [SearchPlace#FILE].
  ///
  /// @param place where trials are kept, and found again
  /// @param workers how many trials go on at the same time, each on one thread
  /// @param listener hears how it goes, trials of an earlier run not included
  /// @param stop asked after every step whether to stop there
  /// @throws DataException if files cannot be found, read or downloaded
  /// @throws IOException if something cannot be read or written
  /// @throws IllegalStateException if too many trials in a row failed
  public SearchRecord run(
      SearchPlace place, int workers, SearchListener listener, BooleanSupplier stop)
      throws IOException {
    List<Trial> known =
        place.trials().stream().filter(trial -> trial.number() < plan.rules().trials()).toList();
    known.forEach(this::remember);
    Search search = plan.search().resume(known);
    if (known.size() < search.trials()) {
      training(plan.shared()); // if there are none, no trial can do better
    }
    SearchResult result =
        search.run(
            (configuration, reporter) -> value(configuration, reporter, stop),
            workers,
            new Journal(place.table(), place.name(), this::remember, listener),
            stop);
    SearchRecord record =
        new SearchRecord(plan, place.name(), place.folder(), result, place.clock());
    place.write(record.describe());
    return record;
  }

  /// Keeps what a configuration came to; of several trials the one that went on longest.
  private void remember(Trial trial) {
    if (trial.state() != Trial.State.FAILED) {
      tried.merge(
          trial.configuration(),
          trial,
          (one, other) -> one.reports().lastStep() >= other.reports().lastStep() ? one : other);
    }
  }

  private double value(Configuration configuration, Reporter reporter, BooleanSupplier stop) {
    Watch watch = new Watch(plan, reporter);
    Trial twin = tried.get(configuration);
    if (twin != null) {
      for (Report report : twin.reports().list()) {
        watch.took(report.step(), report.value());
      }
      if (twin.state() == Trial.State.COMPLETE) {
        return twin.value();
      } // otherwise it was pruned where this one may go on
    }
    TrainResult result;
    try {
      TrainConfig config =
          plan.recipe(configuration).with(Setting.THREADS, "1", Setting.THREADS.option()).config();
      Experiment experiment = Experiment.withoutTest(config, training(config));
      result =
          experiment
              .training()
              .watchTest(false)
              .on(watch)
              .stopWhen(stop)
              .fit(experiment.train(), Objects.requireNonNull(experiment.validation()));
    } catch (DivergedException | RecipeException | IllegalArgumentException | DataException told) {
      throw new TrialFailedException(String.valueOf(told.getMessage()), told);
    }
    if (result.stopped()) {
      throw new CancellationException();
    }
    return watch.value();
  }

  /// Hears of one training's epochs.
  private static final class Watch implements TrainListener {
    private final Measure measure;
    private final Goal goal;
    private final Reporter reporter;
    private int last; // epoch
    private double latest = Double.NaN;
    private double best = Double.NaN;

    Watch(SearchPlan plan, Reporter reporter) {
      this.measure = plan.measure();
      this.goal = plan.goal();
      this.reporter = reporter;
    }

    @Override
    public void epochEnded(EpochReport epoch) {
      Score score = Objects.requireNonNull(epoch.validation());
      took(epoch.epoch(), measure.kind() == Measure.Kind.LOSS ? score.loss() : score.accuracy());
    }

    /// The value after an epoch, which is heard once.
    void took(int epoch, double value) {
      if (epoch > last) {
        last = epoch;
        latest = value;
        best = Double.isNaN(best) || goal.isBetter(latest, best) ? latest : best;
        reporter.report(epoch, latest);
      }
    }

    double value() {
      return measure.best() ? best : latest;
    }
  }

  /// Writes trials down, and tells another listener.
  private record Journal(StudyTable table, String name, Consumer<Trial> memory, SearchListener next)
      implements SearchListener {
    @Override
    public void started(Trial trial) {
      kept(() -> table.begin(name, trial.number(), trial.configuration().json()));
      next.started(trial);
    }

    @Override
    public void reported(Trial trial) {
      Report last = trial.reports().list().getLast();
      kept(() -> table.report(name, trial.number(), last.step(), last.value()));
      next.reported(trial);
    }

    @Override
    public void ended(Trial trial) {
      kept(() ->
          table.end(
              name,
              trial.number(),
              TrialEntry.State.valueOf(trial.state().name()),
              trial.value(),
              trial.message(),
              trial.seconds()));
      memory.accept(trial);
      next.ended(trial);
    }

    private interface Writing {
      void write() throws StoreException;
    }

    private static void kept(Writing writing) {
      try {
        writing.write();
      } catch (StoreException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }
}
