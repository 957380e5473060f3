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
///
/// The constructor tells the story: pairs of ops are fused where one does the work of both, each
/// value gets a [Region] that lasts until its last reader, an op that can work in place takes over
/// the region of an input that ends there, and what does not last at the same time shares memory.
final class Layout {
  private final List<Node> outputs;
  private final int capacity;
  private final Purpose purpose;
  private final Mode mode;
  private final List<Step> steps = new ArrayList<>();
  private final Map<Node, Step> byNode = new HashMap<>();
  private final Map<Node, List<Node>> readers = new HashMap<>();
  private final boolean[] active;
  private final boolean[] gradientReaches;
  private final int size;

  Layout(Graph graph, List<Node> outputs, int capacity, Purpose purpose, Mode mode) {
    this.outputs = outputs;
    this.capacity = capacity;
    this.purpose = purpose;
    this.mode = mode;
    this.active = new boolean[graph.nodes().size()];
    this.gradientReaches = new boolean[graph.parameters().count()];
    schedule(graph);
    steps.forEach(this::forwardLife);
    steps.forEach(this::takeOverValue);
    switch (purpose) {
      case FORWARD -> {}
      case TANGENT -> {
        steps.forEach(this::tangentLife);
        steps.forEach(this::takeOverTangent);
      }
      case GRADIENT -> {
        Step loss = byNode.get(outputs.getFirst());
        if (loss != null) {
          loss.derivative(new Region(elements(loss.node()), steps.size()));
        }
        steps.reversed().forEach(this::backwardLife);
      }
    }
    this.size =
        Region.place(steps.stream().flatMap(step -> step.regions().stream()).distinct().toList());
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

  /// Whether only one op reads the node's value.
  boolean hasOneReader(Node node) {
    return readers.getOrDefault(node, List.of()).size() == 1;
  }

  /// The length of memory needed.
  int size() {
    return size;
  }

  // ------------------------------------------------------------------ what is computed

  /// The ops on which the outputs depend, in order, and which of them depend on θ.
  private void schedule(Graph graph) {
    for (Node node : graph.nodes().reversed()) {
      if (needed(node) && node.source() instanceof Source.Result result) {
        result
            .inputs()
            .forEach(input -> readers.computeIfAbsent(input, _ -> new ArrayList<>()).add(node));
      }
    }
    for (Node node : graph.nodes()) {
      switch (node.source()) {
        case Source.Input _, Source.Running _ -> {}
        case Source.Slice _ -> active[node.id()] = true;
        case Source.Result result -> {
          for (int j = 0; j < result.inputs().size(); j++) {
            active[node.id()] |=
                active[result.inputs().get(j).id()] && result.op().differentiable(j);
          }
        }
      }
    }
    for (Node node : graph.nodes()) {
      if (needed(node)
          && node.source() instanceof Source.Result result
          && !byNode.containsKey(node)) {
        add(node, result);
      }
    }
  }

  private boolean needed(Node node) {
    return outputs.contains(node) || readers.containsKey(node);
  }

  /// Adds the op that computes `node`; or, if nobody but one further op is to see that value and
  /// the two can be fused, the op that computes what that one does.
  ///
  /// It stands where the first of the two stood: gradients are added up in the same order, fused or
  /// not.
  private void add(Node node, Source.Result result) {
    List<Node> next = readers.getOrDefault(node, List.of());
    if (next.size() == 1
        && !outputs.contains(node)
        && next.getFirst().source() instanceof Source.Result(Op op, List<Node> inputs)
        && inputs.size() == 1) {
      Op both = result.op().fuse(op);
      if (both != null) {
        add(next.getFirst(), new Source.Result(both, result.inputs()));
        return;
      }
    }
    Step step = new Step(steps.size(), node, result, elements(node), active[node.id()]);
    steps.add(step);
    byNode.put(node, step);
  }

  // ------------------------------------------------------------------ how long it is needed

  /// A value lives until the last op that reads it, in a gradient plan backward rules included, and
  /// an output to the end.
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
    if (outputs.contains(step.node())) {
      step.value().readAt(end());
    }
    for (int perRow : step.op().savedPerRow(step.inputForms(), mode)) {
      Region saved = perRow(step, perRow, step.index());
      saved.readAt(back ? backward : step.index());
      step.saved().add(saved);
    }
    for (int numbers : step.op().savedPerBatch(step.inputForms(), mode)) {
      Region saved = new Region(numbers, step.index());
      saved.readAt(end());
      step.saved().add(saved);
    }
  }

