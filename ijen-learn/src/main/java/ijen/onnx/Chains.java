package ijen.onnx;

import ijen.format.FormatException;
import ijen.format.onnx.OnnxAttribute;
import ijen.format.onnx.OnnxNode;
import ijen.nn.Activation;
import ijen.op.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds in a graph the chain from one value to another, in which a sum of two chains from one
/// value is a single part: backwards, from what is made to what it is made of.
///
/// Every node becomes part of one layer: where branches share more than their first value, the
/// graph is none of chains and sums, and is refused.
final class Chains {
  /// How deep sums may be nested.
  private static final int MOST_DEPTH = 50;

  private final Wiring wiring;
  private final Patterns patterns;
  private final Set<String> used = new HashSet<>(); // first outputs of nodes
  private @Nullable Constant scale;
  private @Nullable Constant shift;

  Chains(Wiring wiring) {
    this.wiring = wiring;
    this.patterns = new Patterns(wiring);
  }

  /// The chain from the graph's input to its output.
  List<Part> chain() throws FormatException {
    return chain(wiring.output().name(), wiring.input().name(), 0);
  }

  /// By what the input is multiplied before all layers; null if it is not.
  @Nullable Constant scale() {
    return scale;
  }

  /// What is added to the input then; null if nothing is.
  @Nullable Constant shift() {
    return shift;
  }

  private List<Part> chain(String last, String first, int depth) throws FormatException {
    List<Part> parts = new ArrayList<>();
    String value = last;
    while (!value.equals(first)) {
      OnnxNode node = wiring.maker(value);
      if (node == null) {
        throw wiring.wrong(
            "'"
                + Wiring.shown(last)
                + "': expected to come from '"
                + Wiring.shown(first)
                + "' alone, by layers in a row and sums");
      }
      value =
          switch (node.op()) {
            case "Identity" -> onlyValue(node);
            case "Add" -> add(node, parts, depth);
            case "Mul" -> product(node, value, parts);
            case "Cast" -> step(node, parts);
            case "Gather" -> rows(node, parts);
            case "AveragePool" -> averagePool(node, parts);
            default -> {
              if (!OpImport.SUPPORTED.contains(node.op())) {
                throw wiring.wrong(
                    node
                        + ": this operator is not supported: expected one of "
                        + String.join(", ", OpImport.SUPPORTED));
              }
              parts.add(new Part.Use(node, "", ""));
              yield onlyValue(node);
            }
          };
    }
    return parts.reversed();
  }

  /// The value that a node takes, in its first place.
  private String onlyValue(OnnxNode node) throws FormatException {
    use(node);
    List<String> values = wiring.values(node);
    if (values.size() != 1 || !node.inputs().getFirst().equals(values.getFirst())) {
      throw wiring.wrong(
          node
              + ": expected one computed value, as first input, and weights, got "
              + node.inputs().stream().map(name -> "'" + Wiring.shown(name) + "'").toList()
              + " of which are computed "
              + values.stream().map(name -> "'" + Wiring.shown(name) + "'").toList());
    }
    return values.getFirst();
  }

  private void use(OnnxNode node) throws FormatException {
    if (!used.add(node.outputs().getFirst())) {
      throw wiring.wrong(
          node
              + ": its output goes several ways that do not come together in one sum: expected"
              + " layers in a row and residual connections x + f(x)");
    }
  }

  /// The bias of a MatMul, or two chains that come together.
  private String add(OnnxNode node, List<Part> parts, int depth) throws FormatException {
    List<String> values = wiring.values(node);
    wiring.settings(node).end();
    use(node);
    if (node.inputs().size() != 2) {
      throw wiring.wrong(node + ": expected 2 inputs, got " + node.inputs().size());
    }
    if (values.size() == 1) {
      OnnxNode product = wiring.maker(values.getFirst());
      int bias = node.inputs().getFirst().equals(values.getFirst()) ? 1 : 0;
      if (product != null && isScaled(product)) {
        scale = wiring.constant(product, 1);
        shift = wiring.constant(node, bias);
        wiring.settings(product).end();
        return onlyValue(product);
      }
      if (product == null || !product.op().equals("MatMul") || wiring.uses(values.getFirst()) > 1) {
        throw wiring.wrong(
            node
                + ": a constant is added: expected that only after a MatMul, or to the scaled"
                + " input of the graph");
      }
      parts.add(new Part.Use(product, node.inputs().get(bias), ""));
      return onlyValue(product);
    }
    if (depth == MOST_DEPTH) {
      throw wiring.wrong(node + ": expected sums nested at most " + MOST_DEPTH + " deep");
    }
    String fork = wiring.common(values.getFirst(), values.getLast());
    List<Part> direct = chain(values.getFirst(), fork, depth + 1);
    List<Part> detour = chain(values.getLast(), fork, depth + 1);
    if (direct.isEmpty() && detour.isEmpty()) {
      throw wiring.wrong(node + ": adds a value to itself: expected x + f(x)");
    }
    boolean other = detour.size() < direct.size(); // a projection is the shorter one
    parts.add(other ? new Part.Sum(node, detour, direct) : new Part.Sum(node, direct, detour));
    return fork;
  }

