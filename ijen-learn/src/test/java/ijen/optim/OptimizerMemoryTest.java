package ijen.optim;

import static ijen.nn.Layers.dense;
import static ijen.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ijen.graph.Batch;
import ijen.graph.Direction;
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
import ijen.nn.Network;
import ijen.testing.Allocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How many vectors as long as θ an optimiser holds beside θ, by the bytes that its state and its
/// steps allocate.
class OptimizerMemoryTest {
  private static final RandomEstimator RANDOM = RandomEstimator.of();

  private static Map<Optimizer, Integer> vectors() {
    Map<Optimizer, Integer> vectors = new LinkedHashMap<>();
    vectors.put(ZoSgd.of(1e-3), 0);
    vectors.put(ZoSgd.of(1e-3, RANDOM.withOneSide()), 0);
    vectors.put(ZoSgd.of(1e-3, RANDOM.withBlocks(Blocks.layers())), 0);
    vectors.put(ZoSgd.of(1e-3, RANDOM.withExactReturn()), 1); // the copy to come back to
    vectors.put(ZoSgd.of(1e-3, RANDOM.withQueries(3)), 1); // the estimate
    vectors.put(ZoSgd.of(1e-3).withMomentum(0.9).withWeightDecay(1e-3), 1); // the velocity
    vectors.put(ZoSgd.of(1e-3, ForwardEstimator.of()), 1); // the direction
    vectors.put(ZoSgd.of(1e-3, HybridEstimator.of(RANDOM, 1)), 2); // the estimate, a gradient
    vectors.put(ZoConservative.of(1e-3), 1); // the copy of θ
    vectors.put(ZoConservative.of(1e-3).withEstimator(RANDOM.withExactReturn()), 1); // the same
    vectors.put(ZoConservative.of(1e-3).withEstimator(RANDOM.withQueries(2)), 2);
    vectors.put(ZoSign.of(1e-3), 1); // the estimate
    vectors.put(ZoAdam.of(1e-3), 3); // the estimate, two moments
    vectors.put(CoordinateSgd.of(1e-3), 1); // the direction
    vectors.put(Sgd.of(1e-3), 1);
    vectors.put(Adam.of(1e-3), 3);
    return vectors;
  }

  @Tag(Allocation.TAG)
  @Test
  @Timeout(600) // of patience with each, on a busy machine
  void holdsNoMoreVectorsThanItNeeds() {
    try (Workers workers = Workers.of(1)) {
      Kernels kernels = Kernels.vector(workers);
      Network net = Network.of(Shape.of(200), dense(150), relu(), dense(10));
      Graph g = new Graph();
      Node output = net.build(g, g.input("features", net.input()));
      Node loss = Losses.crossEntropy().apply(g, output, g.input("target", Shape.scalar()));
      GraphObjective objective =
          new GraphObjective(
              g, loss, List.of(), 2, kernels, Mode.TRAINING, GraphObjective.Reduction.MEAN, 1);
      Batch batch = objective.newBatch();
      batch.begin(2, 0);
      Theta theta = objective.parameters().initialize(Precision.FLOAT, 1);
      objective.value(theta, batch);
      objective.gradient(theta, batch, new Gradient(theta.parameters(), Precision.FLOAT));
      objective.derivative(theta, new Direction(theta.parameters(), Precision.FLOAT), batch);
      double vector = theta.size() * (double) Float.BYTES;
      vectors()
          .forEach((optimizer, count) -> {
            long bytes =
                Allocation.ofCalls(
                    1,
                    (long) ((count + 0.05) * vector),
                    () -> {
                      OptimizerState state = optimizer.state(theta.parameters(), kernels);
                      optimizer.step(objective, theta, batch, state);
                      optimizer.step(objective, theta, batch, state);
                    });
            assertThat(bytes / vector).as("%s", optimizer).isCloseTo(count, within(0.05));
          });
    }
  }
}
