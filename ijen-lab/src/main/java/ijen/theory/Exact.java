package ijen.theory;

import ijen.graph.Batch;
import ijen.graph.Gradient;
import ijen.graph.Graph;
import ijen.graph.GraphObjective;
import ijen.graph.GraphObjective.Reduction;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import java.util.List;

/// A loss as the engine computes it, in double, with room for θ, its gradient and a batch.
final class Exact {
  private final GraphObjective objective;
  private final Theta theta;
  private final Gradient gradient;
  private final Batch batch;

  /// The loss of a graph, reduced over batches of `rows`.
  Exact(Graph g, Node loss, int rows, Reduction reduction) {
    this(g, loss, List.of(), rows, reduction);
  }

  Exact(Graph g, Node loss, List<Node> watched, int rows, Reduction reduction) {
    objective =
        new GraphObjective(
            g, loss, watched, rows, Kernels.reference(), Mode.TRAINING, reduction, 0);
    theta = new Theta(objective.parameters(), Precision.DOUBLE);
    gradient = new Gradient(objective.parameters(), Precision.DOUBLE);
    batch = objective.newBatch();
  }

  GraphObjective objective() {
    return objective;
  }

  Theta theta() {
    return theta;
  }

  Batch batch() {
    return batch;
  }

  /// Sets a parameter.
  void set(String parameter, double[] values) {
    theta.slice(objective.parameters().get(parameter)).copyFrom(Buffer.of(values));
  }

  /// Sets an input of one sample.
  void input(int index, int row, double... values) {
    Buffer input = batch.input(index);
    for (int i = 0; i < values.length; i++) {
      input.set(row * values.length + i, values[i]);
    }
  }

  double value() {
    return objective.value(theta, batch);
  }

  /// Computes all gradients.
  void differentiate() {
    objective.gradient(theta, batch, gradient);
  }

  /// The gradient by a parameter, as last computed.
  double[] gradient(String parameter) {
    return gradient.slice(objective.parameters().get(parameter)).toDoubles();
  }
}
