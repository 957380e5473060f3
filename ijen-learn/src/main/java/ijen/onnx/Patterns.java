package ijen.onnx;

import ijen.format.onnx.OnnxNode;
import ijen.nn.Activation;
import ijen.nn.Layer;
import ijen.op.Gelu;
import ijen.op.Silu;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Activations for which ONNX has no operator of their own before version 20, recognised as the
/// products that stand for them, whichever way round and in whichever order.
final class Patterns {
  /// How far a constant may be from the exact one: it was rounded to a float, or to eight digits.
  private static final double CLOSE = 1e-6;

  /// What has more nodes is none of these.
  private static final int MOST_NODES = 16;

  private final Wiring wiring;

  Patterns(Wiring wiring) {
    this.wiring = wiring;
  }

  /// What was recognised.
  ///
  /// @param layer the activation
  /// @param input the value that it is applied to
  /// @param nodes all nodes that it is made of
  record Match(Layer layer, String input, List<OnnxNode> nodes) {}

  /// A product of values and a constant.
  private static final class Product {
    final List<String> values = new ArrayList<>();
    double constant = 1;
  }

  /// The activation whose last node is the Mul that makes `value`; null if it is none.
  @Nullable Match match(String value) {
    List<OnnxNode> nodes = new ArrayList<>();
    Product product = new Product();
    if (!factors(value, true, product, nodes) || product.values.size() != 2) {
      return null;
    }
    for (int i = 0; i < 2; i++) {
      String x = product.values.get(i);
      String other = product.values.get(1 - i);
      List<OnnxNode> all = new ArrayList<>(nodes);
      if (product.constant == 1 && x.equals(argument(other, "Sigmoid", all))) {
        return new Match(new Activation(new Silu()), x, all);
      }
      all = new ArrayList<>(nodes);
      @Nullable String inner = product.constant == 0.5 ? plus(other, 1, all) : null;
      if (inner != null) {
        int before = all.size();
        @Nullable String u = argument(inner, "Erf", all);
        if (u != null && isScaled(u, x, Math.sqrt(0.5), all)) {
          return new Match(new Activation(new Gelu()), x, all);
        }
        all.subList(before, all.size()).clear();
        u = argument(inner, "Tanh", all);
        if (u != null && isBent(u, x, all)) {
          return new Match(new Activation(new Gelu(Gelu.Form.TANH)), x, all);
        }
      }
    }
    return null;
  }

  /// Takes a product, and products in it, apart; false if it has too many factors, or others than
  /// values and numbers. A value that others use too is left whole: it may be x itself.
  private boolean factors(String value, boolean last, Product into, List<OnnxNode> nodes) {
    OnnxNode node = last || wiring.uses(value) == 1 ? wiring.maker(value) : null;
    boolean quotient = node != null && node.op().equals("Div");
    if (node == null || !(quotient || node.op().equals("Mul")) || node.inputs().size() != 2) {
      into.values.add(value);
      return true;
    }
    if (nodes.size() >= MOST_NODES) {
      return false;
    }
    nodes.add(node);
    for (int i = 0; i < 2; i++) {
      Constant constant = wiring.constant(node, i);
      if (constant != null && constant.isFloat() && constant.size() == 1) {
        into.constant *= quotient && i == 1 ? 1 / constant.number() : constant.number();
      } else if (constant != null || (quotient && i == 1)) {
        return false;
      } else if (!factors(node.inputs().get(i), false, into, nodes)) {
        return false;
      }
    }
    return true;
  }

  /// The value to which an operator of one input was applied to make `value`; null if it was not.
  private @Nullable String argument(String value, String op, List<OnnxNode> nodes) {
    OnnxNode node = wiring.maker(value);
    if (node == null || !node.op().equals(op) || node.inputs().size() != 1) {
      return null;
    }
    nodes.add(node);
    return node.inputs().getFirst();
  }

  /// The value to which a number was added to make `value`; null if it was not.
  private @Nullable String plus(String value, double number, List<OnnxNode> nodes) {
    OnnxNode node = wiring.maker(value);
    if (node == null || !node.op().equals("Add") || node.inputs().size() != 2) {
      return null;
    }
    for (int i = 0; i < 2; i++) {
      Constant constant = wiring.constant(node, i);
      if (constant != null && constant.isFloat() && constant.number() == number) {
        nodes.add(node);
        return node.inputs().get(1 - i);
      }
    }
    return null;
  }

  /// Whether `value` is factor·x.
  private boolean isScaled(String value, String x, double factor, List<OnnxNode> nodes) {
    Product product = new Product();
    return factors(value, false, product, nodes)
        && product.values.equals(List.of(x))
        && isClose(product.constant, factor);
  }

  /// Whether `value` is √(2/π)·(x + 0.044715·x³).
  private boolean isBent(String value, String x, List<OnnxNode> nodes) {
    Product product = new Product();
    if (!factors(value, false, product, nodes)
        || product.values.size() != 1
        || !isClose(product.constant, Math.sqrt(2 / Math.PI))) {
      return false;
    }
    OnnxNode sum = wiring.maker(product.values.getFirst());
    if (sum == null || !sum.op().equals("Add") || sum.inputs().size() != 2) {
      return false;
    }
    nodes.add(sum);
    int own = sum.inputs().getFirst().equals(x) ? 0 : 1;
    return sum.inputs().get(own).equals(x) && isCube(sum.inputs().get(1 - own), x, nodes);
  }

  /// Whether `value` is 0.044715·x³.
  private boolean isCube(String value, String x, List<OnnxNode> nodes) {
    Product product = new Product();
    if (!factors(value, false, product, nodes) || !isClose(product.constant, 0.044715)) {
      return false;
    }
    if (product.values.equals(List.of(x, x, x))) {
      return true;
    }
    OnnxNode power = product.values.size() == 1 ? wiring.maker(product.values.getFirst()) : null;
    if (power == null || !power.op().equals("Pow") || !power.inputs().getFirst().equals(x)) {
      return false;
    }
    Constant exponent = wiring.constant(power, 1);
    nodes.add(power);
    return exponent != null && exponent.number() == 3;
  }

  private static boolean isClose(double value, double exact) {
    return Math.abs(value - exact) <= CLOSE * exact;
  }
}
