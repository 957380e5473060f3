package ijen.optim;

import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ijen.data.Batches;
import ijen.data.Datasets;
import ijen.data.Options;
import ijen.data.TrainTest;
import ijen.graph.Batch;
import ijen.graph.Gradient;
import ijen.graph.Graph;
import ijen.graph.GraphObjective;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.kernel.Workers;
import ijen.loss.Losses;
import ijen.metric.Evaluator;
import ijen.nn.Network;
import ijen.testing.Allocation;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Zeroth-order training of networks in float: what it learns, whether it comes back, repeats and
/// is rebuilt.
@Timeout(120)
class ZerothOrderTrainingTest {
  private static final TrainTest DIGITS =
      Datasets.open("digits", Options.defaults().withTrainSize(2000).withTestSize(500));
  private static final Network NET = Network.of(Shape.of(784), dense(32), relu(), dense(10));
  private static final RandomEstimator RANDOM = RandomEstimator.of();

  @TempDir Path folder;

  /// Every rule, every estimator, both ways to come back.
  private static final List<Optimizer> ALL =
      List.of(
          ZoSgd.of(1e-3),
          ZoSgd.of(1e-3, RANDOM.withExactReturn()),
          ZoSgd.of(1e-3, RANDOM.withQueries(3).withDirections(Directions.SPHERE)),
          ZoSgd.of(1e-3, RANDOM.withOneSide().withDirections(Directions.RADEMACHER)),
          ZoSgd.of(1e-3, RANDOM.withBlocks(Blocks.layers())).withWeightDecay(1e-3),
          ZoSgd.of(1e-3, RANDOM.withBlocks(Blocks.parameters())),
          ZoSgd.of(1e-3).withMomentum(0.9).withWeightDecay(1e-3),
          ZoSgd.of(1e-3, ForwardEstimator.of()),
          ZoSgd.of(1e-3, CoordinateEstimator.of().withCount(20)),
          ZoConservative.of(1e-3),
          ZoSign.of(1e-4),
          ZoAdam.of(1e-3).withEstimator(RANDOM.withQueries(2).withExactReturn()));

  /// A training, step by step.
  private static final class Run implements AutoCloseable {
    final Workers workers;
    final Kernels kernels;
    final GraphObjective objective;
    final Theta theta;
    final Optimizer optimizer;
    final OptimizerState state;
    final Batches batches;
    final Batch batch;

    Run(Optimizer optimizer, int threads) {
      this.workers = Workers.of(threads);
      this.kernels = Kernels.vector(workers);
      Graph g = new Graph();
      Node x = g.input("features", NET.input());
      Node y = g.input("target", DIGITS.train().target());
      Node output = NET.build(g, x);
      this.objective =
          new GraphObjective(
              g,
              Losses.crossEntropy().apply(g.scope("loss", "cross-entropy"), output, y),
              List.of(),
              64,
              kernels,
              Mode.TRAINING,
              GraphObjective.Reduction.MEAN,
              1);
      this.theta = start();
      this.optimizer = optimizer;
      this.state = optimizer.state(objective.parameters(), kernels);
      this.batches = Batches.of(DIGITS.train(), 64, true, 1, false);
      this.batch = objective.newBatch();
    }

    Theta start() {
      return objective.parameters().initialize(Precision.FLOAT, 1);
    }

    double step(int step) {
      int perEpoch = batches.stepsPerEpoch();
      batches.load(step / perEpoch, step % perEpoch, step, batch);
      return optimizer.step(objective, theta, batch, state);
    }

    Run steps(int from, int to) {
      for (int step = from; step < to; step++) {
        state.rateFactor(step < 10 ? 1 : 0.7);
        step(step);
      }
      return this;
    }

    @Override
    public void close() {
      workers.close();
    }
  }

  private static double accuracy(Optimizer optimizer, int steps) {
    try (Run run = new Run(optimizer, 1)) {
      for (int step = 0; step < steps; step++) {
        run.state.rateFactor(1 - (double) step / steps);
        run.step(step);
      }
      Evaluator evaluator =
          new Evaluator(NET, Losses.crossEntropy(), DIGITS.train().target(), 256, run.kernels);
      return evaluator.evaluate(run.theta, DIGITS.test()).score().accuracy();
    }
  }

  @Test
  void learnsTheDigits() {
    assertThat(accuracy(ZoSgd.of(0.004), 3000)).as("ZO-SGD").isGreaterThan(0.6);
    assertThat(accuracy(ZoAdam.of(0.004), 3000)).as("ZO-Adam").isGreaterThan(0.6);
  }

