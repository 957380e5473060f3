package ijen.graph;

import java.util.List;

/// A graph laid out for running: which ops, in which order, and where each intermediate value
/// lives.
///
/// The layout is computed for a largest batch, from lifetimes: two values whose lifetimes do not
/// overlap share memory. A forward plan therefore keeps only what the next ops read; a gradient
/// plan keeps a value until the last backward rule that reads it. Where an op can do the work of
/// the next one too, the two are fused ([Op#fuse]); where it can, an op works in place
/// ([Op#inPlace]). No number computed depends on any of this. A plan holds no numbers and may be
/// shared by any number of [Workspace]s on any threads.
public final class Plan {
  /// What a plan can compute.
  public enum Purpose {
    /// Outputs only.
    FORWARD,
    /// Outputs, then the gradient of the first of them by θ.
    GRADIENT,
    /// Outputs and their tangents along a direction of θ.
    TANGENT
  }

  private final Graph graph;
  private final List<Node> outputs;
  private final int capacity;
  private final Purpose purpose;
  private final Mode mode;
  private final Parameters parameters;
  private final Layout layout;

  private Plan(Graph graph, List<Node> outputs, int capacity, Purpose purpose, Mode mode) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "plan: expected room for 1 sample or more, got " + capacity);
    }
    for (Node output : outputs) {
      if (!(output.source() instanceof Node.Source.Result)) {
        throw new IllegalArgumentException(
            "plan: '" + output.name() + "' is given, not computed: expected the result of an op");
      }
    }
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("plan: expected an output to compute, got none");
    }
    this.graph = graph;
    this.outputs = List.copyOf(outputs);
    this.capacity = capacity;
    this.purpose = purpose;
    this.mode = mode;
    this.parameters = graph.parameters();
    this.layout = new Layout(graph, this.outputs, capacity, purpose, mode);
  }

  /// A plan that computes `outputs` for batches of up to `capacity` samples; in a
  /// [Purpose#GRADIENT] plan the first of them is the loss.
  public static Plan of(Graph graph, List<Node> outputs, int capacity, Purpose purpose, Mode mode) {
    return new Plan(graph, outputs, capacity, purpose, mode);
  }

  /// The graph.
  public Graph graph() {
    return graph;
  }

  /// What is computed; in a gradient plan the first is the loss.
  public List<Node> outputs() {
    return outputs;
  }

  /// The largest batch.
  public int capacity() {
    return capacity;
  }

  /// What the plan can compute.
  public Purpose purpose() {
    return purpose;
  }

  /// Whether it runs for training or evaluation.
  public Mode mode() {
    return mode;
  }

  /// The layout of θ.
  public Parameters parameters() {
    return parameters;
  }

  /// The length of a workspace in numbers, θ and the batch not included.
  public int size() {
    return layout.size();
  }

  /// Floating-point operations of one forward pass over a batch of `rows` samples.
  public long flops(int rows) {
    return layout.steps().stream()
        .mapToLong(step -> step.op().flops(step.inputForms(), step.node().form(), rows))
        .sum();
  }

  Layout layout() {
    return layout;
  }

  @Override
  public String toString() {
    return purpose
        + " plan for batches of up to "
        + capacity
        + ", "
        + size()
        + " numbers: "
        + layout.steps();
  }
}
