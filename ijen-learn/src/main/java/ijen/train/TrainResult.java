package ijen.train;

import ijen.metric.Evaluation;
import ijen.metric.Score;
import ijen.model.Model;
import java.util.List;

/// What a training has come to.
///
/// @param model the trained network: that of the last step, or with early stopping that of the best
///   epoch
/// @param test its result on the test set
/// @param epochs one report for each epoch of this call, in order
/// @param progress where it stood at the end
/// @param stopped whether it was asked to stop before its time
/// @param seconds how long this call trained, evaluation and checkpoints included
public record TrainResult(
    Model model,
    Evaluation test,
    List<EpochReport> epochs,
    Progress progress,
    boolean stopped,
    double seconds) {
  /// Loss and accuracy on the test set.
  public Score score() {
    return test.score();
  }
}
