package ijen.check;

import ijen.graph.Graph;
import ijen.graph.Node;
import ijen.graph.Node.Source;
import ijen.graph.Op;
import ijen.graph.Parameter;
import ijen.graph.Shape;
import ijen.graph.Statistic;
import ijen.graph.Theta;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// The same graph again, with other ops in place of its own, or with probes: zeros that are added
/// to a value, so that the gradient by them is the gradient by the value.
///
/// Nodes keep their names, and with them what random ops draw. The last input of a copy with probes
/// is the number of the sample, one-hot (see [Inputs]).
///
/// @param graph the copy
/// @param nodes the copy of each node, by the original's id; with its probe
/// @param probes the parameter behind the probe of each node, by the original's id; empty for none
record GraphCopy(Graph graph, List<Node> nodes, List<String> probes) {
  GraphCopy {
    nodes = List.copyOf(nodes);
    probes = List.copyOf(probes);
  }

  /// A copy with other ops.
  static GraphCopy of(Graph original, UnaryOperator<Op> ops) {
    return copy(original, ops, _ -> false, 0);
  }

  /// A copy with probes at some nodes, for batches of up to `rows` samples.
  static GraphCopy probed(Graph original, Predicate<Node> probed, int rows) {
    return copy(original, op -> op, probed, rows);
  }

  private static GraphCopy copy(
      Graph original, UnaryOperator<Op> ops, Predicate<Node> probed, int rows) {
    Graph g = new Graph();
    List<Node> inputs = new ArrayList<>();
    for (Node input : original.inputs()) {
      inputs.add(g.input(input.name(), input.shape()));
    }
    Node oneHot = rows > 0 ? g.input("sample's number", Shape.of(rows)) : null;
    List<Node> nodes = new ArrayList<>();
    List<String> probes = new ArrayList<>();
    for (Node node : original.nodes()) {
      Node copy =
          switch (node.source()) {
            case Source.Input(int index) -> inputs.get(index);
            case Source.Slice(Parameter p) ->
                g.parameter(p.name(), p.shape(), p.role(), p.initializer());
            case Source.Running(Statistic s) -> g.statistic(s.name(), s.shape(), s.initial());
            case Source.Result(Op op, List<Node> arguments) ->
                scope(g, node)
                    .apply(
                        ops.apply(op),
                        arguments.stream().map(a -> nodes.get(a.id())).toArray(Node[]::new));
          };
      String probe = "";
      if (oneHot != null && probed.test(node)) {
        probe = "probe " + node.id();
        copy = Inputs.probed(g, copy, probe, oneHot);
      }
      nodes.add(copy);
      probes.add(probe);
    }
    return new GraphCopy(g, nodes, probes);
  }

  /// The scope in which an op's node gets the same name.
  private static Graph scope(Graph g, Node node) {
    int end = node.name().lastIndexOf('.');
    return end < 0 ? g : g.scope("layer", node.name().substring(0, end));
  }

  /// θ of the original in the layout of the copy; probes are zero.
  Theta theta(Theta original) {
    Theta theta = new Theta(graph.parameters(), original.values().precision());
    for (Parameter parameter : original.parameters()) {
      theta.slice(graph.parameters().get(parameter.name())).copyFrom(original.slice(parameter));
    }
    theta.statistics().copyFrom(original.statistics()); // in the same order
    return theta;
  }
}
