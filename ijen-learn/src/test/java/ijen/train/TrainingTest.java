package ijen.train;

import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.dropout;
import static ijen.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ijen.data.Datasets;
import ijen.data.Options;
import ijen.data.Split;
import ijen.data.TrainTest;
import ijen.graph.GraphObjective.Reduction;
import ijen.graph.Shape;
import ijen.loss.Loss;
import ijen.loss.Losses;
import ijen.nn.Network;
import ijen.optim.Adam;
import ijen.optim.Optimizer;
import ijen.optim.Schedule;
import ijen.optim.Sgd;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  private static final TrainTest DIGITS =
      Datasets.open("digits", Options.defaults().withTrainSize(300).withTestSize(100));
  private static final Network NET =
      Network.of(Shape.of(784), dense(24), relu(), dropout(0.2), dense(10));

  @TempDir Path folder;

  private static Training training(Optimizer optimizer) {
    return Training.of(NET, Losses.crossEntropy(), optimizer).batch(32).epochs(3).threads(1);
  }

  private static String sha(TrainResult result) {
    return result.model().theta().sha256();
  }

  @Test
  void learnsTheDigits() {
    TrainTest data =
        Datasets.open("digits", Options.defaults().withTrainSize(2000).withTestSize(500));
    TrainResult result =
        Training.of(
                Network.of(Shape.of(784), dense(64), relu(), dense(10)),
                Losses.crossEntropy(),
                Sgd.of(0.05).withMomentum(0.9))
            .epochs(8)
            .fit(data.train(), data.test());
    assertThat(result.score().accuracy()).isGreaterThan(0.85);
    assertThat(result.score().samples()).isEqualTo(500);
    assertThat(result.epochs()).hasSize(8);
    assertThat(result.epochs().getLast().training().loss())
        .isLessThan(result.epochs().getFirst().training().loss() / 3);
  }

  @Test
  void theResultDoesNotDependOnThreads() {
    Training training = training(Adam.of(1e-3));
    String one = sha(training.fit(DIGITS.train(), DIGITS.test()));
    for (int threads = 2; threads <= 4; threads++) {
      assertThat(sha(training.threads(threads).fit(DIGITS.train(), DIGITS.test()))).isEqualTo(one);
    }
    assertThat(sha(training.seed(2).fit(DIGITS.train(), DIGITS.test()))).isNotEqualTo(one);
  }

  @Test
  void aTrainingStoppedAtAnyStepGoesOnAsIfItHadNotBeen() throws Exception {
    for (Optimizer optimizer :
        List.of(Sgd.of(0.1), Sgd.of(0.1).withNesterov(0.9), Adam.of(1e-3).withWeightDecay(1e-4))) {
      Training whole = training(optimizer).schedule(Schedule.parse("warmup:5:cosine"));
      TrainResult expected = whole.fit(DIGITS.train(), DIGITS.test());
      CheckpointPolicy policy =
          CheckpointPolicy.in(folder.resolve(optimizer.toString().replace(',', ' ')));
      for (int stop = 1; stop < 30; stop += 3) { // 10 steps an epoch
        AtomicLong left = new AtomicLong(stop);
        TrainResult part =
            whole
                .checkpoints(policy)
                .stopWhen(() -> left.decrementAndGet() == 0)
                .fit(DIGITS.train(), DIGITS.test());
        assertThat(part.stopped()).isTrue();
        assertThat(part.progress().step()).isEqualTo(stop);
        TrainResult rest =
            whole
                .checkpoints(policy)
                .resume(Checkpoint.read(policy.last()))
                .fit(DIGITS.train(), DIGITS.test());
        assertThat(sha(rest)).as("%s stopped at step %d", optimizer, stop).isEqualTo(sha(expected));
        assertThat(rest.score()).isEqualTo(expected.score());
        assertThat(rest.epochs().getLast().training())
            .isEqualTo(expected.epochs().getLast().training());
      }
    }
  }

  @Test
  void aCheckpointOfAnotherTrainingIsRefused() throws Exception {
    CheckpointPolicy policy = CheckpointPolicy.in(folder);
    training(Sgd.of(0.1)).checkpoints(policy).epochs(1).fit(DIGITS.train(), DIGITS.test());
    Checkpoint checkpoint = Checkpoint.read(policy.last());
    assertThat(checkpoint.epoch()).isEqualTo(1);
    assertThatThrownBy(
            () -> training(Sgd.of(0.2)).resume(checkpoint).fit(DIGITS.train(), DIGITS.test()))
        .hasMessageContaining(
            "belongs to another training: expected optimizer 'sgd {learningRate=0.2");
    assertThatThrownBy(() ->
            training(Sgd.of(0.1)).seed(9).resume(checkpoint).fit(DIGITS.train(), DIGITS.test()))
        .hasMessageContaining("expected seed '9', it has '1'");
    // More epochs continue the same training, unless the schedule depends on their number.
    TrainResult longer =
        training(Sgd.of(0.1)).epochs(3).resume(checkpoint).fit(DIGITS.train(), DIGITS.test());
    assertThat(sha(longer))
        .isEqualTo(sha(training(Sgd.of(0.1)).epochs(3).fit(DIGITS.train(), DIGITS.test())));
  }

  @Test
  void aStepAllocatesNothing() {
    for (Optimizer optimizer : List.of(Sgd.of(0.01).withMomentum(0.9), Adam.of(1e-3))) {
      AllocationMeter meter = new AllocationMeter();
      training(optimizer)
          .batch(8)
          .schedule(Schedule.parse("warmup:50:cosine"))
          .epochs(5000) // as long as the compiler may take on a busy machine
          .threads(2)
          .on(meter)
          .stopWhen(() -> meter.quietEpochs == 20)
          .fit(DIGITS.train(), DIGITS.test());
      assertThat(meter.quietEpochs)
          .as(
              "epochs in a row whose 37 steps allocate nothing, %s; last %d bytes",
              optimizer, meter.bytes)
          .isEqualTo(20);
    }
  }

  /// Counts the bytes that the steps of an epoch allocate, on this thread and on all workers. The
  /// first step is left out: it makes the epoch's order.
  private static final class AllocationMeter implements TrainListener {
    private final com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private Thread[] workers = new Thread[0];
    private long before;
    private long bytes;
    private int quietEpochs;

    @Override
    public void started(Progress progress) {
      workers =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("ijen-worker"))
              .toArray(Thread[]::new);
      assertThat(workers).isNotEmpty();
    }

    @Override
    public void stepped(Progress progress) {
      long now = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
      for (Thread worker : workers) {
        now += threads.getThreadAllocatedBytes(worker.threadId());
      }
      if (progress.stepInEpoch() == 1) {
        before = now;
      } else if (progress.stepInEpoch() == progress.stepsPerEpoch()) {
        bytes = now - before;
        quietEpochs = bytes == 0 ? quietEpochs + 1 : 0;
      }
    }
  }

  @Test
  void earlyStoppingGivesBackTheBestEpoch() {
    Split split = Split.stratified(DIGITS.train(), 0.7, 1);
    TrainResult result =
        training(Sgd.of(0.5))
            .epochs(60)
            .validate(split.heldOut())
            .with(
                TrainSettings.defaults().withEpochs(60).withEarlyStopping(new EarlyStopping(3, 0)))
            .fit(split.train(), DIGITS.test());
    int last = result.epochs().getLast().epoch();
    int best = result.progress().bestEpoch();
    assertThat(last).isEqualTo(best + 3).isLessThan(60);
    assertThat(result.model().evaluate(split.heldOut(), 1).score())
        .isEqualTo(result.epochs().get(best - 1).validation());
    assertThatThrownBy(() ->
            training(Sgd.of(0.1))
                .with(TrainSettings.defaults().withEarlyStopping(new EarlyStopping(3, 0)))
                .fit(DIGITS.train(), DIGITS.test()))
        .hasMessageContaining("expected a validation set to stop by");
  }

  @Test
  void earlyStoppingIsResumedExactly() throws Exception {
    Split split = Split.stratified(DIGITS.train(), 0.7, 1);
    Training whole =
        Training.of(NET, Losses.crossEntropy(), Sgd.of(0.5))
            .with(
                TrainSettings.defaults()
                    .withEpochs(40)
                    .withBatch(32)
                    .withEarlyStopping(new EarlyStopping(3, 0)))
            .validate(split.heldOut());
    TrainResult expected = whole.fit(split.train(), DIGITS.test());
    CheckpointPolicy policy = CheckpointPolicy.in(folder);
    AtomicLong left = new AtomicLong(7L * expected.progress().bestEpoch() + 3); // after the best
    whole
        .checkpoints(policy)
        .stopWhen(() -> left.decrementAndGet() == 0)
        .fit(split.train(), DIGITS.test());
    TrainResult rest =
        whole.resume(Checkpoint.read(policy.last())).fit(split.train(), DIGITS.test());
    assertThat(sha(rest)).isEqualTo(sha(expected));
    assertThat(rest.progress().bestEpoch()).isEqualTo(expected.progress().bestEpoch());
  }

  @Test
  void aTrainingMayBeMeasuredByAnotherLoss() throws Exception {
    Split split = Split.stratified(DIGITS.train(), 0.7, 1);
    Training plain =
        training(Sgd.of(0.5)).validate(split.heldOut()).watchTrain(true).watchTest(true);
    Loss smoothed = Losses.crossEntropy(0.3);
    TrainResult usual = plain.fit(split.train(), DIGITS.test());
    TrainResult other = plain.measuredBy(smoothed).fit(split.train(), DIGITS.test());
    assertThat(sha(other)).isEqualTo(sha(usual));
    assertThat(other.model().loss()).isEqualTo(Losses.crossEntropy());
    EpochReport last = other.epochs().getLast();
    assertThat(last.training())
        .isEqualTo(other.model().withLoss(smoothed).evaluate(split.train(), 1).score());
    assertThat(last.validation())
        .isEqualTo(other.model().withLoss(smoothed).evaluate(split.heldOut(), 1).score());
    assertThat(last.test()).isEqualTo(other.score());
    assertThat(other.score())
        .isEqualTo(other.model().withLoss(smoothed).evaluate(DIGITS.test(), 1).score());
    assertThat(other.score().loss()).isNotEqualTo(usual.score().loss());
    assertThat(other.score().accuracy()).isEqualTo(usual.score().accuracy());
    assertThat(other.progress().bestLoss())
        .isEqualTo(
            other.epochs().stream()
                .mapToDouble(report -> Objects.requireNonNull(report.validation()).loss())
                .min()
                .orElseThrow());

    CheckpointPolicy policy = CheckpointPolicy.in(folder);
    plain.measuredBy(smoothed).checkpoints(policy).epochs(1).fit(split.train(), DIGITS.test());
    Checkpoint checkpoint = Checkpoint.read(policy.last());
    assertThat(sha(plain.measuredBy(smoothed).resume(checkpoint).fit(split.train(), DIGITS.test())))
        .isEqualTo(sha(usual));
    assertThatThrownBy(() -> plain.resume(checkpoint).fit(split.train(), DIGITS.test()))
        .hasMessageContaining(
            "expected loss 'cross-entropy', it has 'cross-entropy, measured by"
                + " cross-entropy:smoothing=0.3'");
  }

  @Test
  void aLossThatCannotMeasureIsRefused() {
    Training training = training(Sgd.of(0.1));
    assertThatThrownBy(() -> training.measuredBy(Losses.meanSquaredError()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "measured by mean-squared-error: expected a loss that decides as cross-entropy does,"
                + " Decision[kind=LARGEST, threshold=0.0], got Decision[kind=NEAREST,"
                + " threshold=0.5]");
    assertThatThrownBy(
            () -> training.measuredBy(Losses.crossEntropy(0.3)).fit(DIGITS.train(), DIGITS.test()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "measured by cross-entropy:smoothing=0.3: expected a training set that is watched, got"
                + " none: its batches are scored by cross-entropy; ask for watchTrain(true)");
  }

  @Test
  void divergenceIsNamed() {
    assertThatThrownBy(() -> training(Sgd.of(1e30)).fit(DIGITS.train(), DIGITS.test()))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("training diverged: the loss of step")
        .hasMessageContaining("try a smaller one, such as 1.0e+29");
  }

  @Test
  void theSumOfABatchIsItsMeanAtASmallerRate() {
    Training mean = training(Sgd.of(0.32)).epochs(1).batch(30); // 300 samples: no smaller batch
    Training sum =
        training(Sgd.of(0.32 / 30))
            .with(mean.settings().withReduction(Reduction.SUM).withThreads(1));
    TrainResult a = mean.fit(DIGITS.train(), DIGITS.test());
    TrainResult b = sum.fit(DIGITS.train(), DIGITS.test());
    assertThat(b.epochs().getLast().training().loss())
        .isCloseTo(
            a.epochs().getLast().training().loss(), org.assertj.core.api.Assertions.within(1e-4));
  }

  @Test
  void aNetworkWithTooFewClassesIsRefused() {
    Network five = Network.of(Shape.of(784), dense(5));
    assertThatThrownBy(() ->
            Training.of(five, Losses.crossEntropy(), Sgd.of(0.1))
                .fit(DIGITS.train(), DIGITS.test()))
        .hasMessageContaining("the network decides between 5 classes")
        .hasMessageContaining("has 10");
  }

  @Test
  void listenersHearEveryStepAndEpoch() {
    List<String> heard = new ArrayList<>();
    TrainListener listener =
        new TrainListener() {
          @Override
          public void started(Progress progress) {
            heard.add("start of " + progress.steps());
          }

          @Override
          public void stepped(Progress progress) {
            assertThat(progress.lastLoss()).isFinite();
            heard.add("step " + progress.step());
          }

          @Override
          public void epochEnded(EpochReport report) {
            assertThat(report.training().samples()).isEqualTo(300);
            assertThat(report.test()).isNotNull();
            heard.add("epoch " + report.epoch());
          }
        };
    training(Sgd.of(0.1))
        .batch(150)
        .epochs(2)
        .on(listener)
        .watchTest(true)
        .fit(DIGITS.train(), DIGITS.test());
    assertThat(heard)
        .containsExactly(
            "start of 4", "step 1", "step 2", "epoch 1", "step 3", "step 4", "epoch 2");
  }
}
