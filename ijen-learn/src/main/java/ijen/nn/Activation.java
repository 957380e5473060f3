package ijen.nn;

import ijen.graph.Graph;
import ijen.graph.Node;
import java.util.Locale;
import java.util.Map;

/// Layers without parameters or settings.
///
/// **Shapes:** any; the output has the input's.
public enum Activation implements Layer {
  /// max(x, 0): [ijen.op.Relu].
  RELU {
    @Override
    public Node apply(Graph g, Node x) {
      return g.relu(x);
    }
  },
  /// 1/(1 + e⁻ˣ): [ijen.op.Sigmoid].
  SIGMOID {
    @Override
    public Node apply(Graph g, Node x) {
      return g.sigmoid(x);
    }
  },
  /// tanh x: [ijen.op.Tanh].
  TANH {
    @Override
    public Node apply(Graph g, Node x) {
      return g.tanh(x);
    }
  },
  /// Softmax over the last dimension: [ijen.op.Softmax]. Not needed before cross-entropy, which
  /// contains it.
  SOFTMAX {
    @Override
    public Node apply(Graph g, Node x) {
      return g.softmax(x);
    }
  };

  @Override
  public String kind() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of();
  }
}
