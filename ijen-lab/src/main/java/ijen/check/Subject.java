package ijen.check;

import ijen.data.Dataset;
import ijen.graph.Batch;
import ijen.graph.Graph;
import ijen.graph.GraphObjective.Reduction;
import ijen.graph.Mode;
import ijen.graph.Node;
import ijen.graph.Node.Source;
import ijen.graph.Objective;
import ijen.graph.Op;
import ijen.graph.Parameter;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.kernel.Buffer;
import ijen.kernel.Kernels;
import ijen.kernel.Precision;
import ijen.loss.Loss;
import ijen.nn.Layer;
import ijen.nn.Network;
import ijen.random.RandomStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// What is checked: a loss in double, a point, samples, and the tensors to look at.
///
/// @param title what it is called
/// @param objective the loss, in double
/// @param theta the point
/// @param batch the samples
/// @param slots the tensors
/// @param counts the sizes that a wrong factor may come from, with what they count
/// @param traced the graph behind it, if there is one
/// @param op the op that it is about, if it is a single one
record Subject(
    String title,
    Objective objective,
    Theta theta,
    Batch batch,
    List<Slot> slots,
    Map<String, Integer> counts,
    @Nullable Traced traced,
    @Nullable OpSubject op) {
  static final String INPUT = "input";

  /// An objective of the user's own.
  static Subject of(String title, Objective objective, Theta theta, Batch batch) {
    if (theta.values().precision() != Precision.DOUBLE) {
      throw new IllegalArgumentException(
          "gradient check: expected θ and objective in DOUBLE, got FLOAT: differences of float"
              + " losses are too coarse");
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("samples", batch.rows());
    List<Slot> slots = theta.parameters().list().stream().map(Slot::of).toList();
    return new Subject(
        title, objective, theta.copy(Precision.DOUBLE), batch, slots, counts, null, null);
  }

  /// A network with its loss on samples of a data set.
  ///
  /// @param at the point; null for the first values
  static Subject of(
      Network network, Loss loss, Dataset data, @Nullable Theta at, CheckSettings settings) {
    int rows = Math.min(settings.rows(), data.size());
    boolean byInput = inputDiffers(network);
    Graph g = new Graph();
    Node first = byInput ? g.input("sample's number", Shape.of(rows)) : null;
    Node x =
        first == null
            ? g.input(INPUT, network.input())
            : Inputs.ofColumns(g, INPUT, network.input(), first);
    Node target = g.input("target", data.target());
    Node output = network.build(g, x);
    Node losses = loss.apply(g.scope("loss", loss.name()), output, target);
    Traced traced = new Traced(g, losses, rows, Mode.TRAINING, Reduction.MEAN, settings.seed());
    Objective objective = traced.objective(Kernels.reference());
    Theta theta = g.parameters().initialize(Precision.DOUBLE, settings.seed());
    if (at != null) {
      for (Parameter parameter : at.parameters()) {
        theta.slice(g.parameters().get(parameter.name())).copyFrom(at.slice(parameter));
      }
      theta.statistics().copyFrom(at.statistics());
    }
    jitter(theta, settings);
    Batch batch = new Batch(Precision.DOUBLE, rows, g.inputs().stream().map(Node::form).toList());
    int[] order = drawn(data.size(), settings.seed());
    Buffer features =
        byInput ? Buffer.allocate(Precision.DOUBLE, rows * network.input().size()) : batch.input(0);
    for (int row = 0; row < rows; row++) {
      data.putFeatures(order[row], row, features);
      data.putTarget(order[row], row, batch.input(1));
    }
    batch.begin(rows, 0);
    List<Slot> slots = new ArrayList<>();
    for (Parameter parameter : g.parameters()) {
      if (byInput && parameter.name().equals(INPUT)) {
        Slot slot = Slot.ofColumns(INPUT, parameter, network.input(), rows);
        for (int i = 0; i < slot.size(); i++) {
          theta.values().set(slot.at()[i], features.get(i));
        }
        slots.add(slot);
      } else {
        slots.add(Slot.of(parameter));
      }
    }
    if (byInput) {
      identity(batch.input(0), rows);
    }
    return new Subject(
        "network", objective, theta, batch, slots, counts(rows, slots), traced, null);
  }

  /// A layer, or several, on normal numbers; the loss is a random combination of its outputs.
  static Subject of(Layer layer, Shape input, CheckSettings settings) {
    int rows = settings.rows();
    Graph g = new Graph();
    Node oneHot = g.input("sample's number", Shape.of(rows));
    Node x = Inputs.ofColumns(g, INPUT, input, oneHot);
    Node y = layer.apply(g.scope(layer.kind(), layer.kind()), x);
    Node upstream = g.input("upstream", y.shape());
    Node loss = g.sum(g.multiply(y, upstream));
    Traced traced = new Traced(g, loss, rows, Mode.TRAINING, Reduction.SUM, settings.seed());
    Theta theta = g.parameters().initialize(Precision.DOUBLE, settings.seed());
    jitter(theta, settings);
    List<Slot> slots = new ArrayList<>();
    for (Parameter parameter : g.parameters()) {
      boolean isInput = parameter.name().equals(INPUT);
      Slot slot = isInput ? Slot.ofColumns(INPUT, parameter, input, rows) : Slot.of(parameter);
      slots.add(slot);
      if (isInput) {
        fill(theta, slot, RandomStream.of(settings.seed(), INPUT, 0)::normal);
      }
    }
    Batch batch = OpSubject.batch(g, rows, settings.seed(), 1);
    return new Subject(
        layer.kind(),
        traced.objective(Kernels.reference()),
        theta,
        batch,
        slots,
        counts(rows, slots),
        traced,
        null);
  }

  /// Writes the unit matrix.
  static void identity(Buffer oneHot, int rows) {
    for (int r = 0; r < rows; r++) {
      oneHot.set(r * rows + r, 1);
    }
  }

  static void fill(Theta theta, Slot slot, LongToDoubleFunction numbers) {
    for (int i = 0; i < slot.size(); i++) {
      theta.values().set(slot.at()[i], numbers.applyAsDouble(i));
    }
  }

  /// Whether the network is differentiable by its input: it is not where numbers of classes or of
  /// words go in.
  private static boolean inputDiffers(Network network) {
    Graph g = new Graph();
    Node x = g.input(INPUT, network.input());
    network.build(g, x);
    Set<Node> dependent = new HashSet<>(Set.of(x));
    for (Node node : g.nodes()) {
      if (node.source() instanceof Source.Result(Op op, List<Node> inputs)) {
        for (int j = 0; j < inputs.size(); j++) {
          if (dependent.contains(inputs.get(j))) {
            if (!op.differentiable(j)) {
              return false;
            }
            dependent.add(node);
          }
        }
      }
    }
    return true;
  }

  private static void jitter(Theta theta, CheckSettings settings) {
    RandomStream random = RandomStream.of(settings.seed(), "jitter", 0);
    for (Parameter parameter : theta.parameters()) {
      Slot slot = Slot.of(parameter);
      double sum = 0;
      for (double value : slot.read(theta)) {
        sum += value * value;
      }
      double size = sum == 0 ? 1 : Math.sqrt(sum / slot.size());
      for (int at : slot.at()) {
        double moved = theta.values().get(at) + settings.jitter() * size * random.normal(at);
        theta.values().set(at, moved);
      }
    }
  }

  /// Some samples, spread over the whole set.
  static int[] drawn(int size, long seed) {
    int[] order = new int[size];
    RandomStream.of(seed, "samples", 0).permute(order);
    return order;
  }

  static Map<String, Integer> counts(int rows, List<Slot> slots) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("samples", rows);
    for (Slot slot : slots) {
      for (int i = 0; i < slot.shape().rank(); i++) {
        if (!(slot.role() == null && i == 0)) {
          counts.putIfAbsent(
              "entries of dimension " + i + " of " + slot.name(), slot.shape().dimension(i));
        }
      }
      counts.putIfAbsent("numbers of " + slot.name(), slot.size());
      if (slot.role() == null && slot.shape().dimension(0) == rows) {
        counts.putIfAbsent("numbers of a sample of " + slot.name(), slot.size() / rows);
      }
    }
    return counts;
  }
}
