package ijen.optim;

import static ijen.nn.Layers.batchNorm;
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
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a replay does to a network with running statistics.
class ZerothOrderLogTest {
  private static final TrainTest DIGITS =
      Datasets.open("digits", Options.defaults().withTrainSize(1000).withTestSize(300));
  private static final Network NET =
      Network.of(Shape.of(784), dense(24), batchNorm(), relu(), dense(10));

  @TempDir Path folder;

  @Test
  void parametersAreRebuiltAndStatisticsSettleAnew() throws IOException {
    try (Workers workers = Workers.of(1)) {
      Kernels kernels = Kernels.vector(workers);
      Graph g = new Graph();
      Node output = NET.build(g, g.input("features", NET.input()));
      Node losses =
          Losses.crossEntropy().apply(g, output, g.input("target", DIGITS.train().target()));
      GraphObjective objective =
          new GraphObjective(
              g, losses, List.of(), 50, kernels, Mode.TRAINING, GraphObjective.Reduction.MEAN, 1);
      Theta start = objective.parameters().initialize(Precision.FLOAT, 1);
      Theta theta = start.copy(Precision.FLOAT);
      Batches batches = Batches.of(DIGITS.train(), 50, true, 1, false);
      Batch batch = objective.newBatch();
      Optimizer optimizer = ZoSgd.of(0.01);
      OptimizerState state = optimizer.state(objective.parameters(), kernels);
      Path file = folder.resolve("norm.log");
      try (ZerothOrderLog log = ZerothOrderLog.create(file, optimizer, start)) {
        log.record(state);
        for (int step = 0; step < 200; step++) {
          batches.load(step / 20, step % 20, step, batch);
          optimizer.step(objective, theta, batch, state);
          objective.settle(theta);
        }
      }

      Theta refused = start.copy(Precision.FLOAT);
      assertThatThrownBy(() -> ZerothOrderLog.replay(file, optimizer, refused, kernels))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              file
                  + ": a log rebuilds parameters, but not running statistics such as"
                  + " 'batchnorm1.mean', which depend on data: replay it with a settling");
      assertThat(refused.sha256()).isEqualTo(start.sha256());

      Theta rebuilt = start.copy(Precision.FLOAT);
      long steps =
          ZerothOrderLog.replay(
              file,
              optimizer,
              rebuilt,
              kernels,
              end -> {
                assertThat(end.statistics().toFloats()).isEqualTo(start.statistics().toFloats());
                for (int round = 0; round < 100; round++) {
                  batches.load(round / 20, round % 20, round, batch);
                  objective.value(end, batch);
                  objective.settle(end);
                }
              });
      assertThat(steps).isEqualTo(200);
      assertThat(rebuilt.values().toFloats()).isEqualTo(theta.values().toFloats());
      assertThat(difference(rebuilt, theta)).isLessThan(0.25 * difference(start, theta));
      Evaluator evaluator =
          new Evaluator(NET, Losses.crossEntropy(), DIGITS.train().target(), 100, kernels);
      double expected = evaluator.evaluate(theta, DIGITS.test()).score().loss();
      assertThat(evaluator.evaluate(rebuilt, DIGITS.test()).score().loss())
          .isCloseTo(expected, within(0.05 * expected));
    }
  }

  /// The distance of the running statistics.
  private static double difference(Theta a, Theta b) {
    double sum = 0;
    for (int i = 0; i < a.statistics().length(); i++) {
      double d = a.statistics().get(i) - b.statistics().get(i);
      sum += d * d;
    }
    return Math.sqrt(sum);
  }
}
