package ijen.onnx;

import ijen.data.Scaling;
import ijen.format.Dtype;
import ijen.format.Tensor;
import ijen.format.onnx.OnnxAttribute;
import ijen.format.onnx.OnnxGraph;
import ijen.format.onnx.OnnxNode;
import ijen.format.onnx.OnnxValue;
import ijen.format.onnx.OnnxValue.Dimension;
import ijen.graph.Form;
import ijen.graph.Graph;
import ijen.graph.Node;
import ijen.graph.Shape;
import ijen.graph.Theta;
import ijen.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A model's evaluation as an ONNX graph under construction: the network is traced, and what its
/// output depends on is translated, op by op ([OpExport]).
final class GraphExport {
  /// The name of the input.
  static final String INPUT = "features";

  /// The name of the output.
  static final String OUTPUT = "output";

  private static final Dimension BATCH = Dimension.named("batch");

  private final Theta theta;
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final Map<String, Tensor> initializers = new LinkedHashMap<>();
  private final Map<Node, String> values = new HashMap<>(); // looked up, never gone through

  private GraphExport(Theta theta) {
    this.theta = theta;
  }

  /// The graph of a model.
  static OnnxGraph of(Model model) {
    Graph g = new Graph();
    Node input = g.input(INPUT, model.network().input());
    Node output = model.network().build(g, input);
    GraphExport export = new GraphExport(model.theta());
    String features = export.scaled(model.scaling(), model.features());
    export.values.put(input, export.begin(features, model.features(), input));
    boolean[] needed = needed(g, output);
    for (Node node : g.nodes()) {
      if (needed[node.id()]) {
        export.translate(node);
      }
    }
    export.end(output);
    return new OnnxGraph(
        "network",
        "",
        List.of(value(INPUT, model.features())),
        List.of(value(OUTPUT, output.shape())),
        export.initializers,
        export.nodes);
  }

  private static OnnxValue value(String name, Shape shape) {
    List<Dimension> dimensions = new ArrayList<>(List.of(BATCH));
    for (int dimension : shape.dimensions()) {
      dimensions.add(Dimension.of(dimension));
    }
    return new OnnxValue(name, Dtype.F32, dimensions);
  }

  /// Which nodes the output depends on.
  private static boolean[] needed(Graph g, Node output) {
    boolean[] needed = new boolean[g.nodes().size()];
    needed[output.id()] = true;
    for (Node node : g.nodes().reversed()) {
      if (needed[node.id()] && node.source() instanceof Node.Source.Result(var _, var inputs)) {
        inputs.forEach(input -> needed[input.id()] = true);
      }
    }
    return needed;
  }

  /// The value of the input, scaled as the model does it: scale·x + shift.
  private String scaled(Scaling scaling, Shape features) {
    if (scaling.isNone()) {
      return INPUT;
    }
    Shape shape = scaling.length() == 1 ? Shape.scalar() : features;
    String scale = initializer(INPUT + "/scale", scaling.scales(), shape);
    String shift = initializer(INPUT + "/shift", scaling.shifts(), shape);
    String product = node("Mul", INPUT + "/product", Map.of(), List.of(INPUT, scale));
    return node("Add", INPUT + "/scaled", Map.of(), List.of(product, shift));
  }

  /// The value of the network's input, in the network's shape.
  private String begin(String value, Shape features, Node input) {
    return features.equals(input.shape())
        ? value
        : reshape(INPUT + "/reshape", value, input.form());
  }

  private void translate(Node node) {
    switch (node.source()) {
      case Node.Source.Input _ -> {} // the network's only one has its value
      case Node.Source.Slice(var parameter) ->
          values.put(
              node, initializer(parameter.name(), theta.slice(parameter).toFloats(), node.shape()));
      case Node.Source.Running(var statistic) ->
          values.put(
              node, initializer(statistic.name(), theta.slice(statistic).toFloats(), node.shape()));
      case Node.Source.Result(var op, var inputs) ->
          values.put(node, new OpExport(this, node, inputs).translate(op));
    }
  }

  /// Gives the network's output its name.
  private void end(Node output) {
    String value = value(output);
    if (!nodes.isEmpty() && nodes.getLast().outputs().getFirst().equals(value)) {
      OnnxNode last = nodes.removeLast(); // what makes the output is the last, and nobody reads it
      nodes.add(OnnxNode.of(last.op(), last.name(), last.inputs(), OUTPUT, last.attributes()));
    } else {
      nodes.add(OnnxNode.of("Identity", OUTPUT, List.of(value), OUTPUT, Map.of()));
    }
  }

  /// The name of the value of a node that was translated.
  String value(Node node) {
    String name = values.get(node);
    if (name == null) {
      throw new IllegalArgumentException(
          "onnx: '" + node.name() + "': expected a network of one input, got another");
    }
    return name;
  }

  /// Adds a use of an operator; its output has its name, which comes back.
  String node(String op, String name, Map<String, OnnxAttribute> attributes, List<String> inputs) {
    nodes.add(OnnxNode.of(op, name, inputs, name, attributes));
    return name;
  }

  /// Adds a reshape to `form`, whatever the batch.
  String reshape(String name, String input, Form form) {
    int[] own = form.shape().dimensions();
    int batch = form.batched() ? 1 : 0;
    long[] shape = new long[batch + own.length]; // the batch, 0, stays as it is
    Arrays.setAll(shape, i -> i < batch ? 0 : own[i - batch]);
    String target = name + "/shape";
    initializers.put(target, Tensor.of(shape, shape.length));
    return node("Reshape", name, Map.of(), List.of(input, target));
  }

  /// Adds a number as an initialiser and gives its name.
  String number(String name, double value) {
    return initializer(name, new float[] {(float) value}, Shape.scalar());
  }

  /// Adds numbers as an initialiser and gives its name.
  String initializer(String name, float[] values, Shape shape) {
    initializers.put(name, Tensor.of(values, shape.dimensions()));
    return name;
  }
}
