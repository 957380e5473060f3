package ijen.nn;

import ijen.graph.Form;
import ijen.graph.Graph;
import ijen.graph.Node;
import ijen.graph.Parameter;
import ijen.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A sequence of layers for inputs of one shape: a description that can be traced, printed and
/// saved.
///
/// ```java
/// var net = Network.of(Shape.of(784), dense(128), relu(), dense(10));
/// ```
///
/// Making a network traces it once, so that a mistake in shapes shows here, by the layer's name.
///
/// @param input the shape of one sample
/// @param layers what is applied, first to last
public record Network(Shape input, List<Layer> layers) {
  public Network {
    layers = List.copyOf(layers);
    Graph g = new Graph();
    trace(layers, g, g.input("input", input), new ArrayList<>());
  }

  /// A network of the given layers.
  ///
  /// @throws IllegalArgumentException if a layer does not fit the one before it
  public static Network of(Shape input, Layer... layers) {
    return new Network(input, List.of(layers));
  }

  /// A multi-layer perceptron: for each of `hidden`, a dense layer and `activation`, then a dense
  /// layer of `outputs`.
  public static Network perceptron(
      Shape input, List<Integer> hidden, Layer activation, int outputs) {
    List<Layer> layers = new ArrayList<>();
    for (int units : hidden) {
      layers.add(Layers.dense(units));
      layers.add(activation);
    }
    layers.add(Layers.dense(outputs));
    return new Network(input, layers);
  }

  /// Adds the network to a graph, from node `x` on, and returns its output.
  public Node build(Graph g, Node x) {
    return trace(layers, g, x, new ArrayList<>());
  }

  /// The shape of one sample's output.
  public Shape output() {
    Graph g = new Graph();
    return build(g, g.input("input", input)).shape();
  }

  /// How many scalars it learns.
  public int parameterCount() {
    Graph g = new Graph();
    build(g, g.input("input", input));
    return g.parameters().size();
  }

  /// How many running statistics it has: numbers that training changes, but does not learn.
  public int statisticCount() {
    Graph g = new Graph();
    build(g, g.input("input", input));
    return g.parameters().statistics().size();
  }

  /// One line of a [#summary].
  ///
  /// @param name the layer's name, `dense1`
  /// @param output the form of its output
  /// @param parameters its scalars
  /// @param statistics its running statistics, as in [#statisticCount]
  public record Row(String name, Form output, int parameters, int statistics) {}

  /// The layers by name, with the shapes that come out of them and their numbers.
  public List<Row> rows() {
    Graph g = new Graph();
    List<Row> rows = new ArrayList<>();
    trace(layers, g, g.input("input", input), rows);
    return List.copyOf(rows);
  }

  /// A table for people: layer, output, parameters; and running statistics, if there are any.
  public String summary() {
    boolean all = statisticCount() > 0;
    StringBuilder table =
        new StringBuilder(line(all, "layer", "output", "parameters", "statistics"));
    List<Row> lines = new ArrayList<>();
    lines.add(new Row("input", Form.batched(input), 0, 0));
    lines.addAll(rows());
    long parameters = 0;
    long statistics = 0;
    for (Row row : lines) {
      String output = row.output().toString();
      table.append(line(all, row.name(), output, count(row.parameters()), count(row.statistics())));
      parameters += row.parameters();
      statistics += row.statistics();
    }
    table.append(line(all, "total", "", count(parameters), count(statistics)));
    if (all) {
      table
          .append("Statistics are moved by training and not learned.")
          .append(System.lineSeparator());
    }
    return table.toString();
  }

  private static String line(
      boolean all, String name, String output, String parameters, String statistics) {
    String line = String.format(Locale.ROOT, "%-14s %-18s %12s", name, output, parameters);
    return line
        + (all ? String.format(Locale.ROOT, " %12s", statistics) : "")
        + System.lineSeparator();
  }

  private static String count(long numbers) {
    return String.format(Locale.ROOT, "%,d", numbers);
  }

  /// All that is needed to make the network anew, as [#read] takes it.
  ///
  /// @throws IllegalStateException if a layer is the user's own code without settings
  public Map<String, Object> describe() {
    List<Map<String, Object>> list = Sequence.describe(layers);
    if (list == null) {
      int own = 0;
      while (layers.get(own).settings() != null) {
        own++;
      }
      throw new IllegalStateException(
          "layer "
              + (own + 1)
              + " of this network is code of your own, which a file cannot hold; save θ alone, or"
              + " give the layer a kind and settings");
    }
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("input", Arrays.stream(input.dimensions()).boxed().toList());
    description.put("layers", list);
    return description;
  }

  /// The network that [#describe] described.
  ///
  /// @throws IllegalArgumentException if the description is not one, saying what is wrong
  public static Network read(Map<String, ?> description) {
    if (!(description.get("input") instanceof List<?>)
        || !(description.get("layers") instanceof List<?>)) {
      throw new IllegalArgumentException(
          "expected a network with 'input' and 'layers', got " + description.keySet());
    }
    LayerSettings settings = new LayerSettings("network", description);
    return new Network(settings.shape("input"), settings.layers("layers"));
  }

  /// Applies layers one after another, each in a scope of its own, and adds a row for each.
  static Node trace(List<Layer> layers, Graph g, Node x, List<Row> rows) {
    Map<String, Integer> count = new HashMap<>();
    Node node = x;
    for (Layer layer : layers) {
      String name = layer.kind() + count.merge(layer.kind(), 1, Integer::sum);
      int before = g.parameters().count();
      int statistics = g.parameters().statistics().size();
      node = layer.apply(g.scope(layer.kind(), name), node);
      int parameters = g.parameters().list().stream().skip(before).mapToInt(Parameter::size).sum();
      statistics = g.parameters().statistics().size() - statistics;
      rows.add(new Row(name, node.form(), parameters, statistics));
    }
    return node;
  }
}