  /// A mean of windows, with the zeros that were put around the image for it.
  private String averagePool(OnnxNode node, List<Part> parts) throws FormatException {
    String value = onlyValue(node);
    OnnxNode pad = wiring.maker(value);
    boolean padded = pad != null && pad.op().equals("Pad") && wiring.uses(value) == 1;
    if (pad == null || !padded) {
      parts.add(new Part.Use(node, "", ""));
      return value;
    }
    Constant filling = wiring.constant(pad, 2);
    Settings settings = wiring.settings(pad);
    if (wiring.constant(pad, 1) == null
        || (filling != null && filling.number() != 0)
        || !settings.text("mode", "constant").equals("constant")) {
      throw wiring.wrong(pad + ": expected zeros, as many as a constant says");
    }
    settings.end();
    parts.add(new Part.Use(node, "", pad.inputs().get(1)));
    return onlyValue(pad);
  }

  /// Whether a node multiplies the graph's input, which nobody else takes, by a constant.
  private boolean isScaled(OnnxNode product) {
    String input = wiring.input().name();
    return product.op().equals("Mul")
        && product.inputs().size() == 2
        && product.inputs().getFirst().equals(input)
        && wiring.constant(product, 1) != null
        && wiring.uses(input) == 1
        && wiring.uses(product.outputs().getFirst()) == 1;
  }

  private String product(OnnxNode node, String value, List<Part> parts) throws FormatException {
    Patterns.@Nullable Match match = patterns.match(value);
    if (match == null) {
      throw wiring.wrong(
          node
              + ": expected products only as parts of x·σ(x) or GELU, x·(erf(x/√2) + 1)/2 or its"
              + " form with tanh");
    }
    for (OnnxNode each : match.nodes()) {
      use(each);
      wiring.settings(each).end();
    }
    parts.add(new Part.Known(node, match.layer()));
    return match.input();
  }

  /// The number 1 where a value is above 0.
  private String step(OnnxNode node, List<Part> parts) throws FormatException {
    String condition = onlyValue(node);
    OnnxNode greater = wiring.maker(condition);
    Constant zero = greater == null ? null : wiring.constant(greater, 1);
    boolean toFloat =
        node.attributes().get("to") instanceof OnnxAttribute.Whole(long to) && to == OpExport.FLOAT;
    if (!toFloat
        || greater == null
        || !greater.op().equals("Greater")
        || zero == null
        || zero.number() != 0) {
      throw wiring.wrong(
          node + ": expected casts only to FLOAT of x > 0, and to INT64 of the input of a Gather");
    }
    parts.add(new Part.Known(node, new Activation(new Step())));
    return onlyValue(greater);
  }

  /// Rows of a table, by numbers that were cast.
  private String rows(OnnxNode node, List<Part> parts) throws FormatException {
    use(node);
    List<String> values = wiring.values(node);
    OnnxNode cast = values.size() == 1 ? wiring.maker(values.getFirst()) : null;
    if (wiring.constant(node, 0) == null
        || cast == null
        || !cast.op().equals("Cast")
        || !(cast.attributes().get("to") instanceof OnnxAttribute.Whole(long to))
        || to != OpExport.INT64) {
      throw wiring.wrong(
          node + ": expected rows of a table of weights, by values that are cast to INT64");
    }
    parts.add(new Part.Use(node, "", ""));
    return onlyValue(cast);
  }
}
