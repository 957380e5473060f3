package ijen.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ijen.graph.Batch;
import ijen.graph.Direction;
import ijen.graph.Gradient;
import ijen.graph.Graph;
import ijen.graph.GraphObjective;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Op;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.nn.Initializers;
import ijen.random.RandomStream;
import java.util.List;

/// Proves the derivatives of an op of one input, as a user can: in a small graph, in double.
final class OpCheck {
  private static final long SEED = Long.getLong("ijen.seed", 20260215);

  private OpCheck() {}

  static void backwardAndForwardAgreeWithDifferences(Op op) {
    Graph g = new Graph();
    Node w = g.parameter("w", Shape.of(7), Role.WEIGHT, Initializers.normal(1));
    // Products with the batch's numbers, so that no two parts of the gradient are weighed alike.
    Node loss = g.sum(g.multiply(g.apply(op, w), g.input("x", Shape.of(7))));
    var objective =
        new GraphObjective(
            g,
            loss,
            List.of(),
            3,
            Kernels.reference(),
            Mode.TRAINING,
            GraphObjective.Reduction.MEAN,
            SEED);
    Batch batch = objective.newBatch();
    RandomStream random = RandomStream.of(SEED, "batch", 0);
    for (int i = 0; i < batch.features().length(); i++) {
      batch.features().set(i, random.normal(i));
    }
    Theta theta = objective.parameters().initialize(Precision.DOUBLE, SEED);
    Gradient gradient = new Gradient(objective.parameters(), Precision.DOUBLE);
    objective.gradient(theta, batch, gradient);
    Direction v = new Direction(objective.parameters(), Precision.DOUBLE);
    double h = 1e-5;
    for (int i = 0; i < theta.size(); i++) {
      double centre = theta.values().get(i);
      theta.values().set(i, centre + h);
      double above = objective.value(theta, batch);
      theta.values().set(i, centre - h);
      double below = objective.value(theta, batch);
      theta.values().set(i, centre);
      v.values().fill(0);
      v.values().set(i, 1);
      double backward = gradient.values().get(i);
      String where = op.name() + ", number " + i + ", seed " + SEED;
      assertThat((above - below) / (2 * h)).as(where).isCloseTo(backward, within(1e-8));
      assertThat(objective.derivative(theta, v, batch))
          .as(where)
          .isCloseTo(backward, within(1e-13));
    }
  }
}
