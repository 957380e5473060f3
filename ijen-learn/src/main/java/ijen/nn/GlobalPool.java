package ijen.nn;

import ijen.graph.Graph;
import ijen.graph.Node;
import ijen.graph.Shape;
import ijen.kernel.Window;
import java.util.Locale;
import java.util.Map;

/// Pooling of each channel to one number, by a window as large as the image.
///
/// **Shapes:** `[channels, height, width]` to `[channels]`.
public enum GlobalPool implements Layer {
  /// The mean of each channel.
  AVERAGE {
    @Override
    Node pool(Graph g, Node x, Window all) {
      return g.averagePool(x, all);
    }
  },
  /// The largest number of each channel.
  MAX {
    @Override
    Node pool(Graph g, Node x, Window all) {
      return g.maxPool(x, all);
    }
  };

  abstract Node pool(Graph g, Node x, Window all);

  @Override
  public Node apply(Graph g, Node x) {
    Shape shape = x.shape();
    boolean image = shape.rank() == 3; // the op refuses anything else, by the layer's name
    Window all = image ? Window.of(shape.dimension(1), shape.dimension(2)) : Window.of(1);
    Node y = pool(g, x, all);
    return g.reshape(y, Shape.of(y.shape().dimension(0)));
  }

  @Override
  public String kind() {
    String name = name();
    return "global" + name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT) + "Pool";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of();
  }
}
