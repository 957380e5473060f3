package ijen.nn;

import ijen.graph.Graph;
import ijen.graph.Node;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A function from node to node, with parameters of its own if it asks the graph for some.
///
/// A lambda is a layer: `Layer swish = (g, x) -> g.multiply(x, g.sigmoid(x));`. It trains like any
/// other; to be saved in a model file a layer also has to tell its [#kind] and [#settings].
@FunctionalInterface
public interface Layer {
  /// Adds the layer to `g`, which names what is added after the layer.
  Node apply(Graph g, Node x);

  /// The word for layers of this kind, for example `dense`; the first one in a network is `dense1`.
  default String kind() {
    return "layer";
  }

  /// What is needed to make the layer anew, as numbers, texts, truth values, lists, and maps of
  /// them; null if it cannot be.
  default @Nullable Map<String, Object> settings() {
    return null;
  }
}
