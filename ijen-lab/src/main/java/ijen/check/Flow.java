package ijen.check;

import ijen.check.SanityReport.LayerFlow;
import ijen.graph.Batch;
import ijen.graph.Gradient;
import ijen.graph.GraphObjective;
import ijen.graph.Node;
import ijen.graph.Node.Source;
import ijen.graph.Op;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.nn.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What flows through the layers of a network: the mean and spread of their outputs, and of the
/// gradients by them.
final class Flow {
  /// More numbers than this are not probed, by the memory that it takes.
  private static final long MOST = 20_000_000;

  /// Nor is the derivative taken of an activation of more numbers than this, which takes several
  /// arrays of them.
  private static final int MOST_ACTIVATED = 5_000_000;

  private Flow() {}

  /// What the layers of `traced` do with the samples of `batch`.
  ///
  /// @param network whose layers they are
  /// @param trained what to note in the result
  static List<LayerFlow> measure(
      Traced traced, Network network, Theta theta, Batch batch, Kernels kernels, boolean trained) {
    Map<String, Node> ends = ends(traced, network);
    int rows = batch.rows();
    long numbers = ends.values().stream().mapToLong(n -> (long) n.form().elements(rows)).sum();
    Set<Node> probed = numbers <= MOST ? Set.copyOf(ends.values()) : Set.of();
    GraphCopy copy = GraphCopy.probed(traced.graph(), probed::contains, rows);
    Node copiedLoss = copy.nodes().get(traced.loss().id());
    Set<Node> watch = new LinkedHashSet<>();
    for (Node end : ends.values()) {
      watch.add(copy.nodes().get(end.id()));
      Node x = activated(end);
      if (x != null) {
        watch.add(copy.nodes().get(x.id()));
      }
    }
    GraphObjective objective =
        new Traced(copy.graph(), copiedLoss, rows, traced.mode(), traced.reduction(), traced.seed())
            .objective(kernels, watch.toArray(Node[]::new));
    Gradient gradient = new Gradient(copy.graph().parameters(), kernels.precision());
    objective.gradient(copy.theta(theta), NotFinite.withNumbers(batch, kernels), gradient);
    List<LayerFlow> flows = new ArrayList<>();
    ends.forEach((name, end) -> {
      double[] values = numbers(objective.watched(copy.nodes().get(end.id())), end, rows);
      String probe = copy.probes().get(end.id());
      double[] slopes =
          probe.isEmpty()
              ? new double[] {Double.NaN}
              : gradient.slice(copy.graph().parameters().get(probe)).toDoubles();
      Node x = activated(end);
      Steepness steepness = null;
      if (x != null
          && values.length <= MOST_ACTIVATED
          && end.source() instanceof Source.Result(Op op, var _)) {
        double[] before = numbers(objective.watched(copy.nodes().get(x.id())), x, rows);
        steepness = Steepness.of(op, before, values, kernels);
      }
      String kind = end.source() instanceof Source.Result(Op op, var _) ? op.name() : "";
      int units = end.shape().size();
      flows.add(
          new LayerFlow(
              name,
              kind,
              mean(values),
              deviation(values),
              mean(slopes),
              deviation(slopes),
              units,
              steepness == null ? 0 : steepness.dead(units),
              steepness == null ? 0 : steepness.saturated(),
              trained));
    });
    return flows;
  }

  /// The last value of each layer: all nodes of one have its name before a point.
  private static Map<String, Node> ends(Traced traced, Network network) {
    List<String> layers = network.rows().stream().map(Network.Row::name).toList();
    Map<String, Node> ends = new LinkedHashMap<>();
    for (Node node : traced.graph().nodes()) {
      int point = node.name().indexOf('.');
      String layer = point < 0 ? "" : node.name().substring(0, point);
      if (layers.contains(layer) && node.source() instanceof Source.Result) {
        ends.put(layer, node);
      }
    }
    return ends;
  }

  /// What the op that ends a layer was given, if it may be an activation: one value computed by
  /// another op, from which it makes as many numbers.
  private static @Nullable Node activated(Node end) {
    return end.source() instanceof Source.Result(_, List<Node> inputs)
            && inputs.size() == 1
            && inputs.getFirst().source() instanceof Source.Result
            && inputs.getFirst().form().equals(end.form())
        ? inputs.getFirst()
        : null;
  }

  private static double[] numbers(Buffer values, Node node, int rows) {
    return values.slice(0, node.form().elements(rows)).toDoubles();
  }

  private static double mean(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value;
    }
    return sum / x.length;
  }

  private static double deviation(double[] x) {
    double mean = mean(x);
    double sum = 0;
    for (double value : x) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / x.length);
  }
}
