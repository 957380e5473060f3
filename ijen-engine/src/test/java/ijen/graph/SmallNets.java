package ijen.graph;

import ijen.graph.GraphObjective.Reduction;
import ijen.kernel.Kernels;
import ijen.kernel.Window;
import java.util.ArrayList;
import java.util.List;

/// Small networks which between them have every op that reads parameters, and those that pass on a
/// tangent of one column.
final class SmallNets {
  static final long SEED = Long.getLong("ijen.seed", 20260417);
  static final int CLASSES = 4;
  private static final Shape IMAGE = Shape.of(2, 5, 4);
  private static final Initializer NORMAL =
      (values, shape, random) -> {
        for (int i = 0; i < values.length(); i++) {
          values.set(i, 0.7 * random.normal(i));
        }
      };

  private SmallNets() {}

  /// A network from features to logits.
  interface Body {
    Node logits(Graph g, Node x, Node y);
  }

  /// A body and the shape of its input.
  record Net(String name, Shape input, Body body) {
    GraphObjective objective(Kernels kernels, int capacity, boolean watchAll) {
      Graph g = new Graph();
      Node x = g.input("x", input);
      Node y = g.input("y", Shape.scalar());
      Node loss = g.softmaxCrossEntropy(body.logits(g, x, y), y);
      List<Node> results =
          g.nodes().stream().filter(n -> n.source() instanceof Node.Source.Result).toList();
      return new GraphObjective(
          g,
          loss,
          watchAll ? results : List.of(),
          capacity,
          kernels,
          Mode.TRAINING,
          Reduction.MEAN,
          SEED);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Node weight(Graph g, String name, int... shape) {
    return g.parameter(name, Shape.of(shape), Role.WEIGHT, NORMAL);
  }

  static Node dense(Graph g, String name, Node x, int out) {
    Node w = weight(g, name + ".w", out, x.shape().dimension(-1));
    return g.affine(x, w, weight(g, name + ".b", out));
  }

  static Node head(Graph g, Node x) {
    return dense(g, "head", g.reshape(x, Shape.of(x.shape().size())), CLASSES);
  }

  /// Every op that reads parameters, and those that pass a single column on.
  static List<Net> all() {
    Shape six = Shape.of(6);
    List<Net> nets = new ArrayList<>();
    nets.add(
        new Net(
            "three dense layers",
            six,
            (g, x, _) -> {
              Node a = g.tanh(dense(g, "a", x, 5));
              Node b = g.gelu(g.scale(g.dropout(dense(g, "b", a, 7), 0.3), 0.5));
              return head(g, b);
            }));
    nets.add(
        new Net(
            "without biases",
            six,
            (g, x, _) -> {
              Node a = g.relu(g.affine(x, weight(g, "a", 5, 6)));
              return g.affine(g.sigmoid(g.affine(a, weight(g, "b", 3, 5))), weight(g, "c", 4, 3));
            }));
    nets.add(
        new Net(
            "matrix products",
            six,
            (g, x, _) -> {
              Node a = g.exp(g.tanh(g.matmul(x, weight(g, "a", 6, 5))));
              return g.matmul(g.tanh(g.matmul(a, weight(g, "b", 5, 3))), weight(g, "c", 3, 4));
            }));
    nets.add(
        new Net(
            "rows of matrices",
            six,
            (g, x, _) -> {
              Node a = g.tanh(dense(g, "a", g.reshape(x, Shape.of(3, 2)), 4));
              return head(g, g.tanh(g.matmul(g.silu(dense(g, "b", a, 3)), weight(g, "c", 3, 2))));
            }));
    nets.add(
        new Net(
            "one weight, several readers",
            six,
            (g, x, _) -> {
              Node w = weight(g, "w", 6, 6);
              Node row = weight(g, "row", 6);
              Node a = g.tanh(g.affine(x, w, row));
              Node b = g.sigmoid(g.affine(a, w, row));
              return head(g, g.add(g.affine(row, w), g.add(g.matmul(b, w), g.affine(b, w, row))));
            }));
    nets.add(
        new Net(
            "parameters among numbers",
            six,
            (g, x, _) -> {
              Node a = g.multiply(g.tanh(dense(g, "a", x, 3)), weight(g, "factor", 3));
              Node b = g.subtract(g.add(a, weight(g, "sum", 3)), g.exp(weight(g, "less", 3)));
              return head(g, g.softmax(b));
            }));
    nets.add(
        new Net(
            "normalised",
            six,
            (g, x, _) -> {
              Node a = dense(g, "a", x, 5);
              Node mean = g.statistic("mean", Shape.of(5), 0);
              Node variance = g.statistic("variance", Shape.of(5), 1);
              Node scale = weight(g, "scale", 5);
              a = g.relu(g.batchNorm(a, scale, weight(g, "shift", 5), mean, variance, 1e-5, 0.1));
              Node b = dense(g, "b", a, 3);
              return head(g, g.layerNorm(b, weight(g, "s", 3), weight(g, "t", 3), 1e-5));
            }));
    nets.add(
        new Net(
            "slopes",
            six,
            (g, x, _) -> head(g, g.pRelu(dense(g, "a", x, 3), weight(g, "slopes", 3)))));
    nets.add(
        new Net(
            "table",
            six,
            (g, x, y) -> {
              Node table = weight(g, "table", CLASSES, 3);
              return head(g, g.add(g.lookup(table, y), g.tanh(dense(g, "a", x, 3))));
            }));
    nets.add(
        new Net(
            "images",
            IMAGE,
            (g, x, _) -> {
              Window w = Window.of(2);
              Node a =
                  g.relu(g.convolution(x, weight(g, "a.w", 2, 2, 2, 2), weight(g, "a.b", 2), w, 1));
              Node b = g.convolution(a, weight(g, "b.w", 2, 1, 2, 2), w, 2);
              Node c =
                  g.transposedConvolution(
                      g.tanh(b), weight(g, "c.w", 2, 2, 2, 2), weight(g, "c.b", 2), w, 0, 1);
              return head(g, g.transposedConvolution(c, weight(g, "d.w", 2, 1, 2, 2), w, 0, 1));
            }));
    return nets;
  }
}
