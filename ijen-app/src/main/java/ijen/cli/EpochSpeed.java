package ijen.cli;

import ijen.train.EpochReport;
import ijen.train.Progress;

/// How many samples a second an epoch has trained on; of one that was resumed, only those since
/// then count.
final class EpochSpeed {
  private long before;

  void started(Progress progress) {
    before = progress.samples();
  }

  double of(EpochReport report) {
    double speed = (report.training().samples() - before) / report.seconds();
    before = 0;
    return speed;
  }
}
