package ijen.recipe;

import static ijen.recipe.Setting.BATCH;
import static ijen.recipe.Setting.CHECKPOINT_EVERY;
import static ijen.recipe.Setting.CLIP_NORM;
import static ijen.recipe.Setting.CLIP_VALUE;
import static ijen.recipe.Setting.DECAY_BIASES;
import static ijen.recipe.Setting.EARLY_STOP;
import static ijen.recipe.Setting.EPOCHS;
import static ijen.recipe.Setting.FAULT;
import static ijen.recipe.Setting.LOSS;
import static ijen.recipe.Setting.LR;
import static ijen.recipe.Setting.MEASURED_LOSS;
import static ijen.recipe.Setting.MEASURE_EVERY;
import static ijen.recipe.Setting.MOMENTUM;
import static ijen.recipe.Setting.NAME;
import static ijen.recipe.Setting.NESTEROV;
import static ijen.recipe.Setting.OPTIMIZER;
import static ijen.recipe.Setting.REDUCTION;
import static ijen.recipe.Setting.SCHEDULE;
import static ijen.recipe.Setting.SEED;
import static ijen.recipe.Setting.SHUFFLE;
import static ijen.recipe.Setting.THREADS;
import static ijen.recipe.Setting.VALIDATION;
import static ijen.recipe.Setting.WATCH_TEST;
import static ijen.recipe.Setting.WATCH_TRAIN;
import static ijen.recipe.Setting.WEIGHT_DECAY;

import ijen.graph.GraphObjective.Reduction;
import ijen.loss.Loss;
import ijen.loss.Losses;
import ijen.optim.Optimizer;
import ijen.optim.Optimizers;
import ijen.optim.Schedule;
import ijen.train.EarlyStopping;
import ijen.train.TrainSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.Function;

