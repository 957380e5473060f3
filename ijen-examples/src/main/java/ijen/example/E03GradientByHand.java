package ijen.example;

import ijen.graph.Direction;
import ijen.graph.Gradient;
import ijen.graph.Graph;
import ijen.graph.GraphObjective;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.nn.Initializers;
import java.util.List;
import java.util.Locale;

/// One derivative, three ways: backward, forward, and by a difference of two losses.
///
/// Below the layers there is a graph of ops and one flat vector θ. Here both are written out, in
/// double precision: y = tanh(W·x + b) with two inputs and one output, and the squared distance
/// from a target.
public class E03GradientByHand {
  static void main() {
    Graph g = new Graph();
    Node x = g.input("x", Shape.of(2));
    Node target = g.input("target", Shape.of(1));
    Node w = g.parameter("W", Shape.of(1, 2), Role.WEIGHT, Initializers.xavier());
    Node b = g.parameter("b", Shape.of(1), Role.BIAS, Initializers.zeros());
    Node loss = g.meanSquaredError(g.tanh(g.affine(x, w, b)), target);

    Kernels kernels = Kernels.reference(); // double; Kernels.vector(…) computes in float
    var objective =
        new GraphObjective(
            g, loss, List.of(), 3, kernels, Mode.TRAINING, GraphObjective.Reduction.MEAN, 1);
    var batch = objective.newBatch(); // room for three samples
    batch.features().copyFrom(Buffer.of(0.5, -1.0, 2.0, 0.25, -0.75, 1.5));
    batch.targets().copyFrom(Buffer.of(0.3, -0.6, 0.9));
    Theta theta = objective.parameters().initialize(kernels.precision(), 1);

    // Backward: the whole gradient at once. θ is (W₁, W₂, b); we look at number 1, W₂.
    Gradient gradient = new Gradient(objective.parameters(), kernels.precision());
    double value = objective.gradient(theta, batch, gradient);
    print("loss", value);
    print("backward", gradient.values().get(1));

    // Forward: the derivative along a direction, here along W₂, without a backward pass.
    Direction direction = new Direction(objective.parameters(), kernels.precision());
    direction.values().set(1, 1);
    print("forward", objective.derivative(theta, direction, batch));

    // By hand: move W₂ a little to either side and look at the losses.
    double h = 1e-5;
    double centre = theta.values().get(1);
    theta.values().set(1, centre + h);
    double above = objective.value(theta, batch);
    theta.values().set(1, centre - h);
    double below = objective.value(theta, batch);
    print("difference", (above - below) / (2 * h));
  }

  private static void print(String what, double value) {
    IO.println(String.format(Locale.ROOT, "%-10s %.9f", what, value));
  }
}
