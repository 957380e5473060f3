package ijen.graph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One op of a plan and its memory.
final class Step {
  /// Where a backward rule writes the gradient of one of its inputs.
  sealed interface Target {
    /// Nobody wants it.
    record Nowhere() implements Target {}

    /// Straight to its place, as its first or only contribution.
    record Direct() implements Target {}

    /// To memory of its own, to be added to its place after the rule has run.
    record Added(Region scratch) implements Target {}
  }

  private final int index;
  private final Node node;
  private final Node.Source.Result source;
  private final List<Region> saved = new ArrayList<>();
  private final List<Target> targets = new ArrayList<>();
  private final boolean active;
  private Region value;
  private @Nullable Region derivative;
  private @Nullable Region scratch;

  /// @param index the op's place in the schedule
  /// @param node the value that it computes
  /// @param source from what: the node's own source, or with another op fused into it
  /// @param active whether the value depends differentiably on θ
  Step(int index, Node node, Node.Source.Result source, int size, boolean active) {
    this.index = index;
    this.node = node;
    this.source = source;
    this.value = new Region(size, index);
    this.active = active;
  }

  int index() {
    return index;
  }

  Node node() {
    return node;
  }

  Op op() {
    return source.op();
  }

  List<Node> inputs() {
    return source.inputs();
  }

  List<Form> inputForms() {
    return inputs().stream().map(Node::form).toList();
  }

  boolean active() {
    return active;
  }

  /// Whether the plan differentiates this op: it depends on θ, and the loss on it.
  boolean differentiated() {
    return active && derivative != null;
  }

  Region value() {
    return value;
  }

  void value(Region region) {
    value = region;
  }

  List<Region> saved() {
    return saved;
  }

  /// The gradient in a gradient plan, the tangent in a tangent plan.
  @Nullable Region derivative() {
    return derivative;
  }

  void derivative(Region region) {
    derivative = region;
  }

  /// For the rule's own use.
  @Nullable Region scratch() {
    return scratch;
  }

  void scratch(Region region) {
    scratch = region;
  }

  /// One for each input.
  List<Target> targets() {
    return targets;
  }

  /// Everything it owns, or shares with an op whose memory it took over.
  List<Region> regions() {
    List<Region> all = new ArrayList<>(saved);
    all.add(value);
    if (derivative != null) {
      all.add(derivative);
    }
    if (scratch != null) {
      all.add(scratch);
    }
    for (Target target : targets) {
      if (target instanceof Target.Added(Region scratch)) {
        all.add(scratch);
      }
    }
    return all;
  }

  /// The node's name, and the op where it is not the node's own.
  @Override
  public String toString() {
    return source.equals(node.source()) ? node.name() : node.name() + " (" + op().name() + ")";
  }
}