  @Test
  void replayedDirectionsBringThetaBack() {
    for (Directions directions : Directions.values()) {
      RandomEstimator estimator = RANDOM.withDirections(directions).withRadius(1e-2);
      try (Run run = new Run(ZoSgd.of(1, estimator), 1)) {
        float[] before = run.theta.values().toFloats();
        run.state.rateFactor(0);
        run.step(0);
        float[] once = run.theta.values().toFloats();
        for (int i = 0; i < before.length; i++) {
          assertThat(once[i]).as("%s: θ[%d]", directions, i).isCloseTo(before[i], within(1e-6f));
        }
        for (int step = 1; step < 300; step++) {
          run.step(step);
        }
        double drift = 0;
        double norm = 0;
        float[] after = run.theta.values().toFloats();
        for (int i = 0; i < before.length; i++) {
          drift += ((double) after[i] - before[i]) * ((double) after[i] - before[i]);
          norm += (double) before[i] * before[i];
        }
        assertThat(Math.sqrt(drift / norm)).as("after 300 steps").isLessThan(1e-5);
      }
    }
  }

  @Test
  void anExactReturnKeepsAllBits() {
    for (Directions directions : Directions.values()) {
      RandomEstimator estimator = RANDOM.withDirections(directions).withExactReturn();
      for (RandomEstimator e :
          List.of(estimator, estimator.withOneSide(), estimator.withBlocks(Blocks.layers()))) {
        try (Run run = new Run(ZoSgd.of(1, e), 1)) {
          String before = run.theta.sha256();
          run.state.rateFactor(0);
          run.step(0);
          assertThat(run.theta.sha256()).as("%s", e).isEqualTo(before);
        }
      }
    }
  }

  @Test
  void conservativeStepsDoNotRaiseTheLoss() {
    try (Run run = new Run(ZoConservative.of(1), 1)) { // far too fast: most steps are refused
      int still = 0;
      for (int step = 0; step < 60; step++) {
        String before = run.theta.sha256();
        double loss = run.step(step);
        assertThat(run.objective.value(run.theta, run.batch)).isLessThanOrEqualTo(loss);
        still += run.theta.sha256().equals(before) ? 1 : 0;
      }
      assertThat(still).as("refused steps").isBetween(1, 60);
    }
  }

  @Test
  void blocksLeaveTheOthersAlone() {
    try (Run run = new Run(ZoSgd.of(1e-2, RANDOM.withBlocks(Blocks.whole().withoutLast(1))), 1)) {
      float[] head = run.theta.slice(run.theta.parameters().list().getLast()).toFloats();
      String before = run.theta.sha256();
      run.steps(0, 5);
      assertThat(run.theta.slice(run.theta.parameters().list().getLast()).toFloats())
          .isEqualTo(head);
      assertThat(run.theta.sha256()).isNotEqualTo(before);
    }
  }

  @Test
  void hybridTakesTheExactGradientOfTheLastLayer() {
    HybridEstimator hybrid = HybridEstimator.of(RANDOM.withExactReturn(), 1);
    try (Run run = new Run(ZoSgd.of(1, hybrid), 1)) {
      run.state.rateFactor(0);
      run.step(0);
      Gradient exact = new Gradient(run.theta.parameters(), Precision.FLOAT);
      run.objective.gradient(run.theta, run.batch, exact);
      var last = run.theta.parameters().list().getLast();
      var first = run.theta.parameters().list().getFirst();
      Gradient estimate = run.state.gradient();
      assertThat(estimate.slice(last).toFloats()).isEqualTo(exact.slice(last).toFloats());
      assertThat(estimate.slice(first).toFloats()).isNotEqualTo(exact.slice(first).toFloats());
      assertThat(run.kernels.dot(estimate.slice(first), estimate.slice(first), first.size()))
          .isPositive();
    }
  }

