/// What to train, said in words: on the command line, in a recipe file, or in a run's
/// `config.json`.
///
/// Entry type: [ijen.recipe.Recipe], words that were given and where they stand; it becomes a
/// [ijen.recipe.TrainConfig], which is complete and valid, and that an [ijen.recipe.Experiment]:
/// data, network and training, ready to run.
@NullMarked
package ijen.recipe;

import org.jspecify.annotations.NullMarked;
