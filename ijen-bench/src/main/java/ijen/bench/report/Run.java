package ijen.bench.report;

import ijen.bench.peer.Answer;
import ijen.bench.peer.Library;
import ijen.bench.peer.Setting;
import ijen.bench.peer.Spread;
import ijen.bench.workload.Workload;

/// One process's work, done.
///
/// @param warmup how many of the answer's epochs do not count
public record Run(Workload workload, Library library, Setting setting, int warmup, Answer answer) {
  /// The median of the epochs that count.
  public double seconds() {
    return Spread.of(
            answer.epochs().stream().skip(warmup).mapToDouble(Answer.Epoch::seconds).toArray())
        .median();
  }

  /// The first epoch, when nothing is warm.
  double firstEpoch() {
    return answer.epochs().getFirst().seconds();
  }

  /// The mean loss over the last epoch; NaN if it was not told.
  double loss() {
    return answer.epochs().getLast().loss();
  }
}
