package ijen.check;

import static ijen.check.Subject.INPUT;

import ijen.graph.Batch;
import ijen.graph.Form;
import ijen.graph.Graph;
import ijen.graph.GraphObjective.Reduction;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Node.Source;
import ijen.graph.Op;
import ijen.graph.Parameter;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// A single op under examination, and what surrounds it.
///
/// @param op the op
/// @param arguments the nodes of its inputs
/// @param slots the slot of each input; null where it is not differentiable
/// @param output the node of its output
/// @param upstream the input of the batch that holds the gradient by the output, over [#UPSTREAM]
record OpSubject(
    Op op, List<Node> arguments, List<@Nullable Slot> slots, Node output, int upstream) {
  /// The op's gradient by its output is this times the random numbers in the batch.
  static final double UPSTREAM = -2;

  /// An op on numbers of the kinds that it takes.
  static Subject of(Op op, List<Argument> arguments, CheckSettings settings) {
    List<LongToDoubleFunction> numbers = new ArrayList<>();
    for (int j = 0; j < arguments.size(); j++) {
      numbers.add(arguments.get(j).drawn(RandomStream.of(settings.seed(), INPUT + " " + j, 0)));
    }
    List<Boolean> varied = new ArrayList<>();
    for (int j = 0; j < arguments.size(); j++) {
      boolean classes = arguments.get(j).kind() == Argument.Kind.CLASSES;
      varied.add(op.differentiable(j) && !classes);
    }
    List<Form> forms = arguments.stream().map(Argument::form).toList();
    return of(op.name(), op, forms, varied, numbers, settings);
  }

  /// An op on given numbers; `varied` says of which inputs the derivative is wanted.
  static Subject of(
      String title,
      Op op,
      List<Form> forms,
      List<Boolean> varied,
      List<LongToDoubleFunction> numbers,
      CheckSettings settings) {
    int rows = settings.rows();
    Graph g = new Graph();
    Node oneHot = g.input("sample's number", Shape.of(rows));
    List<Node> arguments = new ArrayList<>();
    for (int j = 0; j < forms.size(); j++) {
      String name = INPUT + " " + j;
      Form form = forms.get(j);
      if (!form.batched()) {
        arguments.add(g.parameter(name, form.shape(), Role.WEIGHT, (v, s, r) -> v.fill(0)));
      } else if (varied.get(j)) {
        arguments.add(Inputs.ofColumns(g, name, form.shape(), oneHot));
      } else {
        arguments.add(g.input(name, form.shape()));
      }
    }
    Node y = g.apply(op, arguments.toArray(Node[]::new));
    Node upstream = g.input("upstream", y.shape());
    int upstreamIndex = g.inputs().size() - 1;
    // The scale works in the place of y, if the op says that it does not need y again.
    Node loss = g.sum(g.multiply(g.scale(y, UPSTREAM), upstream));
    Traced traced = new Traced(g, loss, rows, Mode.TRAINING, Reduction.SUM, settings.seed());
    Theta theta = new Theta(g.parameters(), Precision.DOUBLE);
    Batch batch = batch(g, rows, settings.seed(), upstreamIndex);
    List<Slot> slots = new ArrayList<>();
    List<@Nullable Slot> byInput = new ArrayList<>();
    for (int j = 0; j < forms.size(); j++) {
      Form form = forms.get(j);
      String name = INPUT + " " + j;
      if (arguments.get(j).source() instanceof Source.Input(int index)) {
        Buffer values = batch.input(index);
        for (int i = 0; i < values.length(); i++) {
          values.set(i, numbers.get(j).applyAsDouble(i));
        }
        byInput.add(null);
        continue;
      }
      Parameter parameter = g.parameters().get(name);
      Slot slot =
          form.batched() ? Slot.ofColumns(name, parameter, form.shape(), rows) : Slot.of(parameter);
      Subject.fill(theta, slot, numbers.get(j));
      byInput.add(varied.get(j) ? slot : null);
      if (varied.get(j)) {
        slots.add(slot);
      }
    }
    Map<String, Integer> counts = Subject.counts(rows, slots);
    for (int dimension : y.shape().dimensions()) {
      counts.putIfAbsent("outputs", dimension);
    }
    return new Subject(
        title,
        traced.objective(Kernels.reference()),
        theta,
        batch,
        slots,
        counts,
        traced,
        new OpSubject(op, arguments, byInput, y, upstreamIndex));
  }

  /// The batch of an op's or layer's graph: each sample's own number, and an upstream gradient of
  /// normal numbers.
  static Batch batch(Graph g, int rows, long seed, int upstream) {
    Batch batch = new Batch(Precision.DOUBLE, rows, g.inputs().stream().map(Node::form).toList());
    Subject.identity(batch.input(0), rows);
    RandomStream random = RandomStream.of(seed, "upstream", 0);
    Buffer d = batch.input(upstream);
    for (int i = 0; i < d.length(); i++) {
      d.set(i, random.normal(i));
    }
    batch.begin(rows, 0);
    return batch;
  }
}
