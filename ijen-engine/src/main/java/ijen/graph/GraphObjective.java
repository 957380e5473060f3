package ijen.graph;

import ijen.graph.Plan.Purpose;
import ijen.kernel.Buffer;
import ijen.kernel.Decay;
import ijen.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The loss of a [Graph] as an [Objective]: the mean, or the sum, of one number for each sample,
/// accumulated in double.
///
/// What a call does not need is not laid out: the plans for values, gradients and tangents are made
/// when first used.
public final class GraphObjective implements Objective {
  /// How the losses of a batch's samples become one number.
  public enum Reduction {
    /// Their mean: the usual choice; the learning rate then does not depend on the batch size.
    MEAN,
    /// Their sum.
    SUM
  }

  private final Graph graph;
  private final Node loss;
  private final List<Node> outputs;
  private final int capacity;
  private final Kernels kernels;
  private final Mode mode;
  private final Reduction reduction;
  private final long seed;
  private final Parameters parameters;
  private @Nullable Workspace forward;
  private @Nullable Workspace gradient;
  private @Nullable Workspace tangent;
  private @Nullable Workspace latest;

  /// The objective of a graph's loss.
  ///
  /// @param graph the network and its loss
  /// @param loss a node of one number, for each sample or for the whole batch
  /// @param watched further nodes whose values can be read after a call with [#watched]
  /// @param capacity the largest batch
  /// @param kernels what to compute with
  /// @param mode training, or evaluation
  /// @param reduction mean or sum over the batch
  /// @param seed the key of all random numbers
  public GraphObjective(
      Graph graph,
      Node loss,
      List<Node> watched,
      int capacity,
      Kernels kernels,
      Mode mode,
      Reduction reduction,
      long seed) {
    if (loss.shape().size() != 1) {
      throw new IllegalArgumentException(
          "a loss is one number for each sample; '"
              + loss.name()
              + "' has the form "
              + loss.form()
              + ": reduce it with mean or sum");
    }
    this.graph = graph;
    this.loss = loss;
    List<Node> all = new ArrayList<>(List.of(loss));
    all.addAll(watched);
    this.outputs = List.copyOf(all);
    this.capacity = capacity;
    this.kernels = kernels;
    this.mode = mode;
    this.reduction = reduction;
    this.seed = seed;
    this.parameters = graph.parameters();
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  /// A batch that fits the graph's inputs.
  public Batch newBatch() {
    return new Batch(kernels, capacity, graph.inputs().stream().map(Node::form).toList());
  }

  @Override
  public double value(Theta theta, Batch batch) {
    if (forward == null) {
      forward = workspace(Purpose.FORWARD);
    }
    latest = forward;
    forward.forward(theta, batch);
    return reduce(forward.value(loss), batch);
  }

  @Override
  public double gradient(Theta theta, Batch batch, Gradient into) {
    Workspace workspace = forGradient();
    workspace.forward(theta, batch);
    workspace.backward(into, factor(batch));
    return reduce(workspace.value(loss), batch);
  }

  @Override
  public double descend(
      Theta theta, Batch batch, double rate, Decay decay, Gradient room, Kernels kernels) {
    Workspace workspace = forGradient();
    workspace.forward(theta, batch);
    workspace.descend(theta, room, factor(batch), rate, decay);
    return reduce(workspace.value(loss), batch);
  }

  @Override
  public void settle(Theta theta) {
    if (latest != null) {
      latest.settle(theta);
    }
  }

  private Workspace forGradient() {
    if (gradient == null) {
      gradient = workspace(Purpose.GRADIENT);
    }
    latest = gradient;
    return gradient;
  }

  @Override
  public double derivative(Theta theta, Direction v, Batch batch) {
    Buffer derivative = forTangent(theta, v, batch).tangent(loss);
    return derivative == null ? 0 : reduce(derivative, batch);
  }

  @Override
  public void slope(Theta theta, Direction v, Batch batch, Slope into) {
    Workspace workspace = forTangent(theta, v, batch);
    Buffer derivative = workspace.tangent(loss);
    into.set(
        reduce(workspace.value(loss), batch), derivative == null ? 0 : reduce(derivative, batch));
  }

  private Workspace forTangent(Theta theta, Direction v, Batch batch) {
    if (tangent == null) {
      tangent = workspace(Purpose.TANGENT);
    }
    latest = tangent;
    tangent.tangent(theta, v, batch);
    return tangent;
  }

  /// The value that a watched node, or the loss before reduction, had in the latest call.
  public Buffer watched(Node node) {
    if (latest == null) {
      throw new IllegalStateException("nothing has been computed yet");
    }
    return latest.value(node);
  }

  /// The plan for the given purpose, as it would be laid out: for counting bytes and operations.
  public Plan plan(Purpose purpose) {
    return Plan.of(graph, outputs, capacity, purpose, mode);
  }

  private Workspace workspace(Purpose purpose) {
    return new Workspace(plan(purpose), kernels, seed);
  }

  private double reduce(Buffer values, Batch batch) {
    return factor(batch) * kernels.sum(values, loss.form().rows(batch.rows()));
  }

  private double factor(Batch batch) {
    return switch (reduction) {
      case MEAN -> 1.0 / loss.form().rows(batch.rows());
      case SUM -> 1;
    };
  }
}
