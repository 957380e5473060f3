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
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What flows through the layers of a network: the mean and spread of their outputs, and of the
/// gradients by them.
final class Flow {
  /// Outputs within this of the end of a sigmoid or tanh are saturated.
  private static final double END = 0.01;

  /// More numbers than this are not probed, by the memory that it takes.
  private static final long MOST = 20_000_000;

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
    Node[] watched = ends.values().stream().map(n -> copy.nodes().get(n.id())).toArray(Node[]::new);
    GraphObjective objective =
        new Traced(copy.graph(), copiedLoss, rows, traced.mode(), traced.reduction(), traced.seed())
            .objective(kernels, watched);
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
              kind.equals("relu") ? dead(values, units) : 0,
              saturated(kind, values),
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

  private static int dead(double[] values, int units) {
    int dead = 0;
    for (int unit = 0; unit < units; unit++) {
      boolean alive = false;
      for (int i = unit; i < values.length; i += units) {
        alive |= values[i] != 0;
      }
      dead += alive ? 0 : 1;
    }
    return dead;
  }

  private static double saturated(String kind, double[] values) {
    double low = kind.equals("tanh") ? -1 : 0;
    if (!kind.equals("tanh") && !kind.equals("sigmoid")) {
      return 0;
    }
    double margin = END * (1 - low);
    int count = 0;
    for (double value : values) {
      count += value < low + margin || value > 1 - margin ? 1 : 0;
    }
    return (double) count / values.length;
  }
}
