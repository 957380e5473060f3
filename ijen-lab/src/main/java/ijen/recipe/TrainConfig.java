package ijen.recipe;

import static ijen.recipe.Setting.BATCH;
import static ijen.recipe.Setting.CHECKPOINT_EVERY;
import static ijen.recipe.Setting.EARLY_STOP;
import static ijen.recipe.Setting.EPOCHS;
import static ijen.recipe.Setting.LOSS;
import static ijen.recipe.Setting.LR;
import static ijen.recipe.Setting.MOMENTUM;
import static ijen.recipe.Setting.NAME;
import static ijen.recipe.Setting.NESTEROV;
import static ijen.recipe.Setting.OPTIMIZER;
import static ijen.recipe.Setting.SCHEDULE;
import static ijen.recipe.Setting.SEED;
import static ijen.recipe.Setting.SHUFFLE;
import static ijen.recipe.Setting.THREADS;
import static ijen.recipe.Setting.VALIDATION;
import static ijen.recipe.Setting.WATCH_TEST;
import static ijen.recipe.Setting.WEIGHT_DECAY;

import ijen.loss.Loss;
import ijen.loss.Losses;
import ijen.optim.Adam;
import ijen.optim.Optimizer;
import ijen.optim.Schedule;
import ijen.optim.Sgd;
import ijen.train.EarlyStopping;
import ijen.train.TrainSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A training, described completely: what a run keeps as its `config.json`.
///
/// @param data which data
/// @param network which network
/// @param loss what is made small
/// @param optimizer the rule
/// @param schedule how the learning rate changes
/// @param batch samples a step
/// @param epochs passes through the training data
/// @param seed the key of everything random but generated data
/// @param shuffle whether every epoch has an order of its own
/// @param patience how many epochs without a better one are borne; empty for no early stop
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
    int batch,
    int epochs,
    long seed,
    boolean shuffle,
    Optional<Integer> patience,
    boolean watchTest,
    CheckpointInterval checkpoints,
    Optional<Integer> threads,
    Optional<String> name) {

  static TrainConfig of(Recipe recipe) {
    TrainConfig config =
        new TrainConfig(
            DataChoice.of(recipe),
            NetworkChoice.of(recipe),
            recipe.get(LOSS, Losses::parse),
            optimizer(recipe),
            recipe.get(SCHEDULE, Schedule::parse),
            recipe.get(BATCH, Values.whole(1)),
            recipe.get(EPOCHS, Values.whole(1)),
            recipe.get(SEED, Values::seed),
            recipe.get(SHUFFLE, Values::truth),
            recipe.optional(EARLY_STOP, Values.whole(1)),
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
    return config;
  }

  private static Optimizer optimizer(Recipe recipe) {
    String name = recipe.get(OPTIMIZER, Values.word(List.of("sgd", "adam")));
    Optional<Double> rate = recipe.optional(LR, Values.number(x -> x > 0, "a number above 0"));
    double momentum =
        recipe.get(MOMENTUM, Values.number(x -> x >= 0 && x < 1, "a number from 0 to below 1"));
    boolean nesterov = recipe.get(NESTEROV, Values::truth);
    double decay = recipe.get(WEIGHT_DECAY, Values.number(x -> x >= 0, "a number from 0 on"));
    if (name.equals("adam")) {
      if (momentum != 0 || nesterov) {
        Setting surplus = nesterov ? NESTEROV : MOMENTUM;
        throw new RecipeException(
            recipe.place(surplus), "'" + surplus.key() + "' belongs to sgd, the optimizer is adam");
      }
      return Adam.of(rate.orElse(0.001)).withWeightDecay(decay);
    }
    if (nesterov && momentum == 0) {
      throw new RecipeException(
          recipe.place(NESTEROV), "'nesterov' needs a momentum above 0, such as 0.9");
    }
    return new Sgd(rate.orElse(0.1), momentum, nesterov, decay);
  }

  /// All settings by name, in the order of [Setting]: what `config.json` holds.
  public Map<String, Object> describe() {
    Map<Setting, Object> values = new EnumMap<>(Setting.class);
    data.describe(values);
    network.describe(values);
    values.put(LOSS, loss.name());
    values.put(OPTIMIZER, optimizer.name());
    values.put(LR, optimizer.learningRate());
    if (optimizer instanceof Sgd sgd) {
      values.put(MOMENTUM, sgd.momentum());
      values.put(NESTEROV, sgd.nesterov());
    }
    values.put(WEIGHT_DECAY, optimizer.settings().getOrDefault("weightDecay", 0.0));
    values.put(SCHEDULE, schedule.toString());
    values.put(BATCH, batch);
    values.put(EPOCHS, epochs);
    values.put(SEED, seed);
    values.put(SHUFFLE, shuffle);
    patience.ifPresent(value -> values.put(EARLY_STOP, value));
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
    Map<String, Object> usual = Recipe.empty().config().describe();
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
        .withShuffle(shuffle)
        .withEarlyStopping(patience.map(epochs -> new EarlyStopping(epochs, 0)).orElse(null))
        .withThreads(threads.orElse(defaults.threads()));
  }
}
