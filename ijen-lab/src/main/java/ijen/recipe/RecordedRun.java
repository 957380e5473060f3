package ijen.recipe;

import ijen.data.Dataset;
import ijen.data.Options;
import ijen.format.json.JsonObject;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.run.Environment;
import ijen.run.RunClaim;
import ijen.run.RunFolder;
import ijen.run.RunResult;
import ijen.run.RunStatus;
import ijen.run.RunStore;
import ijen.store.RunWriter;
import ijen.train.Checkpoint;
import ijen.train.TrainListener;
import ijen.train.TrainResult;
import ijen.train.Training;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A training that leaves everything about it in the folder of a run, and that can go on from
/// there.
///
/// The run belongs to this process until it is closed.
public final class RecordedRun implements Closeable {
  private final Experiment experiment;
  private final RunFolder folder;
  private final RunClaim claim;
  private final @Nullable Checkpoint from;
  private final @Nullable RunWriter database;

  private RecordedRun(
      Experiment experiment, RunFolder folder, RunClaim claim, @Nullable Checkpoint from) {
    this.experiment = experiment;
    this.folder = folder;
    this.claim = claim;
    this.from = from;
    this.database =
        RunStore.holding(folder).map(store -> new RunWriter(store, folder)).orElse(null);
  }

  /// Makes the folder of a new run.
  public static RecordedRun begin(Experiment experiment, RunStore store) throws IOException {
    TrainConfig config = experiment.config();
    // What may fail comes first, so that nothing is left of it.
    Map<String, ?> environment = Environment.capture(Path.of(""), circumstances(experiment));
    RunFolder folder = store.create(config.name().orElse(config.data().label()));
    RunClaim claim = folder.claim();
    folder.writeConfig(content(config));
    folder.writeEnvironment(environment);
    return new RecordedRun(experiment, folder, claim, null);
  }

  /// Goes on with a run as if it had not been interrupted, from its newest checkpoint or, where
  /// there is none, from its beginning.
  ///
  /// @param anew settings to be changed: only those that do not change what was done so far
  /// @param options how to download
  /// @throws IOException if the run's files cannot be read, or another process works on it
  /// @throws IllegalArgumentException if the data are no longer those of the run
  public static RecordedRun resume(RunFolder folder, Recipe anew, Options options)
      throws IOException {
    RunClaim claim = folder.claim();
    try {
      TrainConfig config = anew.over(Recipe.read(folder.configFile())).config();
      Checkpoint from =
          Files.exists(folder.lastCheckpoint()) ? Checkpoint.read(folder.lastCheckpoint()) : null;
      if (from != null && config.epochs() < from.epoch()) {
        throw new RecipeException(
            anew.place(Setting.EPOCHS),
            "the run has done %d epochs already: expected as many or more, got %d"
                .formatted(from.epoch(), config.epochs()));
      }
      Experiment experiment = Experiment.open(config, options);
      requireSameData(folder, experiment);
      return new RecordedRun(experiment, folder, claim, from);
    } catch (Throwable failure) {
      claim.close();
      throw failure;
    }
  }

  /// What is trained.
  public Experiment experiment() {
    return experiment;
  }

  /// Where everything is kept.
  public RunFolder folder() {
    return folder;
  }

  /// How many epochs and steps of the next were done when it began: 0 and 0 for a new run.
  public int[] position() throws IOException {
    return from == null ? new int[] {0, 0} : new int[] {from.epoch(), from.stepInEpoch()};
  }

  /// Trains to the end, or until `stop` says so, and writes down how it ended.
  ///
  /// @throws ijen.train.DivergedException if the loss is no longer a number; the run is then marked
  ///   as failed
  public Outcome run(TrainListener listener, BooleanSupplier stop) throws IOException {
    RunResult before = folder.readResult().orElse(null);
    try (RunRecorder recorder = new RunRecorder(folder, content(experiment.config()), database)) {
      Training training =
          experiment
              .training()
              .on(recorder)
              .on(listener)
              .stopWhen(stop)
              .checkpoints(
                  experiment.config().checkpoints().in(folder.lastCheckpoint().resolveSibling("")));
      training = from == null ? training : training.resume(from);
      TrainResult result;
      try {
        result = training.fit(experiment.train(), experiment.test());
      } catch (ijen.train.DivergedException e) {
        folder.writeResult(
            RunResult.of(RunStatus.FAILED).withMessage(String.valueOf(e.getMessage())));
        throw e;
      }
      if (result.model().network().layers().stream().allMatch(layer -> layer.settings() != null)) {
        result.model().withProvenance(provenance()).save(folder.modelFile());
      }
      RunResult record = Ending.of(experiment, result, folder.readEpochs(), folder.id());
      int epochs = result.progress().epoch();
      long steps = result.progress().step();
      record =
          recorder.samples() == 0 && before != null // all was done: nothing new to say about speed
              ? record.withWork(
                  epochs, steps, before.work().seconds(), before.work().samplesPerSecond())
              : record.withWork(
                  epochs,
                  steps,
                  recorder.secondsBefore() + result.seconds(),
                  recorder.samplesPerSecond());
      folder.writeResult(record);
      return new Outcome(result, record);
    }
  }

  /// How a training ended, as it is and as it is written down.
  public record Outcome(TrainResult result, RunResult record) {}

  /// Why the database of runs does not have the run, which is whole in its folder; empty as long as
  /// all is well.
  public Optional<String> notIndexed() {
    return database == null ? Optional.empty() : database.problem();
  }

  @Override
  public void close() throws IOException {
    try {
      claim.close();
    } finally {
      if (database != null) {
        database.close(); // last: it writes down that nobody works on the run
      }
    }
  }

  /// What `config.json` holds: the settings, and what the report says above them.
  private static Map<String, Object> content(TrainConfig config) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("title", config.title());
    content.put("command", config.command());
    content.putAll(config.describe());
    return content;
  }

  /// What the model file says of where it comes from.
  private Map<String, String> provenance() throws IOException {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("run", folder.id());
    words.put("ijen", Environment.ijenVersion());
    words.put("command", String.join(" ", experiment.config().command()));
    JsonObject environment = folder.readEnvironment().orElse(null);
    if (environment != null) {
      JsonObject data = environment.object("data").object("train");
      words.put("data", data.string("name"));
      words.put("dataSha256", data.string("sha256"));
    }
    return words;
  }

  private static Map<String, Object> circumstances(Experiment experiment) {
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("threads", experiment.training().settings().threads());
    switch (Precision.chosen()) {
      case FLOAT -> {
        found.put("kernels", "vector, float");
        found.put("lanes", Kernels.lanes());
      }
      case DOUBLE -> found.put("kernels", "reference, double");
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("train", describe(experiment.train()));
    if (experiment.validation() != null) {
      data.put("validation", describe(experiment.validation()));
    }
    data.put("test", describe(experiment.test()));
    found.put("data", data);
    return found;
  }

  private static Map<String, Object> describe(Dataset data) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("name", data.name());
    description.put("samples", data.size());
    description.put("sha256", data.sha256());
    return description;
  }

  private static void requireSameData(RunFolder folder, Experiment experiment) throws IOException {
    JsonObject environment = folder.readEnvironment().orElse(null);
    if (environment == null) {
      return;
    }
    String then = environment.object("data").object("train").string("sha256");
    String now = experiment.train().sha256();
    if (!then.equals(now)) {
      throw new IllegalArgumentException(
          "run %s: the training data have changed since: expected SHA-256 %s, got %s; a run goes on only with"
                  .formatted(folder.id(), then, now)
              + " the data that it began with");
    }
  }
}
