package ijen.train;

import static ijen.nn.Layers.batchNorm;
import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.dropout;
import static ijen.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.data.Datasets;
import ijen.data.Options;
import ijen.data.Split;
import ijen.data.TrainTest;
import ijen.graph.Shape;
import ijen.loss.Losses;
import ijen.metric.Score;
import ijen.model.Model;
import ijen.nn.Network;
import ijen.optim.Adam;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What is measured while a training goes on, and that it changes nothing.
class MeasuringTest {
  private static final TrainTest DIGITS =
      Datasets.open("digits", Options.defaults().withTrainSize(300).withTestSize(100));
  private static final Split SPLIT = Split.stratified(DIGITS.train(), 0.8, 1); // 240 and 60
  private static final Network NET =
      Network.of(Shape.of(784), dense(16), batchNorm(), relu(), dropout(0.2), dense(10));
  private static final int STEPS = 8; // an epoch: 240 samples by 30

  private static Training training() {
    return Training.of(NET, Losses.crossEntropy(), Adam.of(1e-3))
        .batch(30)
        .epochs(3)
        .threads(1)
        .validate(SPLIT.heldOut());
  }

  private static TrainResult fit(Training training) {
    return training.fit(SPLIT.train(), DIGITS.test());
  }

  private static final class Reports implements TrainListener {
    final List<StepReport> steps = new ArrayList<>();
    final List<EpochReport> epochs = new ArrayList<>();

    @Override
    public void measured(StepReport report) {
      steps.add(report);
    }

    @Override
    public void epochEnded(EpochReport report) {
      epochs.add(report);
    }
  }

  /// The model as it is after `step` steps.
  private static Model after(long step) {
    AtomicLong left = new AtomicLong(step);
    return fit(training().stopWhen(() -> left.decrementAndGet() == 0)).model();
  }

  @Test
  void whatIsMeasuredIsWhatTheModelScoresAtThatStep() {
    Reports reports = new Reports();
    fit(training().measureEvery(3).watchTest(true).on(reports));
    assertThat(reports.steps.stream().map(StepReport::step))
        .containsExactly(3L, 6L, 11L, 14L, 19L, 22L);
    assertThat(reports.steps.stream().map(StepReport::samples))
        .containsExactly(90L, 180L, 330L, 420L, 570L, 660L);
    for (StepReport report : reports.steps) {
      Model model = after(report.step());
      assertThat(report.training()).isEqualTo(model.evaluate(SPLIT.train(), 1).score());
      assertThat(report.validation()).isEqualTo(model.evaluate(SPLIT.heldOut(), 1).score());
      assertThat(report.test()).isEqualTo(model.evaluate(DIGITS.test(), 1).score());
    }
  }

  @Test
  void measuringChangesNoBit() {
    TrainResult plain = fit(training());
    Reports reports = new Reports();
    TrainResult measured =
        fit(training().measureEvery(1).watchTrain(true).watchTest(true).on(reports));
    assertThat(reports.steps).hasSize(3 * STEPS);
    assertThat(measured.model().theta().sha256()).isEqualTo(plain.model().theta().sha256());
    assertThat(measured.score()).isEqualTo(plain.score());
    // Statistics beside θ, too: the validation score depends on them.
    assertThat(reports.epochs.getLast().validation())
        .isEqualTo(plain.epochs().getLast().validation());
  }

  @Test
  void theTrainingSetIsMeasuredAtTheEpochsEnd() {
    Reports batches = new Reports();
    Reports whole = new Reports();
    fit(training().on(batches));
    fit(training().watchTrain(true).on(whole));
    for (int epoch = 1; epoch <= 3; epoch++) {
      Score expected = after((long) epoch * STEPS).evaluate(SPLIT.train(), 1).score();
      assertThat(whole.epochs.get(epoch - 1).training()).isEqualTo(expected);
      // Each batch before its step is another number: the network still changed, with dropout.
      assertThat(batches.epochs.get(epoch - 1).training()).isNotEqualTo(expected);
      assertThat(batches.epochs.get(epoch - 1).training().samples()).isEqualTo(240);
    }
  }

  @Test
  void unlessItIsAskedForNothingIsMeasuredBetweenSteps() {
    Reports reports = new Reports();
    fit(training().on(reports));
    fit(training().measureEvery(STEPS + 1).on(reports));
    assertThat(reports.steps).isEmpty();
    fit(training().measureEvery(STEPS).on(reports)); // the epoch's last step is one of its steps
    assertThat(reports.steps.stream().map(StepReport::step)).containsExactly(8L, 16L, 24L);
    assertThat(reports.steps.getFirst().test()).isNull(); // it is not watched
    assertThatThrownBy(() -> training().measureEvery(0))
        .hasMessage("measure every: expected 1 or more steps, got 0");
  }

  /// An epoch's time is that of its steps: measuring, which takes longer here, does not count.
  @Test
  void theTimeOfMeasuringIsNotThatOfTheEpoch() {
    long pause = 5_000_000;
    TrainListener slow =
        new TrainListener() {
          @Override
          public void measured(StepReport report) {
            long end = System.nanoTime() + pause;
            while (System.nanoTime() < end) {
              Thread.onSpinWait();
            }
          }
        };
    Reports reports = new Reports();
    long start = System.nanoTime();
    TrainResult result = fit(training().measureEvery(1).on(slow).on(reports));
    double wall = (System.nanoTime() - start) * 1e-9;
    double epochs = reports.epochs.stream().mapToDouble(EpochReport::seconds).sum();
    assertThat(epochs).isPositive().isLessThan(wall - 3 * STEPS * pause * 1e-9);
    assertThat(result.seconds()).isGreaterThan(3 * STEPS * pause * 1e-9);
  }
}
