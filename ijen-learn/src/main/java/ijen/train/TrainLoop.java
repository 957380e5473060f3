package ijen.train;

import ijen.data.Batches;
import ijen.data.Dataset;
import ijen.graph.Batch;
import ijen.graph.GraphObjective;
import ijen.graph.Node;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import ijen.loss.Decision;
import ijen.metric.Evaluation;
import ijen.metric.Evaluator;
import ijen.metric.Score;
import ijen.model.Model;
import ijen.optim.OptimizerState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One training from start to end, in the order in which it happens: `Dataset → Batch → Objective →
/// Optimizer → Theta → Score → Model`.
final class TrainLoop {
  private final Training training;
  private final Dataset train;
  private final Dataset test;
  private final Kernels kernels;
  private final Pace pace;
  private final Workers workers;
  private final Node output;
  private final GraphObjective objective;
  private final Theta theta;
  private final OptimizerState state;
  private final Batches batches;
  private final Batch batch;
  private final Progress progress;
  private final Evaluator evaluator;
  private final CheckpointWriter checkpoints;
  private final Decision decision;
  private final boolean decides;
  private final int[] decisions;
  private final int[] truth;
  private final TrainListener[] listeners; // an array: walking a list would allocate in every step
  private long measuring; // nanoseconds of the running epoch that went into measuring

  TrainLoop(Training training, Dataset train, Dataset test) {
    TrainSettings settings = training.settings();
    Precision precision = Precision.chosen();
    this.training = training;
    this.train = train;
    this.test = test;
    this.workers = Workers.of(settings.threads());
    this.kernels = Kernels.of(precision, workers);
    this.pace = new Pace(workers, System::nanoTime);
    Prepared prepared = Prepared.of(training, train, kernels);
    this.objective = prepared.objective();
    this.output = prepared.output();
    this.decides = prepared.decides();
    this.batches = prepared.batches();
    this.theta = objective.parameters().initialize(precision, settings.seed());
    this.state = training.optimizer().state(objective.parameters(), kernels);
    this.batch = objective.newBatch();
    this.decisions = new int[batches.batchSize()];
    this.truth = new int[batches.batchSize()];
    this.progress = new Progress(settings.epochs(), batches.stepsPerEpoch());
    this.evaluator =
        new Evaluator(training.network(), training.measure(), train.target(), 256, kernels);
    this.decision = training.loss().decision();
    this.listeners = training.listeners().toArray(TrainListener[]::new);
    this.progress.decides = decides;
    this.checkpoints = new CheckpointWriter(training, train, theta, state, progress);
  }

  TrainResult run() {
    try (workers) {
      long start = System.nanoTime();
      checkpoints.restore();
      tell(listener -> listener.started(progress));
      List<EpochReport> reports = new ArrayList<>();
      boolean stopped = false;
      while (progress.epoch < progress.epochs() && !stopped && !checkpoints.patienceIsOver()) {
        long epochStart = System.nanoTime();
        measuring = 0;
        stopped = steps();
        if (!stopped) {
          EpochReport report = endEpoch(seconds(epochStart + measuring));
          reports.add(report);
          // Told first: killed in between, the epoch's end is done again, and nothing is missing.
          tell(listener -> listener.epochEnded(report));
          checkpoints.afterEpoch(report.best());
        }
      }
      pace.interrupt();
      Theta chosen = checkpoints.chosen();
      Evaluation evaluation = evaluator.evaluate(chosen, test);
      Model model = Model.of(training.network(), training.loss(), chosen, train);
      return new TrainResult(model, evaluation, reports, progress, stopped, seconds(start));
    }
  }

  /// The rest of the running epoch; whether it was asked to stop before the epoch's end.
  private boolean steps() {
    while (progress.stepInEpoch < progress.stepsPerEpoch()) {
      pace.begin();
      batches.load(progress.epoch, progress.stepInEpoch, progress.step(), batch);
      state.rateFactor(
          training
              .settings()
              .schedule()
              .factor(progress.step(), progress.stepsPerEpoch(), progress.steps()));
      double loss = training.optimizer().step(objective, theta, batch, state);
      if (!Double.isFinite(loss)) {
        throw new DivergedException(
            progress.step() + 1, progress.epoch + 1, loss, rate(), training.loss());
      }
      objective.settle(theta);
      progress.add(training.settings().meanLoss(loss, batch.rows()), batch.rows(), right());
      pace.end();
      for (TrainListener listener : listeners) {
        listener.stepped(progress);
      }
      if (progress.stepInEpoch % training.measuredEvery() == 0) {
        pace.interrupt();
        long start = System.nanoTime();
        StepReport report = measure();
        tell(listener -> listener.measured(report));
        measuring += System.nanoTime() - start;
      }
      boolean stop = training.stopRequested();
      checkpoints.afterStep(stop);
      if (stop) {
        return true;
      }
    }
    return false;
  }

  private EpochReport endEpoch(double seconds) {
    pace.interrupt();
    Score score = training.trainIsWatched() ? evaluate(train) : progress.score();
    Score onValidation = onValidation();
    Score onTest = onTest();
    progress.nextEpoch();
    boolean best = checkpoints.isBest(onValidation == null ? score : onValidation);
    return new EpochReport(progress.epoch, score, onValidation, onTest, rate(), seconds, best);
  }

  private StepReport measure() {
    long samples = (long) progress.epoch * train.size() + progress.samples();
    return new StepReport(progress.step(), samples, evaluate(train), onValidation(), onTest());
  }

  private @Nullable Score onValidation() {
    Dataset validation = training.validation();
    return validation == null ? null : evaluate(validation);
  }

  private @Nullable Score onTest() {
    return training.testIsWatched() ? evaluate(test) : null;
  }

  private Score evaluate(Dataset data) {
    return evaluator.evaluate(theta, data).score();
  }

  /// How many of the batch's samples the network had decided right before the step.
  private int right() {
    if (!decides) {
      return 0;
    }
    int rows = batch.rows();
    int width = output.shape().size();
    decision.decide(kernels, objective.watched(output), rows, width, decisions);
    Decision.truth(kernels, batch.targets(), rows, train.target().size(), truth);
    int right = 0;
    for (int row = 0; row < rows; row++) {
      right += decisions[row] == truth[row] ? 1 : 0;
    }
    return right;
  }

  private double rate() {
    return training.optimizer().learningRate() * state.rateFactor();
  }

  private void tell(Consumer<TrainListener> event) {
    Stream.of(listeners).forEach(event);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) * 1e-9;
  }
}
