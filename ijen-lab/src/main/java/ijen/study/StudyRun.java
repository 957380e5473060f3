package ijen.study;

import ijen.data.Options;
import ijen.data.TrainTest;
import ijen.format.AtomicFile;
import ijen.format.json.Json;
import ijen.recipe.DataChoice;
import ijen.recipe.Experiment;
import ijen.recipe.RecordedRun;
import ijen.recipe.Setting;
import ijen.recipe.Study;
import ijen.recipe.TrainConfig;
import ijen.recipe.Variant;
import ijen.run.RunStore;
import ijen.train.DivergedException;
import ijen.train.TrainListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/// Trains all variants of a study from all seeds.
///
/// Trainings are independent, so as many as there are threads go on side by side, each on one; where
/// there are fewer trainings than threads, each gets its share of them. What comes out does not
/// depend on it. Each training is a run of its own, with everything about it in its folder; a
/// training that diverges is a result, not a failure.
public final class StudyRun {
  private static final String FILE = "study.json";

  private final Study study;
  private final int threads;
  private final Map<DataChoice, TrainTest> data = new HashMap<>();
  private final List<Trial> trials = new ArrayList<>();
  private int done;

  private record Trial(Variant variant, TrainConfig config) {}

  /// Opens the data of all variants, each once.
  ///
  /// @param options how to download
  /// @param threads how many threads compute
  /// @throws ijen.recipe.RecipeException if a setting is not as it should be
  /// @throws ijen.data.DataException if files cannot be found, read or downloaded
  public StudyRun(Study study, Options options, int threads) {
    this.study = study;
    this.threads = threads;
    for (Variant variant : study.variants()) {
      long first = variant.recipe().config().seed();
      for (int i = 0; i < study.seeds(); i++) {
        TrainConfig config = config(variant, first + i, study);
        data.computeIfAbsent(config.data(), choice -> choice.open(options));
        trials.add(new Trial(variant, config));
      }
    }
  }

  private TrainConfig config(Variant variant, long seed, Study study) {
    int each = Math.max(1, threads / (study.variants().size() * study.seeds()));
    String label = (variant.name().isEmpty() ? study.name() : variant.name()) + "-seed-" + seed;
    return variant
        .recipe()
        .with(Setting.SEED, Long.toString(seed), Setting.SEED.option())
        .with(Setting.THREADS, Integer.toString(each), Setting.THREADS.option())
        .with(Setting.NAME, label, Setting.NAME.option())
        .config();
  }

  /// How many trainings there are.
  public int trainings() {
    return trials.size();
  }

  /// Trains, in folders of `store`.
  ///
  /// @param stop asked after every step whether to stop there
  /// @throws CancellationException if it was stopped; runs that had ended stay
  /// @throws IOException if a folder cannot be written
  public StudyResult run(RunStore store, StudyListener listener, BooleanSupplier stop)
      throws IOException {
    long start = System.nanoTime();
    RunStore runs = store.within(study.name());
    done = 0;
    List<SeedRun> ended = new ArrayList<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(Math.min(threads, trials.size()))) {
      List<Future<SeedRun>> futures = new ArrayList<>();
      for (Trial trial : trials) {
        futures.add(workers.submit(() -> train(trial, runs, listener, stop)));
      }
      try {
        for (Future<SeedRun> future : futures) {
          ended.add(get(future));
        }
      } catch (Throwable failure) {
        workers.shutdownNow();
        throw failure;
      }
    }
    List<VariantResult> variants = new ArrayList<>();
    for (int v = 0; v < study.variants().size(); v++) {
      int from = v * study.seeds();
      variants.add(
          new VariantResult(study.variants().get(v), ended.subList(from, from + study.seeds())));
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    StudyResult result = new StudyResult(study, runs.root(), variants, seconds);
    byte[] text = (Json.line(result.describe()) + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(runs.root().resolve(FILE), out -> out.write(text));
    return result;
  }

  private SeedRun train(Trial trial, RunStore runs, StudyListener listener, BooleanSupplier stop)
      throws IOException {
    if (stop.getAsBoolean()) {
      throw new CancellationException();
    }
    Experiment experiment =
        Experiment.of(trial.config, java.util.Objects.requireNonNull(data.get(trial.config.data())));
    SeedRun ended;
    try (RecordedRun run = RecordedRun.begin(experiment, runs)) {
      try {
        if (run.run(new TrainListener() {}, stop).result().stopped()) {
          throw new CancellationException();
        }
      } catch (DivergedException diverged) {
        // The run's result says so.
      }
      ended = SeedRun.read(trial.config.seed(), run.folder(), experiment.train().size());
    }
    synchronized (this) {
      done++;
      listener.ended(trial.variant, ended, done, trials.size());
    }
    return ended;
  }

  private static SeedRun get(Future<SeedRun> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case UncheckedIOException io -> throw io;
        case RuntimeException own -> throw own;
        case Error own -> throw own;
        default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }
}
