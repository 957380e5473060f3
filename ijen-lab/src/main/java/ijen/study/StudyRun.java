package ijen.study;

import ijen.data.Dataset;
import ijen.data.Options;
import ijen.data.TrainTest;
import ijen.format.AtomicFile;
import ijen.format.json.Json;
import ijen.metric.Score;
import ijen.recipe.Claim;
import ijen.recipe.DataChoice;
import ijen.recipe.Experiment;
import ijen.recipe.Measure;
import ijen.recipe.RecordedRun;
import ijen.recipe.Setting;
import ijen.recipe.Study;
import ijen.recipe.TrainConfig;
import ijen.recipe.Variant;
import ijen.run.RunFolder;
import ijen.run.RunResult;
import ijen.run.RunStore;
import ijen.train.DivergedException;
import ijen.train.TrainListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Trains all variants of a study from all seeds.
///
/// Trainings are independent, so as many as there are threads go on side by side, each on one;
/// where there are fewer trainings than threads, each gets its share of them. What comes out does
/// not depend on it. Each training is a run of its own, with everything about it in its folder; a
/// training that diverges is a result, not a failure.
public final class StudyRun {
  /// The file in the study's folder that holds what came out.
  public static final String FILE = "study.json";

  private final Study study;
  private final int threads;
  private final Map<DataChoice, TrainTest> data = new HashMap<>();
  private final List<Trial> trials = new ArrayList<>();

  private record Trial(Variant variant, TrainConfig config) {}

  /// Opens the data of all variants, each once.
  ///
  /// @param options how to download
  /// @param threads how many threads compute
  /// @throws ijen.recipe.RecipeException if a setting is not as it should be
  /// @throws ijen.data.DataException if files cannot be found, read or downloaded
  /// @throws IllegalArgumentException if `threads` is below 1, or settings do not fit the data
  public StudyRun(Study study, Options options, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected 1 or more, got " + threads);
    }
    this.study = study;
    this.threads = threads;
    for (Variant variant : study.variants()) {
      long first = variant.recipe().config().seed();
      for (int i = 0; i < study.seeds(); i++) {
        trials.add(new Trial(variant, config(variant, first + i)));
      }
    }
    for (Trial trial : trials) {
      data.computeIfAbsent(trial.config.data(), choice -> choice.open(options));
    }
  }

  private TrainConfig config(Variant variant, long seed) {
    int each = Math.max(1, threads / (study.variants().size() * study.seeds()));
    String label = (variant.name().isEmpty() ? study.name() : variant.name()) + "-seed-" + seed;
    return variant
        .recipe()
        .with(Setting.SEED, Long.toString(seed), Setting.SEED.option())
        .with(Setting.THREADS, Integer.toString(each), Setting.THREADS.option())
        .with(Setting.NAME, label, Setting.NAME.option())
        .config();
  }

  /// What is asked.
  public Study study() {
    return study;
  }

  /// How many trainings there are.
  public int trainings() {
    return trials.size();
  }

  /// How many of them go on at the same time.
  public int atOnce() {
    return Math.min(threads, trials.size());
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
    List<SeedRun> ended = new Round(runs, listener, stop).run();
    List<VariantResult> variants = new ArrayList<>();
    for (int v = 0; v < study.variants().size(); v++) {
      int from = v * study.seeds();
      variants.add(
          new VariantResult(study.variants().get(v), ended.subList(from, from + study.seeds())));
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    StudyResult result = new StudyResult(study, runs.root(), variants, seconds);
    byte[] text = Json.pretty(result.describe()).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(runs.root().resolve(FILE), out -> out.write(text));
    return result;
  }

  /// All trainings, once. When one fails, the others end after their step; the first failure
  /// counts.
  private final class Round {
    private final RunStore runs;
    private final StudyListener listener;
    private final BooleanSupplier stop;
    private int done;
    private volatile @Nullable Throwable failure;

    Round(RunStore runs, StudyListener listener, BooleanSupplier stop) {
      this.runs = runs;
      this.listener = listener;
      this.stop = stop;
    }

    List<SeedRun> run() throws IOException {
      List<SeedRun> ended = new ArrayList<>();
      try (ExecutorService workers = Executors.newFixedThreadPool(atOnce())) {
        List<Future<SeedRun>> futures = new ArrayList<>();
        for (Trial trial : trials) {
          futures.add(workers.submit(() -> train(trial)));
        }
        for (Future<SeedRun> future : futures) {
          ended.add(future.get());
        }
      } catch (InterruptedException e) {
        failed(new CancellationException());
        Thread.currentThread().interrupt();
      } catch (ExecutionException e) {
        // Kept already, or an earlier one.
      }
      switch (failure) {
        case null -> {
          return ended;
        }
        case IOException io -> throw io;
        case RuntimeException own -> throw own;
        case Error own -> throw own;
        case Throwable other -> throw new IllegalStateException(other);
      }
    }

    private boolean isOver() {
      return failure != null || stop.getAsBoolean();
    }

    private synchronized void failed(Throwable problem) {
      failure = failure == null ? problem : failure;
    }

    private SeedRun train(Trial trial) throws IOException {
      try {
        SeedRun ended = recorded(trial);
        synchronized (this) {
          done++;
          listener.ended(trial.variant, ended, done, trials.size());
        }
        return ended;
      } catch (Throwable problem) {
        failed(problem);
        throw problem;
      }
    }

    private SeedRun recorded(Trial trial) throws IOException {
      if (isOver()) {
        throw new CancellationException();
      }
      TrainTest samples = Objects.requireNonNull(data.get(trial.config.data()));
      Experiment experiment = Experiment.of(trial.config, samples);
      try (RecordedRun run = RecordedRun.begin(experiment, runs)) {
        try {
          RecordedRun.Outcome outcome = run.run(new TrainListener() {}, this::isOver);
          if (outcome.result().stopped()) {
            throw new CancellationException();
          }
          measureMore(trial, experiment, outcome, run.folder());
        } catch (DivergedException diverged) {
          // The run's result says so.
        }
        return SeedRun.read(trial.config.seed(), run.folder(), experiment.train().size());
      }
    }

    /// Measures the trained model once more where a claim is about what no training measures.
    private void measureMore(
        Trial trial, Experiment experiment, RecordedRun.Outcome outcome, RunFolder folder)
        throws IOException {
      RunResult record = outcome.record();
      for (Claim claim : study.claims()) {
        Measure measure = claim.measure();
        boolean asked = claim.variant().equals(trial.variant.name()) && measure.withoutBiases();
        if (asked && !record.scores().containsKey(measure.score())) {
          record = record.withScore(measure.score(), bare(experiment, outcome, measure.part()));
        }
      }
      if (!record.equals(outcome.record())) {
        folder.writeResult(record);
      }
    }

    private static Score bare(Experiment experiment, RecordedRun.Outcome outcome, String part) {
      Dataset samples =
          switch (part) {
            case RunResult.TRAIN -> experiment.train();
            case RunResult.TEST -> experiment.test();
            default -> Objects.requireNonNull(experiment.validation());
          };
      return outcome
          .result()
          .model()
          .withoutBiases()
          .withLoss(experiment.config().reportedLoss())
          .evaluate(samples, experiment.training().settings().threads())
          .score();
    }
  }
}
