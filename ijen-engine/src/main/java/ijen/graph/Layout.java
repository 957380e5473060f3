package ijen.graph;

import ijen.graph.Node.Source;
import ijen.graph.Plan.Purpose;
import ijen.graph.Step.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds for a [Plan] the order of ops, what of them is differentiated, and a place for every
/// value.
final class Layout {
  private final List<Node> outputs;
  private final int capacity;
  private final Purpose purpose;
  private final List<Step> steps = new ArrayList<>();
  private final Map<Node, Step> byNode = new HashMap<>();
  private final boolean[] active;
  private final boolean[] gradientReaches;
  private final int size;

  Layout(Graph graph, List<Node> outputs, int capacity, Purpose purpose) {
    this.outputs = outputs;
    this.capacity = capacity;
    this.purpose = purpose;
    this.active = new boolean[graph.nodes().size()];
    this.gradientReaches = new boolean[graph.parameters().count()];
    schedule(graph);
    steps.forEach(this::forwardLife);
    switch (purpose) {
      case FORWARD -> {}
      case TANGENT -> steps.forEach(this::tangentLife);
      case GRADIENT -> {
        Step loss = byNode.get(outputs.getFirst());
        if (loss != null) {
          loss.derivative(new Region(elements(loss.node()), steps.size()));
        }
        steps.reversed().forEach(this::backwardLife);
      }
    }
    for (Node output : outputs) {
      Step step = byNode.get(output);
      if (step != null) {
        step.value().readAt(2 * steps.size());
        Region derivative = step.derivative();
        if (derivative != null) {
          derivative.readAt(2 * steps.size());
        }
      }
    }
    this.size = Region.place(steps.stream().flatMap(step -> step.regions().stream()).toList());
  }

  List<Step> steps() {
    return steps;
  }

  @Nullable Step step(Node node) {
    return byNode.get(node);
  }

  boolean gradientReaches(Parameter parameter) {
    return gradientReaches[parameter.index()];
  }

  /// The length of memory needed.
  int size() {
    return size;
  }

  /// The ops on which the outputs depend, in order, and which of them depend on θ.
  private void schedule(Graph graph) {
    boolean[] needed = new boolean[active.length];
    outputs.forEach(output -> needed[output.id()] = true);
    for (Node node : graph.nodes().reversed()) {
      if (needed[node.id()] && node.source() instanceof Source.Result result) {
        result.inputs().forEach(input -> needed[input.id()] = true);
      }
    }
    for (Node node : graph.nodes()) {
      switch (node.source()) {
        case Source.Input _ -> {}
        case Source.Slice _ -> active[node.id()] = true;
        case Source.Result result -> {
          for (int j = 0; j < result.inputs().size(); j++) {
            active[node.id()] |=
                active[result.inputs().get(j).id()] && result.op().differentiable(j);
          }
          if (needed[node.id()]) {
            Step step = new Step(steps.size(), node, result, elements(node), active[node.id()]);
            steps.add(step);
            byNode.put(node, step);
          }
        }
      }
    }
  }

  /// A value lives until the last op that reads it, in a gradient plan backward rules included.
  private void forwardLife(Step step) {
    boolean back = purpose == Purpose.GRADIENT && step.active();
    int backward = backwardTime(step);
    for (int j = 0; j < step.inputs().size(); j++) {
      Step producer = byNode.get(step.inputs().get(j));
      if (producer != null) {
        boolean again = back && step.op().backwardReadsInput(j);
        producer.value().readAt(again ? backward : step.index());
      }
    }
    if (back && step.op().backwardReadsOutput()) {
      step.value().readAt(backward);
    }
    for (int perRow : step.op().savedPerRow(step.inputForms())) {
      Region saved =
          new Region(Math.multiplyExact(perRow, step.node().form().rows(capacity)), step.index());
      saved.readAt(back ? backward : step.index());
      step.saved().add(saved);
    }
  }

  /// A tangent lives as long as its value's forward readers need it.
  private void tangentLife(Step step) {
    if (step.active()) {
      step.derivative(new Region(elements(step.node()), step.index()));
      for (Node input : step.inputs()) {
        Step producer = byNode.get(input);
        Region tangent = producer == null ? null : producer.derivative();
        if (tangent != null) {
          tangent.readAt(step.index());
        }
      }
    }
  }

  /// A gradient lives from the first rule that contributes to it until its own op's rule.
  private void backwardLife(Step step) {
    Region gradient = step.derivative();
    if (gradient != null) {
      gradient.readAt(backwardTime(step));
    }
    for (int j = 0; j < step.inputs().size(); j++) {
      boolean wanted =
          step.differentiated() && active[step.inputs().get(j).id()] && step.op().differentiable(j);
      step.targets()
          .add(
              wanted
                  ? contribution(step.inputs().get(j), backwardTime(step))
                  : new Target.Nowhere());
    }
  }

  private Target contribution(Node input, int time) {
    if (input.source() instanceof Source.Slice(Parameter parameter)) {
      if (!gradientReaches[parameter.index()]) {
        gradientReaches[parameter.index()] = true;
        return new Target.Direct();
      }
    } else {
      Step producer = byNode.get(input);
      if (producer != null && producer.derivative() == null) {
        producer.derivative(new Region(elements(input), time));
        return new Target.Direct();
      }
    }
    return new Target.Added(new Region(elements(input), time));
  }

  private int backwardTime(Step step) {
    return 2 * steps.size() - 1 - step.index();
  }

  private int elements(Node node) {
    return node.form().elements(capacity);
  }
}
