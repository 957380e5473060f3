package ijen.recipe;

import ijen.optim.Optimizers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The settings of a training: each has one name, in recipes as on the command line, and one
/// default.
public enum Setting {
  /// A data set's name, a file or a folder.
  DATA(
      Section.DATA,
      "data",
      "NAME|FILE|FOLDER",
      "digits",
      "what to learn from: a data set's name (see 'data list'), a file (IDX, NPY, NPZ, HDF5,"
          + " safetensors, CSV, ARFF) or a folder of such files or of pictures"),
  /// Where its files are.
  DATA_FOLDER(
      Section.DATA,
      "data-folder",
      "FOLDER",
      "",
      "the only folder in which to look for the data set's files"),
  /// The seed of generated data.
  DATA_SEED(Section.DATA, "data-seed", "SEED", "1", "what generated samples are drawn from"),
  /// How many training samples.
  TRAIN_SIZE(
      Section.DATA,
      "train-size",
      "COUNT",
      "",
      "the first so many training samples, or so many generated ones"),
  /// How many test samples.
  TEST_SIZE(
      Section.DATA,
      "test-size",
      "COUNT",
      "",
      "the first so many test samples, or so many generated ones"),
  /// The noise of points in the plane.
  NOISE(Section.DATA, "noise", "SIGMA", "", "the noise of moons, circles, spirals and xor"),
  /// How much of the training data is held out.
  VALIDATION(
      Section.DATA,
      "validation",
      "FRACTION",
      "0",
      "hold out this part of the training data, the same of each class, and"
          + " measure every epoch on it"),
  /// How much of all samples is trained on, if they are divided anew.
  POOL(
      Section.DATA,
      "pool",
      "FRACTION",
      "",
      "put training and test samples together and train on this part of them, drawn by data-seed"),
  /// Classes put together.
  CLASSES(
      Section.DATA,
      "classes",
      "GROUPS",
      "",
      "classes put together in new ones: 0-4|5-9, or odd=1,3,5,7,9|even=0,2,4,6,8"),
  /// Whether features are the target, too.
  RECONSTRUCT(
      Section.DATA,
      "reconstruct",
      "",
      "false",
      "learn the features themselves, not the classes: an autoencoder"),
  /// How features are scaled.
  NORMALISE(
      Section.DATA,
      "normalise",
      "NAME",
      "none",
      "how features are scaled, by numbers taken from the training samples and kept in the model:"
          + " none, range (least 0, largest 1), centre (each feature's mean 0), standardise (and"
          + " its variance 1) or shift:-0.5; grey values are first divided by 255"),
  /// The hidden layers.
  HIDDEN(
      Section.NETWORK,
      "hidden",
      "UNITS,…",
      "128",
      "the units of each hidden layer; 'none' for a linear model"),
  /// The function after each hidden layer.
  ACTIVATION(
      Section.NETWORK,
      "activation",
      "NAME",
      "relu",
      "what follows each hidden layer: relu, leaky-relu (leaky-relu:slope=0.2), prelu, elu, selu,"
          + " gelu (gelu:form=tanh), silu, softplus, sigmoid, tanh, softmax or step"),
  /// Dropout after each hidden layer.
  DROPOUT(
      Section.NETWORK,
      "dropout",
      "RATE",
      "0",
      "the probability with which a hidden unit is left out of a step"),
  /// Batch normalisation before each activation.
  BATCH_NORM(
      Section.NETWORK,
      "batch-norm",
      "",
      "false",
      "normalise the sums of each hidden layer by their batch, before the activation"),
  /// Whether layers have biases.
  BIAS(Section.NETWORK, "bias", "", "true", "a bias in each layer"),
  /// What follows the last layer.
  OUTPUT(
      Section.NETWORK,
      "output",
      "NAME",
      "none",
      "what follows the last layer: none, or an activation, such as sigmoid"),
  /// How the weights begin.
  INIT(
      Section.NETWORK,
      "init",
      "NAME",
      "he",
      "how weights begin: he, he-uniform, xavier, xavier-uniform, lecun, lecun-uniform (each also"
          + " with a gain: xavier(0.5)), orthogonal, normal(0.01), uniform(0.05), constant(1) or"
          + " zeros"),
  /// What is made small.
  LOSS(
      Section.TRAINING,
      "loss",
      "NAME",
      "cross-entropy",
      "cross-entropy (cross-entropy:smoothing=0.1), binary-cross-entropy,"
          + " binary-cross-entropy-of-probabilities, mean-squared-error, mean-absolute-error,"
          + " huber (huber:delta=2), l2-norm or half-logistic (half-logistic:squashed=true)"),
  /// The rule.
  OPTIMIZER(
      Section.TRAINING,
      "optimizer",
      "NAME",
      "sgd",
      String.join(", ", Optimizers.names())
          + "; with settings of its own as in rmsprop:alpha=0.9,centred=true"),
  /// The learning rate.
  LR(Section.TRAINING, "lr", "RATE", "0.1 for sgd, 0.001 for adam", "the learning rate"),
  /// Momentum.
  MOMENTUM(
      Section.TRAINING,
      "momentum",
      "FACTOR",
      "0",
      "the momentum of sgd or rmsprop, from 0 to below 1"),
  /// Nesterov's momentum.
  NESTEROV(Section.TRAINING, "nesterov", "", "false", "Nesterov's form of the momentum"),
  /// Weight decay.
  WEIGHT_DECAY(
      Section.TRAINING,
      "weight-decay",
      "FACTOR",
      "0",
      "pull weights (not biases) towards 0 by this factor"),
  /// Whether biases decay, too.
  DECAY_BIASES(
      Section.TRAINING,
      "decay-biases",
      "",
      "false",
      "pull biases and norms towards 0 as well as weights"),
  /// The longest gradient.
  CLIP_NORM(Section.TRAINING, "clip-norm", "LENGTH", "", "shorten gradients to this length"),
  /// The largest number of a gradient.
  CLIP_VALUE(
      Section.TRAINING, "clip-value", "LIMIT", "", "hold each number of a gradient within ±LIMIT"),
  /// How the rate changes.
  SCHEDULE(
      Section.TRAINING,
      "schedule",
      "NAME",
      "constant",
      "how the rate changes: constant, cosine, linear, step:10:0.5 (halved every 10"
          + " epochs), exponential:0.95 (times 0.95 every epoch), polynomial:2, one-cycle,"
          + " warmup:500:cosine (rising for 500 steps, then cosine)"),
  /// The mean or the sum over a batch.
  REDUCTION(
      Section.TRAINING,
      "reduction",
      "NAME",
      "mean",
      "whether a step follows the gradient of the mean loss of its batch, or of the sum"),
  /// Samples a step.
  BATCH(
      Section.TRAINING,
      "batch",
      "COUNT|all",
      "64",
      "samples a step; 'all' makes an epoch one step, which gradient-descent and lbfgs need"),
  /// Passes through the data.
  EPOCHS(Section.TRAINING, "epochs", "COUNT", "10", "passes through the training data"),
  /// The key of everything random.
  SEED(
      Section.TRAINING,
      "seed",
      "SEED",
      "1",
      "the key of everything random: first weights, order, dropout, held-out samples"),
  /// Whether every epoch has its own order.
  SHUFFLE(Section.TRAINING, "shuffle", "", "true", "a new order in every epoch"),
  /// When to stop.
  EARLY_STOP(
      Section.TRAINING,
      "early-stop",
      "EPOCHS",
      "",
      "stop when the validation loss has not fallen for so many epochs, and keep"
          + " the best; needs --validation"),
  /// What is done wrong.
  FAULT(
      Section.TRAINING,
      "fault",
      "NAME,…",
      "none",
      "gradients made wrong on purpose, to measure what a fault costs: none, next-delta (that of"
          + " the first weight is made with the second layer's delta), shared-bias (the first two"
          + " hidden layers have one bias)"),
  /// Whether the training set is measured every epoch.
  WATCH_TRAIN(
      Section.RUN,
      "watch-train",
      "",
      "false",
      "measure the training set after every epoch, as the test set is, rather than each batch"
          + " before its step"),
  /// What is reported in place of what is made small.
  MEASURED_LOSS(
      Section.RUN,
      "measured-loss",
      "NAME",
      "",
      "the loss that is reported, and that early-stop goes by, if other than the one that is made"
          + " small; needs --watch-train"),
  /// How often is measured within an epoch.
  MEASURE_EVERY(
      Section.RUN,
      "measure-every",
      "STEPS",
      "",
      "measure after every so many steps of an epoch, too"),
  /// Whether the test set is measured every epoch.
  WATCH_TEST(
      Section.RUN,
      "watch-test",
      "",
      "true",
      "measuring the test set after every epoch (for a curve; nothing is chosen by it)"),
  /// How often checkpoints are written.
  CHECKPOINT_EVERY(
      Section.RUN,
      "checkpoint-every",
      "STEPS|SECONDSs",
      "30s",
      "also write a checkpoint every so many steps (500) or"
          + " seconds (30s); each epoch has one anyway"),
  /// How many threads compute.
  THREADS(
      Section.RUN,
      "threads",
      "COUNT",
      "",
      "how many threads compute; the result does not depend on it"),
  /// What people call the run.
  NAME(Section.RUN, "name", "LABEL", "", "a label for the run");