  /// A tangent lives as long as its value's forward readers need it.
  private void tangentLife(Step step) {
    if (step.active()) {
      Region own = new Region(elements(step.node()), step.index());
      if (outputs.contains(step.node())) {
        own.readAt(end());
      }
      step.derivative(own);
      for (Node input : step.inputs()) {
        Step producer = byNode.get(input);
        Region tangent = producer == null ? null : producer.derivative();
        if (tangent != null) {
          tangent.readAt(step.index());
        }
      }
      scratch(step, step.index());
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
      step.targets().add(wanted ? contribution(step, j) : new Target.Nowhere());
    }
    if (step.differentiated()) {
      scratch(step, backwardTime(step));
    }
  }

  private Target contribution(Step step, int j) {
    Node input = step.inputs().get(j);
    int time = backwardTime(step);
    if (input.source() instanceof Source.Slice(Parameter parameter)) {
      if (!gradientReaches[parameter.index()]) {
        gradientReaches[parameter.index()] = true;
        return new Target.Direct();
      }
    } else {
      Step producer = byNode.get(input);
      if (producer != null && producer.derivative() == null) {
        Region inPlace = j == 0 && producer == replaceable(step) ? step.derivative() : null;
        producer.derivative(inPlace != null ? inPlace : new Region(elements(input), time));
        return new Target.Direct();
      }
    }
    return new Target.Added(new Region(elements(input), time));
  }

  /// What a rule needs for itself.
  private void scratch(Step step, int time) {
    int perRow = step.op().scratchPerRow(step.inputForms(), purpose);
    if (perRow > 0) {
      step.scratch(perRow(step, perRow, time));
    }
  }

  // ------------------------------------------------------------------ what is done in place

  /// The output takes the place of input 0 if nobody reads that later, or if it is the same
  /// numbers.
  private void takeOverValue(Step step) {
    Step producer = replaceable(step);
    boolean tangentReads =
        purpose == Purpose.TANGENT && step.active() && step.op().backwardReadsInput(0);
    if (producer != null
        && !tangentReads
        && (step.op().isView() || producer.value().end() == step.index())) {
      step.value(producer.value().continuedBy(step.value()));
    }
  }

  /// Likewise the output's tangent that of input 0.
  private void takeOverTangent(Step step) {
    Step producer = replaceable(step);
    Region own = step.derivative();
    Region tangent = producer == null ? null : producer.derivative();
    if (own != null && tangent != null && tangent.end() == step.index()) {
      step.derivative(tangent.continuedBy(own));
    }
  }

  /// The op that computes input 0, if `step` can take over its memory: it works in place, its
  /// output always has as many numbers, and it does not read the same value as another input too.
  private @Nullable Step replaceable(Step step) {
    if (!step.op().inPlace()) {
      return null;
    }
    Node input = step.inputs().getFirst();
    Form form = step.node().form();
    boolean fits =
        input.form().batched() == form.batched() && input.shape().size() == form.shape().size();
    Step producer = byNode.get(input);
    boolean alone =
        producer != null
            && step.inputs().stream()
                .skip(1)
                .noneMatch(other -> other == input || value(other) == producer.value());
    return fits && alone ? producer : null;
  }

  private @Nullable Region value(Node node) {
    Step producer = byNode.get(node);
    return producer == null ? null : producer.value();
  }

  // --------------------------------------------------------------------------

  private int backwardTime(Step step) {
    return 2 * steps.size() - 1 - step.index();
  }

  /// When all is over.
  private int end() {
    return 2 * steps.size();
  }

  private int elements(Node node) {
    return node.form().elements(capacity);
  }

  private Region perRow(Step step, int numbers, int time) {
    return new Region(Math.multiplyExact(numbers, step.node().form().rows(capacity)), time);
  }
}
