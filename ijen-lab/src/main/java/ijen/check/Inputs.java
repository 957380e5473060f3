package ijen.check;

import ijen.graph.Form;
import ijen.graph.Graph;
import ijen.graph.Node;
import ijen.graph.Role;
import ijen.graph.Shape;
import ijen.nn.Initializers;

/// Makes values that each sample has a part of θ, so that the loss can be differentiated by them.
///
/// The samples are the columns of a parameter P `[size, rows]`. With e, an input of the batch that
/// has 1 at the sample's own number and 0 elsewhere, P·e is the sample's value, exactly.
final class Inputs {
  private Inputs() {}

  /// The parameter named `name`, and the value that it gives each sample.
  static Node ofColumns(Graph g, String name, Shape shape, Node oneHot) {
    int rows = oneHot.shape().size();
    Node columns =
        g.parameter(name, Shape.of(shape.size(), rows), Role.WEIGHT, Initializers.zeros());
    Node x = g.affine(oneHot, columns);
    return x.shape().equals(shape) ? x : g.reshape(x, shape);
  }

  /// A parameter of zeros that is added to `node`: its gradient is that of the node's value.
  static Node probed(Graph g, Node node, String name, Node oneHot) {
    Form form = node.form();
    Node zeros =
        form.batched()
            ? ofColumns(g, name, form.shape(), oneHot)
            : g.parameter(name, form.shape(), Role.WEIGHT, Initializers.zeros());
    return g.add(node, zeros);
  }
}