  /// What a setting is about.
  public enum Section {
    /// What to learn from.
    DATA("Data"),
    /// What learns.
    NETWORK("Network"),
    /// How it learns.
    TRAINING("Training"),
    /// What is watched and kept.
    RUN("Run");

    private final String heading;

    Section(String heading) {
      this.heading = heading;
    }

    /// The heading in help texts.
    public String heading() {
      return heading;
    }
  }

  private final Section section;
  private final String key;
  private final String label;
  private final String fallback;
  private final String description;

  Setting(Section section, String key, String label, String fallback, String description) {
    this.section = section;
    this.key = key;
    this.label = label;
    this.fallback = fallback;
    this.description = description;
  }

  /// What it is about.
  public Section section() {
    return section;
  }

  /// Its name, for example `weight-decay`.
  public String key() {
    return key;
  }

  /// Its option on the command line: `--weight-decay`, or `--no-shuffle` for what is true by
  /// default.
  public String option() {
    return (fallback.equals("true") ? "--no-" : "--") + key;
  }

  /// What stands for its value in help texts; empty for what is only true or false.
  public String label() {
    return label;
  }

  /// The value where none is given, as text; empty for none.
  public String fallback() {
    return fallback;
  }

  /// What it is, in a line.
  public String description() {
    return description;
  }

  /// Whether it is true or false.
  public boolean isSwitch() {
    return label.isEmpty();
  }

  /// The setting of that name.
  public static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  /// All names.
  public static List<String> keys() {
    return Arrays.stream(values()).map(Setting::key).toList();
  }
}
