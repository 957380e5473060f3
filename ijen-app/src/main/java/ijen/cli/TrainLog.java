package ijen.cli;

import ijen.mlflow.MlflowLog;
import ijen.mlflow.MlflowStatus;
import ijen.run.RunResult;
import ijen.train.EpochReport;
import ijen.train.Progress;
import ijen.train.StepReport;
import ijen.train.TrainListener;
import java.io.Closeable;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A training's log on a server, if it has one: sends, and says on the terminal what goes wrong.
final class TrainLog implements Closeable {
  private final Terminal terminal;
  private final @Nullable MlflowLog log;
  private boolean hasEnded;

  TrainLog(Terminal terminal, Optional<MlflowLog> log) {
    this.terminal = terminal;
    this.log = log.orElse(null);
  }

  /// Tells the log what `output` is told, and then `output`.
  TrainListener beside(TrainListener output) {
    if (log == null) {
      return output;
    }
    MlflowLog to = log;
    return new TrainListener() {
      @Override
      public void started(Progress progress) {
        output.started(progress);
      }

      @Override
      public void stepped(Progress progress) {
        output.stepped(progress);
      }

      @Override
      public void measured(StepReport report) {
        output.measured(report);
      }

      @Override
      public void epochEnded(EpochReport report) {
        output.epochEnded(report); // first: it clears the line that a note would end up in
        to.epochEnded(report);
        to.warning().ifPresent(terminal::note);
      }
    };
  }

  /// How the training ended.
  void ended(RunResult result) {
    hasEnded = true;
    if (log != null) {
      MlflowStatus status =
          switch (result.status()) {
            case FINISHED -> MlflowStatus.FINISHED;
            case FAILED -> MlflowStatus.FAILED;
            case INTERRUPTED, RUNNING -> MlflowStatus.KILLED;
          };
      log.ended(status, result.work().epochs(), result.scores());
    }
  }

  /// Sends what is left, and says what could not be.
  @Override
  public void close() {
    if (log == null) {
      return;
    }
    if (!hasEnded) { // by an exception, such as of a loss that is no number
      log.ended(MlflowStatus.FAILED, 0, Map.of());
    }
    log.close();
    log.loss().ifPresent(terminal::note);
  }
}
