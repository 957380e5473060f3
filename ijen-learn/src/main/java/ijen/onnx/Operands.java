package ijen.onnx;

import ijen.format.FormatException;
import ijen.format.onnx.OnnxNode;
import ijen.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one operator works on, and the weights that its layer takes of it.
final class Operands {
  private final Wiring wiring;
  private final OnnxNode node;
  private final String bias; // the constant that an Add after the node adds; empty for none
  private final String padding; // the constant of a Pad before the node; empty for none
  private final Shape shape;
  private final long batch;
  private final Settings settings;
  private final List<Weight> parameters = new ArrayList<>();
  private final List<Weight> statistics = new ArrayList<>();

  Operands(Wiring wiring, Part.Use use, Shape shape, long batch) {
    this.wiring = wiring;
    this.node = use.node();
    this.bias = use.bias();
    this.padding = use.padding();
    this.shape = shape;
    this.batch = batch;
    this.settings = wiring.settings(node);
  }

  /// The node.
  OnnxNode node() {
    return node;
  }

  /// Its settings.
  Settings settings() {
    return settings;
  }

  /// The shape of one sample of its first input.
  Shape shape() {
    return shape;
  }

  /// The fixed number of samples; −1 if there is none.
  long batch() {
    return batch;
  }

  /// The constant that an Add after the node adds; null if none does.
  @Nullable Constant added() {
    return bias.isEmpty() ? null : wiring.constant(bias);
  }

  /// The constant by which a Pad before the node pads with zeros; null if there is none.
  @Nullable Constant padding() {
    return padding.isEmpty() ? null : wiring.constant(padding);
  }

  /// The constant that is input `i`; null if it has none there.
  @Nullable Constant constant(int i) {
    return wiring.constant(node, i);
  }

  /// The weight that is input `i`.
  Constant weight(int i) throws FormatException {
    Constant constant = constant(i);
    if (constant == null || !constant.isFloat()) {
      throw wrong("input " + (i + 1) + ": expected a weight of type FLOAT");
    }
    return constant;
  }

  /// The weight that is input `i`; null if it is left out.
  @Nullable Constant optional(int i) throws FormatException {
    return i >= node.inputs().size() || node.inputs().get(i).isEmpty() ? null : weight(i);
  }

  /// Takes a parameter of the layer, the next in its order.
  void parameter(Constant constant, int... shape) throws FormatException {
    parameters.add(checked(constant, shape));
  }

  /// Takes a running statistic of the layer, the next in its order.
  void statistic(Constant constant, int... shape) throws FormatException {
    statistics.add(checked(constant, shape));
  }

  private Weight checked(Constant constant, int... shape) throws FormatException {
    Shape expected = Shape.of(shape);
    if (constant.size() != expected.size()) {
      throw wrong("expected a weight " + expected + ", got " + constant);
    }
    return new Weight(constant, expected, 0);
  }

  /// Takes a parameter of which the file has no numbers.
  void fill(double value, int size) {
    parameters.add(new Weight(null, Shape.of(size), value));
  }

  /// The parameters that were taken.
  List<Weight> parameters() {
    return parameters;
  }

  /// The statistics that were taken.
  List<Weight> statistics() {
    return statistics;
  }

  /// A failure of this node.
  FormatException wrong(String problem) {
    return wiring.wrong(node + ": " + problem);
  }
}
