package ijen.check;

import ijen.graph.Graph;
import ijen.graph.GraphObjective;
import ijen.graph.GraphObjective.Reduction;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Shape;
import ijen.kernel.Kernels;
import ijen.loss.Loss;
import ijen.nn.Network;
import java.util.List;

/// A graph with its loss, of which objectives can be made.
///
/// @param graph the graph
/// @param loss its loss
/// @param rows the largest batch
/// @param mode training or evaluation
/// @param reduction mean or sum over the samples
/// @param seed the key of what is random
record Traced(Graph graph, Node loss, int rows, Mode mode, Reduction reduction, long seed) {

  /// A network and its loss, the mean over the samples; the inputs are features and target.
  static Traced of(Network network, Loss loss, Shape target, int rows, Mode mode, long seed) {
    Graph g = new Graph();
    Node x = g.input("features", network.input());
    Node y = g.input("target", target);
    Node losses = loss.apply(g.scope("loss", loss.name()), network.build(g, x), y);
    return new Traced(g, losses, rows, mode, Reduction.MEAN, seed);
  }

  /// Its objective.
  GraphObjective objective(Kernels kernels, Node... watched) {
    return new GraphObjective(graph, loss, List.of(watched), rows, kernels, mode, reduction, seed);
  }
}