/// A training, described completely: what a run keeps as its `config.json`.
///
/// @param data which data
/// @param network which network
/// @param loss what is made small
/// @param optimizer the rule
/// @param schedule how the learning rate changes
/// @param reduction whether a batch's loss is the mean or the sum of its samples'
/// @param batch samples a step; [TrainSettings#ALL] for all
/// @param epochs passes through the training data
/// @param seed the key of everything random but generated data
/// @param shuffle whether every epoch has an order of its own
/// @param patience how many epochs without a better one are borne; empty for no early stop
/// @param faults what is done wrong on purpose
/// @param watchTrain whether the training set is measured after every epoch, rather than each batch
/// @param measuredLoss the loss that is reported; empty for the one that is made small
/// @param measureEvery after how many steps of an epoch is measured; empty for its end alone
/// @param watchTest whether the test set is measured every epoch, too
/// @param checkpoints how often checkpoints are written within an epoch
/// @param threads how many threads compute; empty for all processors
/// @param name what people call the run
public record TrainConfig(
    DataChoice data,
    NetworkChoice network,
    Loss loss,
    Optimizer optimizer,
    Schedule schedule,
    Reduction reduction,
    int batch,
    int epochs,
    long seed,
    boolean shuffle,
    Optional<Integer> patience,
    Set<Fault> faults,
    boolean watchTrain,
    Optional<Loss> measuredLoss,
    Optional<Integer> measureEvery,
    boolean watchTest,
    CheckpointInterval checkpoints,
    Optional<Integer> threads,
    Optional<String> name) {

  /// The settings that optimisers share and that are keys of their own, by their names there.
  private static final Map<Setting, String> SHARED = shared();

  private static Map<Setting, String> shared() {
    Map<Setting, String> shared = new EnumMap<>(Setting.class);
    shared.put(LR, "learningRate");
    shared.put(MOMENTUM, "momentum");
    shared.put(NESTEROV, "nesterov");
    shared.put(WEIGHT_DECAY, "weightDecay");
    shared.put(DECAY_BIASES, "decayBiases");
    shared.put(CLIP_NORM, "clipNorm");
    shared.put(CLIP_VALUE, "clipValue");
    return Collections.unmodifiableMap(shared);
  }

  static TrainConfig of(Recipe recipe) {
    Optimizer optimizer = optimizer(recipe);
    Loss loss = recipe.get(LOSS, Losses::parse);
    TrainConfig config =
        new TrainConfig(
            DataChoice.of(recipe),
            NetworkChoice.of(recipe),
            loss,
            optimizer,
            recipe.get(SCHEDULE, Schedule::parse),
            recipe.get(REDUCTION, TrainConfig::reduction),
            batch(recipe, optimizer),
            recipe.get(EPOCHS, Values.whole(1)),
            recipe.get(SEED, Values::seed),
            recipe.get(SHUFFLE, Values::truth),
            recipe.optional(EARLY_STOP, Values.whole(1)),
            recipe.get(FAULT, Fault::parse),
            recipe.get(WATCH_TRAIN, Values::truth),
            recipe.optional(MEASURED_LOSS, Losses::parse).filter(other -> !other.equals(loss)),
            recipe.optional(MEASURE_EVERY, Values.whole(1)),
            recipe.get(WATCH_TEST, Values::truth),
            recipe.get(CHECKPOINT_EVERY, CheckpointInterval::parse),
            recipe.optional(THREADS, Values.whole(1)),
            recipe.optional(NAME, Values::text));
    if (config.patience.isPresent() && config.data.validation() == 0) {
      throw new RecipeException(
          recipe.place(EARLY_STOP),
          "early stopping needs samples to stop by: give '"
              + VALIDATION.key()
              + "' too, such as 0.1");
    }
    if (config.data.reconstruct() && !config.loss.decision().oneHot()) {
      throw new RecipeException(
          recipe.place(LOSS),
          "'reconstruct' compares numbers with numbers: expected a loss of their differences, such"
              + " as mean-squared-error, got "
              + config.loss.name());
    }
    try {
      config.faults.forEach(fault -> fault.requireOf(config.network, optimizer));
    } catch (IllegalArgumentException e) {
      throw new RecipeException(recipe.place(FAULT), String.valueOf(e.getMessage()), e);
    }
    config.measuredLoss.ifPresent(measured -> config.requireMeasurable(recipe, measured));
    return config;
  }

  private void requireMeasurable(Recipe recipe, Loss measured) {
    if (!measured.decision().equals(loss.decision())) {
      throw new RecipeException(
          recipe.place(MEASURED_LOSS),
          "expected a loss that reads a network's output as "
              + loss.name()
              + " does, got "
              + measured.name());
    }
    if (!watchTrain) {
      throw new RecipeException(
          recipe.place(MEASURED_LOSS),
          "'"
              + MEASURED_LOSS.key()
              + "' needs the training set measured, too, since batches are scored by the loss"
              + " trained by: give '"
              + WATCH_TRAIN.key()
              + "' too");
    }
  }

  /// The loss that is reported.
  public Loss reportedLoss() {
    return measuredLoss.orElse(loss);
  }

  private static Reduction reduction(String text) {
    return Values.word(List.of("mean", "sum")).apply(text).equals("sum")
        ? Reduction.SUM
        : Reduction.MEAN;
  }

  private static Optimizer optimizer(Recipe recipe) {
    Optimizer named = recipe.get(OPTIMIZER, Optimizers::parse);
    Map<String, Object> known = named.settings();
    Map<String, String> settings = new LinkedHashMap<>();
    known.forEach((key, value) -> settings.put(key, value.toString()));
    Map<String, Object> usual = Optimizers.of(named.name()).settings();
    if (known.containsKey("seed") && known.get("seed").equals(usual.get("seed"))) {
      settings.put("seed", recipe.get(SEED, Values::seed).toString());
    }
    DoublePredicate positive = x -> x > 0;
    take(recipe, LR, Values.number(positive, "a number above 0"), settings, usual);
    take(
        recipe,
        MOMENTUM,
        Values.number(x -> x >= 0 && x < 1, "a number from 0 to below 1"),
        settings,
        usual);
    take(recipe, NESTEROV, Values::truth, settings, usual);
    take(recipe, WEIGHT_DECAY, Values.number(x -> x >= 0, "a number from 0 on"), settings, usual);
    take(recipe, DECAY_BIASES, Values::truth, settings, usual);
    take(recipe, CLIP_NORM, Values.number(positive, "a number above 0"), settings, usual);
    take(recipe, CLIP_VALUE, Values.number(positive, "a number above 0"), settings, usual);
    if ("true".equals(settings.get("nesterov"))
        && Double.parseDouble(settings.getOrDefault("momentum", "0")) == 0) {
      throw new RecipeException(
          recipe.place(NESTEROV), "'nesterov' needs a momentum above 0, such as 0.9");
    }
    if ("true".equals(settings.get("decayBiases"))
        && Double.parseDouble(settings.getOrDefault("weightDecay", "0")) == 0) {
      throw new RecipeException(
          recipe.place(DECAY_BIASES), "'decay-biases' needs a weight decay above 0, such as 0.001");
    }
    try {
      return Optimizers.of(named.name(), settings);
    } catch (IllegalArgumentException e) {
      throw new RecipeException(recipe.place(OPTIMIZER), String.valueOf(e.getMessage()), e);
    }
  }

  /// Takes over a setting that is a key of its own.
  private static <T> void take(
      Recipe recipe,
      Setting setting,
      Function<String, T> parser,
      Map<String, String> settings,
      Map<String, Object> usual) {
    Optional<T> given = recipe.optional(setting, parser);
    if (given.isEmpty()) {
      return;
    }
    String name = Objects.requireNonNull(SHARED.get(setting));
    String value = given.get().toString();
    boolean clips = setting == CLIP_NORM || setting == CLIP_VALUE;
    String owned = setting == DECAY_BIASES ? SHARED.get(WEIGHT_DECAY) : name;
    if (!clips && !usual.containsKey(owned)) {
      if (value.equals("0.0") || value.equals("false")) {
        return; // as it is without it
      }
      List<String> owners =
          Optimizers.names().stream()
              .filter(owner -> Optimizers.of(owner).settings().containsKey(owned))
              .toList();
      throw new RecipeException(
          recipe.place(setting),
          "'"
              + setting.key()
              + "' belongs to "
              + String.join(", ", owners)
              + "; the optimizer is "
              + recipe.get(OPTIMIZER, Optimizers::parse).name());
    }
    Object before = settings.get(name);
    Object normal = usual.get(name);
    if (before != null && (normal == null || !before.equals(normal.toString()))) {
      throw new RecipeException(
          recipe.place(setting),
          "'" + setting.key() + "' is given twice: the optimizer says " + before);
    }
    settings.put(name, value);
  }

  /// The batch size: all samples where the optimiser needs them.
  private static int batch(Recipe recipe, Optimizer optimizer) {
    Optional<Integer> given =
        recipe.optional(
            BATCH, text -> text.equals("all") ? TrainSettings.ALL : Values.whole(1).apply(text));
    if (optimizer.needsAllSamples()) {
      if (given.isPresent() && given.get() != TrainSettings.ALL) {
        throw new RecipeException(
            recipe.place(BATCH),
            optimizer.name()
                + " needs all samples in every step: expected all, got "
                + given.get());
      }
      return TrainSettings.ALL;
    }
    return given.orElseGet(() -> Integer.parseInt(BATCH.fallback()));
  }

  /// All settings by name, in the order of [Setting]: what `config.json` holds.
  public Map<String, Object> describe() {
    Map<Setting, Object> values = new EnumMap<>(Setting.class);
    data.describe(values);
    network.describe(values);
    values.put(LOSS, loss.name());
    Map<String, Object> rule = optimizer.settings();
    List<String> elsewhere = new ArrayList<>(SHARED.values());
    if (Objects.equals(rule.get("seed"), seed)) {
      elsewhere.add("seed");
    }
    values.put(OPTIMIZER, Optimizers.text(optimizer, elsewhere));
    SHARED.forEach((setting, key) -> {
      if (rule.containsKey(key)) {
        values.put(setting, rule.get(key));
      }
    });
    values.put(SCHEDULE, schedule.toString());
    values.put(REDUCTION, reduction.name().toLowerCase(Locale.ROOT));
    values.put(BATCH, batch == TrainSettings.ALL ? "all" : batch);
    values.put(EPOCHS, epochs);
    values.put(SEED, seed);
    values.put(SHUFFLE, shuffle);
    patience.ifPresent(value -> values.put(EARLY_STOP, value));
    if (!faults.isEmpty()) {
      values.put(FAULT, Fault.text(faults));
    }
    values.put(WATCH_TRAIN, watchTrain);
    measuredLoss.ifPresent(value -> values.put(MEASURED_LOSS, value.name()));
    measureEvery.ifPresent(value -> values.put(MEASURE_EVERY, value));
    values.put(WATCH_TEST, watchTest);
    values.put(CHECKPOINT_EVERY, checkpoints.toString());
    threads.ifPresent(value -> values.put(THREADS, value));
    name.ifPresent(value -> values.put(NAME, value));
    Map<String, Object> named = new LinkedHashMap<>();
    values.forEach((setting, value) -> named.put(setting.key(), value));
    return named;
  }

  /// The words of the command that trains the same: the settings that are not as by default.
  public List<String> command() {
    String rule = String.valueOf(describe().get(OPTIMIZER.key()));
    Map<String, Object> usual =
        Recipe.empty().with(OPTIMIZER, rule, OPTIMIZER.option()).config().describe();
    usual.put(OPTIMIZER.key(), OPTIMIZER.fallback());
    List<String> command = new ArrayList<>(List.of("./ijen", "train"));
    describe()
        .forEach((key, value) -> {
          if (value.equals(usual.get(key))) {
            return;
          }
          Setting setting = Setting.of(key).orElseThrow();
          command.add(setting.option());
          if (!setting.isSwitch()) {
            command.add(text(value));
          }
        });
    return List.copyOf(command);
  }

  /// A heading: the label, or what is trained on what.
  public String title() {
    return name.orElseGet(() ->
        data.label()
            + ", "
            + (network.hidden().isEmpty()
                ? "linear"
                : text(network.hidden()).replace(',', '-') + " " + network.activation()));
  }

  private static String text(Object value) {
    if (value instanceof List<?> list) {
      return list.isEmpty()
          ? "none"
          : String.join(",", list.stream().map(String::valueOf).toList());
    }
    return value.toString();
  }

  /// The settings of the training loop.
  public TrainSettings settings() {
    TrainSettings defaults = TrainSettings.defaults();
    return defaults
        .withBatch(batch)
        .withEpochs(epochs)
        .withSeed(seed)
        .withSchedule(schedule)
        .withReduction(reduction)
        .withShuffle(shuffle)
        .withEarlyStopping(patience.map(epochs -> new EarlyStopping(epochs, 0)).orElse(null))
        .withThreads(threads.orElse(defaults.threads()));
  }
}
