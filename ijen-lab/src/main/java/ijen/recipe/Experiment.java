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
    Division division = Division.of(config, data.train());
    return of(config, division, division.prepare(data.test()));
  }

  /// The same for searches, which must not know the test set: the samples held out stand in its
  /// place.
  ///
  /// @throws IllegalArgumentException if no samples are held out, or loss and data do not go
  ///   together
  public static Experiment withoutTest(TrainConfig config, Dataset train) {
    Division division = Division.of(config, train);
    Dataset heldOut = division.heldOut();
    if (heldOut == null) {
      throw new IllegalArgumentException(
          "validation: expected samples that are held out, such as 0.2 of them, got none");
    }
    return of(config, division, heldOut);
  }

  private static Experiment of(TrainConfig config, Division division, Dataset test) {
    Dataset train = division.train();
    Network network =
        config.network().network(train.features().size(), outputs(config, division.classified()));
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
    return new Experiment(
        config, train, division.heldOut(), test, network, training.validate(division.heldOut()));
  }

  /// Training samples with some of them held out, prepared as the training wants them.
  ///
  /// @param classified those to train on, before targets became numbers
  /// @param train those to train on
  /// @param heldOut those held out; null for none
  private record Division(
      TrainConfig config,
      Scaling scaling,
      Dataset classified,
      Dataset train,
      @Nullable Dataset heldOut) {
    static Division of(TrainConfig config, Dataset all) {
      Dataset train = all;
      Dataset heldOut = null;
      if (config.data().validation() > 0) {
        double part = 1 - config.data().validation();
        Split split =
            all.classes().isEmpty()
                ? Split.random(all, part, config.seed())
                : Split.stratified(all, part, config.seed());
        train = split.train();
        heldOut = split.heldOut();
      }
      Scaling scaling = Scaling.named(config.data().normalise(), train);
      Dataset classified = scaled(config, train, scaling);
      return new Division(
          config,
          scaling,
          classified,
          targeted(config.loss(), classified),
          heldOut == null ? null : targeted(config.loss(), scaled(config, heldOut, scaling)));
    }

    Dataset prepare(Dataset other) {
      return targeted(config.loss(), scaled(config, other, scaling));
    }

    private static Dataset scaled(TrainConfig config, Dataset data, Scaling scaling) {
      Dataset scaled = data.scaled(scaling);
      return config.data().reconstruct() ? scaled.reconstruction() : scaled;
    }
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
