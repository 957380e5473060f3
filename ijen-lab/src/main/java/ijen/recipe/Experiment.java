package ijen.recipe;

import ijen.data.Dataset;
import ijen.data.Options;
import ijen.data.Scaling;
import ijen.data.Split;
import ijen.data.TrainTest;
import ijen.loss.Loss;
import ijen.nn.Network;
import ijen.optim.Optimizer;
import ijen.train.Training;
import org.jspecify.annotations.Nullable;

/// A configuration with its data opened and its network built.
///
/// @param config what was asked for
/// @param train the samples to learn from
/// @param validation the samples held out; null for none
/// @param test the samples to be measured on at the end
/// @param network the network
/// @param training the training, without listeners and checkpoints
public record Experiment(
    TrainConfig config,
    Dataset train,
    @Nullable Dataset validation,
    Dataset test,
    Network network,
    Training training) {

  /// Opens the data and builds the network.
  ///
  /// @param options how to download: whether at all, and who hears of it
  /// @throws ijen.data.DataException if files cannot be found, read or downloaded
  /// @throws IllegalArgumentException if loss and data do not go together
  public static Experiment open(TrainConfig config, Options options) {
    return of(config, config.data().open(options));
  }

  /// Builds the network for data that are open, as [DataChoice#open] gives them.
  ///
  /// @throws IllegalArgumentException if loss and data do not go together
  public static Experiment of(TrainConfig config, TrainTest data) {
    Dataset train = data.train();
    Dataset validation = null;
    if (config.data().validation() > 0) {
      double part = 1 - config.data().validation();
      Split split =
          train.classes().isEmpty()
              ? Split.random(train, part, config.seed())
              : Split.stratified(train, part, config.seed());
      train = split.train();
      validation = split.heldOut();
    }
    Scaling scaling = Scaling.named(config.data().normalise(), train);
    train = train.scaled(scaling);
    validation = validation == null ? null : validation.scaled(scaling);
    Dataset test = data.test().scaled(scaling);
    if (config.data().reconstruct()) {
      train = train.reconstruction();
      validation = validation == null ? null : validation.reconstruction();
      test = test.reconstruction();
    }
    Network network = config.network().network(train.features().size(), outputs(config, train));
    train = targeted(config.loss(), train);
    Training training =
        Training.of(network, config.loss(), optimizer(config, network, train))
            .with(config.settings())
            .watchTrain(config.watchTrain())
            .watchTest(config.watchTest());
    if (config.measuredLoss().isPresent()) {
      training = training.measuredBy(config.measuredLoss().get());
    }
    if (config.measureEvery().isPresent()) {
      training = training.measureEvery(config.measureEvery().get());
    }
    Dataset heldOut = validation == null ? null : targeted(config.loss(), validation);
    return new Experiment(
        config, train, heldOut, targeted(config.loss(), test), network, training.validate(heldOut));
  }

  /// The rule, with the faults that are asked for.
  private static Optimizer optimizer(TrainConfig config, Network network, Dataset train) {
    return config.faults().isEmpty()
        ? config.optimizer()
        : new Faulty(
            config.optimizer(), config.faults(), network, config.loss(), train, config.settings());
  }

  /// One output for each class; a single one where the loss decides between two by it, or compares
  /// numbers: two classes are the numbers 0 and 1.
  private static int outputs(TrainConfig config, Dataset train) {
    int classes = train.classes().size();
    if (config.loss().decision().isSingle()) {
      if (classes != 2) {
        throw new IllegalArgumentException(
            "loss: "
                + config.loss().name()
                + " decides between 2 classes, "
                + train.name()
                + " has "
                + classes
                + ": use cross-entropy");
      }
      return 1;
    }
    if (classes == 2 && config.loss().decision().oneHot()) {
      return 1;
    }
    return classes == 0 ? train.target().size() : classes;
  }

  /// The data as a loss wants them: errors of numbers are taken from one number for each class, or
  /// from the number of one of two.
  public static Dataset targeted(Loss loss, Dataset data) {
    return loss.decision().oneHot() && data.classes().size() > 2 ? data.oneHot() : data;
  }
}