  @Test
  void theResultDoesNotDependOnThreads() {
    for (Optimizer optimizer : ALL) {
      String expected = null;
      for (int threads = 1; threads <= 3; threads++) {
        try (Run run = new Run(optimizer, threads)) {
          String sha = run.steps(0, 4).theta.sha256();
          expected = expected == null ? sha : expected;
          assertThat(sha).as("%s on %d threads", optimizer, threads).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void aLogRebuildsTheWeightsBitForBit() throws IOException {
    for (Optimizer optimizer : ALL) {
      Path file = folder.resolve(optimizer.name() + ".log");
      String expected;
      try (Run run = new Run(optimizer, 1);
          ZerothOrderLog log = ZerothOrderLog.create(file, optimizer, run.start())) {
        log.record(run.state);
        expected = run.steps(0, 25).theta.sha256();
      }
      try (Run run = new Run(optimizer, 2)) {
        assertThat(run.theta.sha256()).isNotEqualTo(expected);
        assertThat(ZerothOrderLog.replay(file, optimizer, run.theta, run.kernels)).isEqualTo(25);
        assertThat(run.theta.sha256()).as("%s", optimizer).isEqualTo(expected);
      }
      Files.delete(file);
    }
  }

  @Test
  void aLogThatWasCutOffGoesOn() throws IOException {
    Optimizer optimizer = ZoSgd.of(1e-3);
    Path file = folder.resolve("cut.log");
    String expected;
    try (Run run = new Run(optimizer, 1)) {
      ZerothOrderLog log = ZerothOrderLog.create(file, optimizer, run.start());
      log.record(run.state);
      Theta middle = run.steps(0, 12).theta.copy(Precision.FLOAT);
      run.steps(12, 20);
      log.flush();
      String content = Files.readString(file); // as after a kill, in the middle of a line
      log.close();
      Files.writeString(file, content.substring(0, content.length() - 3));
      assertThat(ZerothOrderLog.replay(file, optimizer, run.start(), run.kernels)).isEqualTo(19);

      run.theta.copyFrom(middle);
      run.state.restore(12);
      try (ZerothOrderLog rest = ZerothOrderLog.resume(file, optimizer, run.start(), 12)) {
        rest.record(run.state);
        expected = run.steps(12, 25).theta.sha256();
      }
      Theta rebuilt = run.start();
      assertThat(ZerothOrderLog.replay(file, optimizer, rebuilt, run.kernels)).isEqualTo(25);
      assertThat(rebuilt.sha256()).isEqualTo(expected);
      assertThat(Files.readAllLines(file).getLast()).matches("25 0x1\\.\\S+ -?0x\\S+");

      assertThatThrownBy(() -> ZerothOrderLog.resume(file, optimizer, run.start(), 26))
          .hasMessageContaining("expected 26 steps, got 25");
    }
  }

  @Test
  void logsThatDoNotFitAreRefused() throws IOException {
    Optimizer optimizer = ZoSgd.of(1e-3);
    Path file = folder.resolve("one.log");
    try (Run run = new Run(optimizer, 1)) {
      Theta start = run.start();
      try (ZerothOrderLog log = ZerothOrderLog.create(file, optimizer, start)) {
        log.record(run.state);
        run.steps(0, 3);
      }
      String content = Files.readString(file);
      assertThatThrownBy(() -> ZerothOrderLog.create(file, optimizer, start))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(Files.readString(file)).isEqualTo(content);
      assertThatThrownBy(() -> ZerothOrderLog.replay(file, ZoSgd.of(2e-3), start, run.kernels))
          .hasMessageContaining("expected 'learningRate 0.002', got 'learningRate 0.001'");
      assertThatThrownBy(() -> ZerothOrderLog.replay(file, optimizer, run.theta, run.kernels))
          .hasMessageContaining("expected 'start ");
      assertThatThrownBy(() ->
              ZerothOrderLog.create(
                  folder.resolve("hybrid.log"), ZoSgd.of(1, HybridEstimator.of(RANDOM, 1)), start))
          .hasMessageContaining("hybrid steps depend on gradients");
      assertThat(folder.resolve("hybrid.log")).doesNotExist();
      for (String[] damage :
          new String[][] {
            {"\n2 ", "\n5 ", "expected step 2, got '5 "},
            {"\n2 0x1", "\n2 zero", "step 2 is damaged"},
            {"\n3 0x1.0p0", "\n3 0x1.0p0 0x1.0p0", "step 3 has too many numbers"},
          }) {
        assertThat(content).contains(damage[0]);
        Files.writeString(file, content.replace(damage[0], damage[1]));
        assertThatThrownBy(() -> ZerothOrderLog.replay(file, optimizer, run.start(), run.kernels))
            .isInstanceOf(IOException.class)
            .hasMessageContaining(damage[2]);
      }
      Files.writeString(file, content.replaceFirst("\n3 (\\S+) \\S+\n", "\n3 $1\n"));
      assertThatThrownBy(() -> ZerothOrderLog.replay(file, optimizer, run.start(), run.kernels))
          .hasMessageContaining("step 3 has too few numbers");
    }
  }

  @Tag(Allocation.TAG)
  @Test
  @Timeout(600) // of patience with each, on a busy machine
  void warmStepsAllocateNothing() {
    for (Optimizer optimizer : ALL) {
      try (Run run = new Run(optimizer, 1)) {
        run.step(0);
        Allocation.assertNone(
            "20 steps of " + optimizer,
            20,
            () -> optimizer.step(run.objective, run.theta, run.batch, run.state));
      }
    }
  }
}
