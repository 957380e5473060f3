package ijen.cli;

import ijen.data.Dataset;
import ijen.model.Model;
import ijen.recipe.DataChoice;
import ijen.recipe.Experiment;
import ijen.recipe.Recipe;
import ijen.recipe.Setting;
import ijen.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A trained model, and what is known of its data: of a run or of a model file.
///
/// @param model the model
/// @param file where it was read from
/// @param recipe the configuration of the run that it is from; empty for a file that lies elsewhere
record ModelSource(Model model, Path file, Recipe recipe) {

  /// The model that a word means: a model file, or a run; the newest run if it is null.
  static ModelSource find(@Nullable String word, RunsOptions runs) throws IOException {
    if (word != null && Files.isRegularFile(Path.of(word))) {
      Path file = Path.of(word);
      Path config = file.resolveSibling("config.json");
      return new ModelSource(
          Model.load(file), file, Files.exists(config) ? Recipe.read(config) : Recipe.empty());
    }
    RunFolder run = runs.find(word);
    if (!Files.exists(run.modelFile())) {
      throw new IllegalArgumentException(
          "run %s has no model yet (it is %s); './ijen train --resume %s' goes on with it"
              .formatted(run.id(), run.status(), run.id()));
    }
    return new ModelSource(
        Model.load(run.modelFile()), run.modelFile(), Recipe.read(run.configFile()));
  }

  /// Samples with the targets that the model's loss wants: an autoencoder's are the features
  /// themselves.
  ///
  /// @throws IllegalArgumentException if they are not such as the model was trained on
  Dataset targeted(Dataset samples) {
    if (samples.features().size() != model.features().size()) {
      throw new IllegalArgumentException(
          "the model takes samples %s, those of %s are %s"
              .formatted(model.features(), samples.name(), samples.features()));
    }
    if (model.reconstructs() && (!samples.classes().isEmpty() || reconstructed())) {
      return model.scaled(samples).reconstruction();
    }
    if (samples.classes().size() != model.classes().size()) {
      throw new IllegalArgumentException(
          "the model decides between %d classes, %s has %d"
              .formatted(model.classes().size(), samples.name(), samples.classes().size()));
    }
    return Experiment.targeted(model.loss(), samples);
  }

  private boolean reconstructed() {
    return recipe.settings().contains(Setting.RECONSTRUCT) && recipe.config().data().reconstruct();
  }

  /// Which data are meant: those of `given`, or else those that the model was trained on.
  DataChoice data(Recipe given) {
    if (given.settings().contains(Setting.DATA)) {
      return given.config().data();
    }
    if (!recipe.settings().contains(Setting.DATA)) {
      throw new UsageException(file + " does not say what it was trained on: give --data");
    }
    return given.over(recipe).config().data();
  }
}
