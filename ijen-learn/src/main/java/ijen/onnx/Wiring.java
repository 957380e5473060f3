package ijen.onnx;

import ijen.format.Dtype;
import ijen.format.Excerpt;
import ijen.format.FormatException;
import ijen.format.onnx.OnnxAttribute;
import ijen.format.onnx.OnnxGraph;
import ijen.format.onnx.OnnxNode;
import ijen.format.onnx.OnnxValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which node makes which value of a graph, what is known before any run, and through which values
/// all ways from the input to a value go (its *dominators*).
final class Wiring {
  private final String file;
  private final OnnxValue input;
  private final OnnxValue output;
  private final Map<String, Constant> constants = new HashMap<>();
  private final Map<String, OnnxNode> makers = new HashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();

  /// The last value before a value through which all ways to it go, and how many there are in all.
  private record Dominator(String value, int depth) {}

  private final Map<String, Dominator> dominators = new HashMap<>();

  /// Checks that every node takes what is there already.
  Wiring(String file, OnnxGraph graph) throws FormatException {
    this.file = file;
    graph.initializers().forEach((name, tensor) -> constants.put(name, Constant.of(name, tensor)));
    List<OnnxValue> given =
        graph.inputs().stream().filter(value -> !constants.containsKey(value.name())).toList();
    if (given.size() != 1 || graph.outputs().size() != 1) {
      throw wrong(
          "expected a graph with one input and one output, got "
              + given
              + " and "
              + graph.outputs());
    }
    input = given.getFirst();
    output = graph.outputs().getFirst();
    uses.put(output.name(), 1);
    dominators.put(input.name(), new Dominator(input.name(), 0));
    for (OnnxNode node : graph.nodes()) {
      add(node);
    }
    if (!makers.containsKey(output.name())) {
      throw wrong("expected a node that makes the output " + output + ", got none");
    }
  }

  private void add(OnnxNode node) throws FormatException {
    if (!node.domain().isEmpty() && !node.domain().equals("ai.onnx")) {
      throw wrong(
          node
              + ": the operator is of the domain '"
              + shown(node.domain())
              + "': expected a standard one");
    }
    String made = node.outputs().isEmpty() ? "" : node.outputs().getFirst();
    if (made.isEmpty() || constants.containsKey(made) || dominators.containsKey(made)) {
      throw wrong(node + ": expected an output of a new name, got '" + shown(made) + "'");
    }
    for (String taken : node.inputs()) {
      if (!taken.isEmpty() && !constants.containsKey(taken) && !dominators.containsKey(taken)) {
        throw wrong(node + ": takes '" + shown(taken) + "', which nothing before it makes");
      }
    }
    node.inputs().forEach(taken -> uses.merge(taken, 1, Integer::sum));
    List<String> values = values(node);
    if (values.isEmpty()) {
      constants.put(made, fold(node));
      return;
    }
    String common = values.getFirst();
    for (String value : values) {
      common = common(common, value);
    }
    dominators.put(made, new Dominator(common, dominator(common).depth + 1));
    makers.put(made, node);
  }

  /// The constant that a node makes of constants.
  private Constant fold(OnnxNode node) throws FormatException {
    String made = node.outputs().getFirst();
    Settings settings = settings(node);
    Constant of = node.inputs().isEmpty() ? null : constant(node, 0);
    Constant folded =
        switch (node.op()) {
          case "Constant" ->
              settings.value("value") instanceof OnnxAttribute.Array(var tensor)
                  ? Constant.of(made, tensor)
                  : null;
          case "Identity" -> of;
          case "Transpose" -> {
            boolean swaps = settings.wholes("perm", 1, 0).equals(List.of(1L, 0L));
            yield of == null || !swaps ? null : of.transpose();
          }
          case "Reshape" -> {
            Constant shape = constant(node, 1);
            yield of == null || shape == null || settings.whole("allowzero", 0) != 0
                ? null
                : of.reshaped(dimensions(shape));
          }
          default -> null;
        };
    if (folded == null) {
      throw wrong(
          node
              + ": expected what is computed of weights alone to be a Transpose of a matrix, a"
              + " Reshape to given dimensions, an Identity or a Constant with a tensor as value");
    }
    settings.end();
    return folded;
  }

  /// Dimensions without 0 or −1, which have other meanings; otherwise ones that fit nothing.
  private static int[] dimensions(Constant shape) {
    int[] nothing = {0};
    if (shape.tensor().dtype() != Dtype.I64 || shape.size() > 8) {
      return nothing;
    }
    long[] wholes = shape.tensor().longs();
    int[] dimensions = new int[wholes.length];
    for (int i = 0; i < wholes.length; i++) {
      if (wholes[i] < 1 || wholes[i] > Integer.MAX_VALUE) {
        return nothing;
      }
      dimensions[i] = (int) wholes[i];
    }
    return dimensions;
  }

  private Dominator dominator(String value) {
    Dominator dominator = dominators.get(value);
    if (dominator == null) {
      throw new IllegalStateException("'" + value + "' was not added");
    }
    return dominator;
  }

  /// The last value through which all ways to both values go: one of the two, if all ways to the
  /// other go through it.
  String common(String a, String b) {
    String first = a;
    String second = b;
    while (!first.equals(second)) {
      if (dominator(first).depth >= dominator(second).depth) {
        first = dominator(first).value;
      } else {
        second = dominator(second).value;
      }
    }
    return first;
  }

  /// The input.
  OnnxValue input() {
    return input;
  }

  /// The output.
  OnnxValue output() {
    return output;
  }

  /// The node that makes a value; null for the input.
  @Nullable OnnxNode maker(String value) {
    return makers.get(value);
  }

  /// How often a value is taken, as output of the graph too.
  int uses(String value) {
    return uses.getOrDefault(value, 0);
  }

  /// The inputs of a node that are not constants.
  List<String> values(OnnxNode node) {
    return node.inputs().stream().filter(dominators::containsKey).toList();
  }

  /// The constant that is input `i` of a node; null if it has none there.
  @Nullable Constant constant(OnnxNode node, int i) {
    return i < node.inputs().size() ? constants.get(node.inputs().get(i)) : null;
  }

  /// The constant of that name; null if there is none.
  @Nullable Constant constant(String name) {
    return constants.get(name);
  }

  /// The settings of a node.
  Settings settings(OnnxNode node) {
    return new Settings(file, node);
  }

  /// A failure of this file.
  FormatException wrong(String problem) {
    return new FormatException(file, problem);
  }

  /// A text from the file, fit for a message: on one line and not long.
  static String shown(String text) {
    return Excerpt.of(text, 100);
  }
}
