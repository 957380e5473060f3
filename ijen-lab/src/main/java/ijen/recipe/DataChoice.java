package ijen.recipe;

import static ijen.recipe.Setting.CLASSES;
import static ijen.recipe.Setting.DATA;
import static ijen.recipe.Setting.DATA_FOLDER;
import static ijen.recipe.Setting.DATA_SEED;
import static ijen.recipe.Setting.NOISE;
import static ijen.recipe.Setting.NORMALISE;
import static ijen.recipe.Setting.POOL;
import static ijen.recipe.Setting.RECONSTRUCT;
import static ijen.recipe.Setting.TEST_SIZE;
import static ijen.recipe.Setting.TRAIN_SIZE;
import static ijen.recipe.Setting.VALIDATION;

import ijen.data.Dataset;
import ijen.data.Datasets;
import ijen.data.Options;
import ijen.data.Scaling;
import ijen.data.TrainTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which data to learn from.
///
/// @param name a data set of the catalogue, or the path of a file or folder ([TrainTest#open])
/// @param folder the only folder to look for its files in; empty for the usual places
/// @param trainSize the first so many training samples, or so many generated ones; empty for all
/// @param testSize likewise of the test samples
/// @param seed what generated samples are drawn from
/// @param noise the noise of points in the plane; empty for each set's own
/// @param validation the part of the training samples that is held out, in [0, 1)
/// @param normalise the name of a [Scaling]
/// @param pool how much of all samples is trained on, if they are divided anew, by `seed`; empty
///   for the division that they have
/// @param classes classes put together in new ones, as text; empty for those they have
/// @param reconstruct whether the features are the target
public record DataChoice(
    String name,
    Optional<String> folder,
    Optional<Integer> trainSize,
    Optional<Integer> testSize,
    long seed,
    Optional<Double> noise,
    double validation,
    String normalise,
    Optional<Double> pool,
    Optional<String> classes,
    boolean reconstruct) {
  public DataChoice {
    if (!(validation >= 0 && validation < 1)) {
      throw new IllegalArgumentException(
          "validation: expected a fraction from 0 to below 1, got " + validation);
    }
  }

  static DataChoice of(Recipe recipe) {
    return new DataChoice(
        recipe.get(DATA, DataChoice::known),
        recipe.optional(DATA_FOLDER, Values::text),
        recipe.optional(TRAIN_SIZE, Values.whole(1)),
        recipe.optional(TEST_SIZE, Values.whole(1)),
        recipe.get(DATA_SEED, Values::seed),
        recipe.optional(NOISE, Values.number(x -> x >= 0, "a number from 0 on")),
        recipe.get(VALIDATION, Values.number(x -> x >= 0 && x < 1, "a fraction from 0 to below 1")),
        recipe.get(NORMALISE, Scaling::requireName),
        recipe.optional(POOL, Values.number(x -> x > 0 && x < 1, "a fraction between 0 and 1")),
        recipe.optional(CLASSES, text -> ClassGroups.parse(text).toString()),
        recipe.get(RECONSTRUCT, Values::truth));
  }

  /// The settings that say which data to open.
  public static List<Setting> settings() {
    return List.of(DATA, DATA_FOLDER, DATA_SEED, TRAIN_SIZE, TEST_SIZE, NOISE);
  }

  void describe(Map<Setting, Object> into) {
    into.put(DATA, name);
    folder.ifPresent(value -> into.put(DATA_FOLDER, value));
    trainSize.ifPresent(value -> into.put(TRAIN_SIZE, value));
    testSize.ifPresent(value -> into.put(TEST_SIZE, value));
    into.put(DATA_SEED, seed);
    noise.ifPresent(value -> into.put(NOISE, value));
    into.put(VALIDATION, validation);
    into.put(NORMALISE, normalise);
    pool.ifPresent(value -> into.put(POOL, value));
    classes.ifPresent(value -> into.put(CLASSES, value));
    into.put(RECONSTRUCT, reconstruct);
  }

  /// A short name: that of the data set, or of the file or folder.
  public String label() {
    return isPath(name) ? String.valueOf(Path.of(name).getFileName()) : name;
  }

  /// Opens the data, divided and in the classes as chosen; `base` says how to download.
  ///
  /// @throws ijen.data.DataException if files cannot be found, read or downloaded
  /// @throws IllegalArgumentException if `classes` does not fit them
  public TrainTest open(Options base) {
    TrainTest data = openAsIs(base);
    if (pool.isPresent()) {
      data = data.pooled(pool.get(), seed);
    }
    return classes.isPresent() ? data.map(ClassGroups.parse(classes.get())::apply) : data;
  }

  private TrainTest openAsIs(Options base) {
    if (isPath(name)) {
      TrainTest both = TrainTest.open(Path.of(name));
      return new TrainTest(first(both.train(), trainSize), first(both.test(), testSize));
    }
    Options options = base.withSeed(seed);
    options = folder.isPresent() ? options.withFolder(Path.of(folder.get())) : options;
    options = trainSize.isPresent() ? options.withTrainSize(trainSize.get()) : options;
    options = testSize.isPresent() ? options.withTestSize(testSize.get()) : options;
    options = noise.isPresent() ? options.withNoise(noise.get()) : options;
    return Datasets.open(name, options);
  }

  private static Dataset first(Dataset samples, Optional<Integer> count) {
    return count.isPresent() ? samples.take(count.get()) : samples;
  }

  /// A name of the catalogue in its own spelling, or the absolute path of a file or folder.
  private static String known(String text) {
    if (isPath(text)) {
      return Path.of(text).toAbsolutePath().normalize().toString();
    }
    return Datasets.entry(text).name();
  }

  private static boolean isPath(String name) {
    boolean catalogued = Datasets.all().stream().anyMatch(entry -> entry.name().equals(name));
    return !catalogued && !name.isBlank() && name.indexOf('\0') < 0 && Files.exists(Path.of(name));
  }
}
