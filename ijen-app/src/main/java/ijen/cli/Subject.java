package ijen.cli;

import ijen.data.Dataset;
import ijen.data.Options;
import ijen.loss.Loss;
import ijen.model.Model;
import ijen.nn.Network;
import ijen.recipe.Experiment;
import ijen.recipe.Recipe;
import ijen.recipe.TrainConfig;
import ijen.train.Training;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a command looks at that does not train in earnest: a training that settings describe, or a
/// model that has learned already, with what it learned from.
///
/// @param title what people call it
/// @param config all settings
/// @param network the network
/// @param loss its loss
/// @param samples what it learns from, as the network takes them
/// @param training how it learns
/// @param model the model that has learned already; empty for a training that has not begun
record Subject(
    String title,
    TrainConfig config,
    Network network,
    Loss loss,
    Dataset samples,
    Training training,
    Optional<Model> model) {

  /// What a word means: a file with settings, an experiment that comes with Ijen, a model file or a
  /// run; without one, the training of the settings that were given.
  ///
  /// @param variant which of a recipe's trainings
  /// @param given settings that count more than any others
  static Subject find(
      @Nullable String word,
      @Nullable String variant,
      Recipe given,
      RunsOptions runs,
      Options options)
      throws IOException {
    if (word == null || RecipeSource.isMeant(word)) {
      TrainConfig config = given.over(RecipeSource.read(word, variant)).config();
      Experiment experiment = Experiment.open(config, options);
      return new Subject(
          config.title(),
          config,
          experiment.network(),
          config.loss(),
          experiment.train(),
          experiment.training(),
          Optional.empty());
    }
    if (variant != null) {
      throw new UsageException("--variant: expected a recipe that has variants, got " + word);
    }
    ModelSource source = ModelSource.find(word, runs);
    Model model = source.model();
    Dataset samples = source.targeted(source.data(given).open(options).train());
    TrainConfig config = given.over(source.recipe()).config();
    return new Subject(
        source.file().toString(),
        config,
        model.network(),
        model.loss(),
        model.scaled(samples),
        Training.of(model.network(), model.loss(), config.optimizer()).with(config.settings()),
        Optional.of(model));
  }
}
