package ijen.cli;

import ijen.recipe.RecordedRun;
import ijen.train.TrainListener;
import java.io.IOException;

/// Tells how a training goes: to people or to programs.
sealed interface TrainOutput extends TrainListener permits TrainText, TrainJson {
  /// Before the first step: what will be trained.
  void beginning() throws IOException;

  /// After the last: what came of it.
  void ending(RecordedRun.Outcome outcome);
}
